import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, type DecisionKind, isSound, placeOf, speaksOfCopies } from './decision.ts';
import { DecisionBook } from './decision-book.ts';
import { groupPairs } from './group-pairs.ts';
import { type Bequest, Heirs } from './heirs.ts';
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

  it('are read at once, however many hang together', () => {
    const many = 8000;
    const chain = Array.from({ length: many }, (_, n) => decide(n + 1, 'keep', `${n}`, `${n + 1}`));
    const star = Array.from({ length: many }, (_, n) => decide(n + 1, 'keep', `s${n}`, 'star'));
    const pairs = Array.from({ length: many }, (_, n) =>
      decide(many + n + 1, 'keep', `${n - (n % 2)} ${n % 2}`, `${n - (n % 2)} ${1 - (n % 2)}`),
    );
    const apart = Array.from({ length: many }, (_, n) =>
      decide(2 * many + n + 1, 'not-related', `${n}`, '0'),
    );
    const book = new DecisionBook([...chain, ...star, ...pairs, ...apart.slice(1)]);
    expect(book.conflicts.filter(({ kind }) => kind === 'circle')).toHaveLength(many / 2);
    expect(book.conflicts.filter(({ kind }) => kind === 'same-and-kept-apart')).toHaveLength(1);
    expect(book.isConflicting('star')).toBe(false);
  });

  it('about ten thousand photos come to what they come to at once', () => {
    const many = 10_000;
    const sides = Array.from({ length: many }, (_, n) => `${n}`);
    const chain = sides.slice(1).map((side, n) => decide(n + 1, 'keep', side, sides[n]!));
    const book = new DecisionBook([
      ...chain,
      decide(many, 'not-related', ...sides.map((side) => `x${side}`)),
    ]);
    const removals = decidedRemovals(
      sides.map((side, n) => member(n, side)),
      book,
    );
    expect(removals).toHaveLength(many - 1);
    expect(new Set(removals.map(({ keptFor }) => keptFor))).toEqual(new Set([many - 1]));
    expect(book.relation('x1', `x${many - 1}`)).toBe('not-related');
    expect(book.relation('x1', '1')).toBeNull();
  });

  it('places: the path, or the name where no folder is known', () => {
    expect(placeOf('2019/a.jpg', 'a.jpg')).toBe('2019/a.jpg');
    expect(placeOf(null, 'a.jpg')).toBe('/a.jpg');
    expect(placeOf(null, 'a.jpg', 1)).toBe('/a.jpg#1');
  });
});

describe('plans of removal, run after run, whatever is decided between', () => {
  /** Two copies each of some contents; by number: content a is 0 and 1. */
  const contents = ['a', 'b', 'c', 'd', 'e'];
  const sides = contents.flatMap((content) => [`${content}:1`, `${content}:2`]);
  const contentOf = (photo: number) => contents[photo >> 1]!;
  /** What comparing two contents said: most differ. */
  const comparisons = fc.array(fc.constantFrom(null, 'same-picture', 'edited-copy'), {
    minLength: 10,
    maxLength: 10,
  });
  const somePhotos = fc.uniqueArray(fc.nat(sides.length - 1), { maxLength: 6 });
  const step = fc.oneof(
    { weight: 1, arbitrary: fc.record({ add: somePhotos }) },
    {
      weight: 1,
      arbitrary: fc.record({
        decide: fc.constantFrom<DecisionKind>('keep', 'keep', 'alternates', 'not-related'),
        photos: fc.uniqueArray(fc.nat(sides.length - 1), { minLength: 2, maxLength: 3 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        apply: fc.subarray(['exact', 'same-picture', 'edited-copy'] as const),
        rules: fc.constantFrom('largest' as const, 'smallest' as const),
        references: somePhotos,
        chosen: somePhotos,
      }),
    },
  );
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
    hasFile: true,
  });

  /** A library as far as plans see it: its groups are made as the app makes them. */
  class Shelf {
    readonly there = new Set<number>();
    readonly bequests: Bequest[] = [];
    readonly decisions: Decision[] = [];
    readonly gone: { readonly photo: number; readonly keptFor: number }[] = [];
    readonly tierOf = new Map<string, string | null>();

    constructor(found: readonly (string | null)[]) {
      const each = found.values();
      contents.forEach((a, n) => {
        for (const b of contents.slice(n + 1)) this.tierOf.set(a + b, each.next().value ?? null);
      });
    }

    isPair(a: string, b: string): boolean {
      return this.tierOf.get(a < b ? a + b : b + a) != null;
    }

    photosOf(content: string): number[] {
      return [...this.there].filter((photo) => contentOf(photo) === content).sort();
    }

    groups(tier: string, book: DecisionBook, leaving: ReadonlySet<number>): number[][] {
      const isApart = (a: string, b: string) =>
        ['alternates', 'not-related'].includes(book.relation(a, b) ?? '');
      const shown = (content: string) =>
        this.photosOf(content).find((photo) => !leaving.has(photo)) ?? this.photosOf(content)[0]!;
      if (tier === 'exact') {
        return contents.map((content) => this.photosOf(content)).filter(({ length }) => length > 1);
      }
      const pairs = [...this.tierOf].flatMap(([key, found]) => {
        const [a, b] = [key[0]!, key[1]!];
        const both = this.photosOf(a).length > 0 && this.photosOf(b).length > 0;
        return both && found === tier ? [[contents.indexOf(a), contents.indexOf(b)]] : [];
      });
      const columns = {
        first: pairs.map(([a]) => a!),
        second: pairs.map(([, b]) => b!),
        scores: pairs.map(() => 1),
      };
      return groupPairs(columns, 1, (a, b) => isApart(contents[a]!, contents[b]!)).map((group) =>
        group.map((content) => shown(contents[content]!)),
      );
    }

    /** By what was compared and what the person said of these two, whatever the planner made of it. */
    shows(kept: string, other: string): boolean {
      const isSaid = this.decisions.some(
        ({ kind, photos: [first, ...others], run }) =>
          kind === 'keep' &&
          run === null &&
          first!.sha256 === kept &&
          others.some(({ sha256 }) => sha256 === other),
      );
      return kept === other || this.isPair(kept, other) || isSaid;
    }

    decide(kind: DecisionKind, photos: readonly number[], run: number | null): void {
      const keys = photos.map((photo) => ({ sha256: contentOf(photo), place: sides[photo]! }));
      const decision = { number: this.decisions.length + 1, at: 0, kind, photos: keys, run };
      if (!isSound(decision)) return;
      this.decisions.push(decision);
      if (kind !== 'keep' || speaksOfCopies(keys)) return;
      for (const { sha256 } of keys.slice(1)) this.bequests.push({ gone: sha256, keptFor: keys[0]!.sha256 });
    }

    apply(
      tiers: readonly string[],
      rule: 'largest' | 'smallest',
      references: readonly number[],
      chosen: readonly number[],
    ): void {
      const book = new DecisionBook(this.decisions);
      const members = [...this.there].map((photo) =>
        member(photo, sides[photo]!, references.includes(photo)),
      );
      const leaving = new Set(decidedRemovals(members, book).map(({ photo }) => photo));
      const groups = tiers.flatMap((tier) => this.groups(tier, book, leaving));
      const heirs = new Heirs(
        this.bequests,
        (content) => this.photosOf(String(content)).length > 0,
        (kept, other) => this.isPair(String(kept), String(other)),
      );
      const { removals } = planRemovals(
        members,
        groups.map((photos) => ({ photos, stays: photos.filter((photo) => chosen.includes(photo)) })),
        book,
        [{ kind: rule }],
        facts,
        (kept, photo) => heirs.mayTake(contentOf(kept), contentOf(photo)),
      );
      const gone = new Set(removals.map(({ photo }) => photo));
      expect(gone.size).toBe(removals.length);
      for (const { photo, keptFor, by } of removals) {
        expect(this.there).toContain(photo);
        expect(this.there).toContain(keptFor);
        expect(gone).not.toContain(keptFor);
        expect(references).not.toContain(photo);
        if (by === 'rules') expect(chosen).not.toContain(photo);
        expect(
          this.shows(contentOf(keptFor), contentOf(photo)),
          `${sides[photo]} for ${sides[keptFor]}`,
        ).toBe(true);
      }
      if (tiers.length === 1 && leaving.size === 0) {
        for (const photos of groups) expect(photos.filter((photo) => !gone.has(photo))).not.toEqual([]);
      }
      for (const { photo, keptFor, by } of removals) {
        this.there.delete(photo);
        this.gone.push({ photo, keptFor });
        if (by === 'rules') this.decide('keep', [keptFor, photo], 1);
      }
    }

    /** What went is shown by one that is there. */
    expectAllShown(): void {
      for (const { photo } of this.gone) {
        const isShown = [...this.there].some((other) => this.shows(contentOf(other), contentOf(photo)));
        expect(isShown, `${sides[photo]} is shown`).toBe(true);
      }
    }
  }

  it('take no photo that is the last to show what went before', () => {
    fc.assert(
      fc.property(
        comparisons,
        fc.array(step, { minLength: 4, maxLength: 12, size: 'max' }),
        (found, steps) => {
          const shelf = new Shelf(found);
          for (const photo of sides.keys()) shelf.there.add(photo);
          for (const one of steps) {
            if ('add' in one) for (const photo of one.add) shelf.there.add(photo);
            else if ('decide' in one) {
              const photos = one.photos.filter((photo) => shelf.there.has(photo));
              if (photos.length > 1) shelf.decide(one.decide, photos, null);
            } else shelf.apply(one.apply, one.rules, one.references, one.chosen);
            shelf.expectAllShown();
          }
        },
      ),
      {
        numRuns: 100,
        examples: [
          // A chain a-b-c whose ends differ, then the same by two lists.
          [
            ['same-picture', null, null, null, 'same-picture', null, null, null, null, null],
            [
              { apply: ['exact'], rules: 'largest', references: [], chosen: [] },
              { apply: ['same-picture'], rules: 'largest', references: [], chosen: [] },
              { apply: ['same-picture'], rules: 'largest', references: [], chosen: [] },
            ],
          ],
          [
            ['same-picture', 'edited-copy', null, null, null, null, null, null, null, null],
            [
              { apply: ['exact'], rules: 'largest', references: [], chosen: [] },
              { apply: ['same-picture'], rules: 'smallest', references: [], chosen: [] },
              { apply: ['edited-copy'], rules: 'largest', references: [], chosen: [] },
            ],
          ],
        ],
      },
    );
  });
});
