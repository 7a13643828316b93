import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, type DecisionKind, placeOf } from './decision.ts';
import { DecisionBook } from './decision-book.ts';
import type { PhotoFacts } from './keep-rules.ts';
import { planRemovals } from './removal-plan.ts';
import { decidedRemovals, type Member } from './removals.ts';

function decide(number: number, kind: DecisionKind, ...sides: string[]): Decision {
  // 'a:1' is the copy of the bytes a at place 1.
  const photos = sides.map((side) => {
    const [sha256, place] = side.split(':');
    return { sha256: sha256!, place: place ?? '/x.jpg' };
  });
  return { number, at: number, kind, photos, run: null };
}

function member(photo: number, side: string, isReference = false): Member {
  const [sha256, place] = side.split(':');
  return { photo, sha256: sha256!, place: place ?? '/x.jpg', isReference };
}

describe('decisions', () => {
  it('follow from one another', () => {
    const book = new DecisionBook([
      decide(1, 'keep', 'a', 'b'),
      decide(2, 'keep', 'b', 'c'),
      decide(3, 'alternates', 'c', 'd'),
      decide(4, 'not-related', 'd', 'e'),
    ]);
    expect(book.relation('a', 'c')).toBe('better');
    expect(book.relation('c', 'a')).toBe('worse');
    expect(book.relation('a', 'd')).toBe('alternates');
    expect(book.relation('b', 'e')).toBe('not-related');
    expect(book.relation('a', 'f')).toBeNull();
    expect(book.conflicts).toEqual([]);
  });

  it('two that were both kept for a third are one picture, which is better is open', () => {
    const book = new DecisionBook([decide(1, 'keep', 'a', 'c'), decide(2, 'keep', 'b', 'c')]);
    expect(book.relation('a', 'b')).toBe('same');
  });

  it('that contradict each other are told, and nothing is removed on their account', () => {
    const circle = new DecisionBook([
      decide(1, 'keep', 'a', 'b'),
      decide(2, 'keep', 'b', 'c'),
      decide(5, 'keep', 'c', 'a'),
    ]);
    expect(circle.conflicts).toEqual([{ kind: 'circle', decisions: [1, 2, 5] }]);
    const members = ['a', 'b', 'c'].map((side, n) => member(n + 1, side));
    expect(decidedRemovals(members, circle)).toEqual([]);

    const apart = new DecisionBook([decide(1, 'keep', 'a', 'b'), decide(2, 'not-related', 'b', 'a')]);
    expect(apart.conflicts).toEqual([{ kind: 'same-and-kept-apart', decisions: [1, 2] }]);
    expect(decidedRemovals(members, apart)).toEqual([]);

    const versions = new DecisionBook([
      decide(1, 'alternates', 'a', 'b'),
      decide(2, 'not-related', 'a', 'b'),
    ]);
    expect(versions.conflicts).toEqual([{ kind: 'versions-and-unrelated', decisions: [1, 2] }]);
  });

  it('about equal bytes speak of places, others of every place of the bytes', () => {
    const book = new DecisionBook([
      decide(1, 'keep', 'a:one', 'a:two'),
      decide(2, 'keep', 'a:one', 'b:three'),
    ]);
    const members = [member(1, 'a:one'), member(2, 'a:two'), member(3, 'b:three'), member(4, 'b:four')];
    expect(decidedRemovals(members, book)).toEqual([
      { photo: 2, keptFor: 1 },
      { photo: 3, keptFor: 1 },
      { photo: 4, keptFor: 1 },
    ]);
  });

  it('remove nothing for the sake of a photo that is gone', () => {
    const book = new DecisionBook([decide(1, 'keep', 'a', 'b'), decide(2, 'keep', 'b', 'c')]);
    expect(decidedRemovals([member(2, 'b'), member(3, 'c')], book)).toEqual([{ photo: 3, keptFor: 2 }]);
    expect(decidedRemovals([member(3, 'c')], book)).toEqual([]);
  });

  it('places: the path, or the name where no folder is known', () => {
    expect(placeOf('2019/a.jpg', 'a.jpg')).toBe('2019/a.jpg');
    expect(placeOf(null, 'a.jpg')).toBe('/a.jpg');
    expect(placeOf(null, 'a.jpg', 1)).toBe('/a.jpg#1');
  });
});

describe('plans of removal, whatever was decided in whatever order', () => {
  const sides = ['a:1', 'a:2', 'b:1', 'b:2', 'c:1', 'd:1', 'd:2', 'e:1'];
  const someDecision = fc.record({
    kind: fc.constantFrom<DecisionKind>('keep', 'keep', 'keep', 'alternates', 'not-related'),
    photos: fc.uniqueArray(fc.constantFrom(...sides), { minLength: 2, maxLength: 4 }),
  });
  const somePhotos = fc.uniqueArray(fc.nat(sides.length - 1));
  const facts = (photo: number): PhotoFacts => ({
    photo,
    name: `${photo}.jpg`,
    path: null,
    size: (photo * 37) % 11,
    width: 1,
    height: 1,
    type: '',
    capturedAt: 0,
    modifiedAt: 0,
    metadata: 0,
    hasCaptureDate: false,
  });

  it('keep what they keep, one of every group at least, and all of reference folders', () => {
    fc.assert(
      fc.property(
        fc.array(someDecision),
        somePhotos,
        somePhotos,
        fc.array(somePhotos),
        somePhotos,
        (decisions, present, references, groups, chosen) => {
          const book = new DecisionBook(
            decisions.map(({ kind, photos }, n) => decide(n + 1, kind, ...photos)),
          );
          const members = present.map((n) => member(n, sides[n]!, references.includes(n)));
          const plan = planRemovals(
            members,
            groups.map((photos) => ({ photos, stays: photos.filter((photo) => chosen.includes(photo)) })),
            book,
            [{ kind: 'largest' }],
            facts,
          );
          const gone = new Set(plan.map(({ photo }) => photo));
          expect(gone.size).toBe(plan.length);
          for (const { photo, keptFor, by } of plan) {
            if (by === 'rules') expect(chosen).not.toContain(photo);
            expect(present).toContain(photo);
            expect(present).toContain(keptFor);
            expect(gone.has(keptFor)).toBe(false);
            expect(references).not.toContain(photo);
          }
          for (const photos of groups) {
            const there = photos.filter((photo) => present.includes(photo));
            const allGone = there.length > 0 && there.every((photo) => gone.has(photo));
            // All of a group can go only where each goes for the sake of another that stays.
            if (allGone)
              for (const photo of there) expect(plan.some((entry) => entry.photo === photo)).toBe(true);
          }
          if (present.length > 0) expect(gone.size).toBeLessThan(present.length);
        },
      ),
    );
  });
});
