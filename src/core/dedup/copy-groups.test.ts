import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupCopies } from './copy-groups.ts';
import { copyNode, type Decision, type DecisionKind } from './decision.ts';
import { DecisionBook } from './decision-book.ts';
import { groupPairs } from './group-pairs.ts';

const sha256 = '0'.repeat(64);
const keyOf = (photo: number) => ({ sha256, place: `${photo}.jpg` });
const nodeOf = (photo: number) => copyNode(keyOf(photo));

function decide(kind: DecisionKind, photos: readonly number[], number: number): Decision {
  return { number, at: number, kind, photos: photos.map(keyOf), run: null };
}

it('equal files are grouped as joining all their pairs would, whatever was decided about them', () => {
  const count = 9;
  const decision = fc.tuple(
    fc.constantFrom<DecisionKind>('keep', 'alternates', 'not-related'),
    fc.uniqueArray(fc.nat(count - 1), { minLength: 2, maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 6 }), fc.integer({ min: 1, max: 3 }), (decided, places) => {
      const book = new DecisionBook(decided.map(([kind, photos], n) => decide(kind, photos, n + 1)));
      const photos = Array.from({ length: count }, (_, n) => n);
      const placeOf = (photo: number) => String(photo % places);
      const pairs = photos.flatMap((a) => photos.slice(a + 1).map((b) => [a, b] as const));
      const isApart = (a: number, b: number) =>
        placeOf(a) !== placeOf(b) ||
        ['alternates', 'not-related'].includes(book.relation(nodeOf(a), nodeOf(b)) ?? '');
      const joined = groupPairs(
        { first: pairs.map(([a]) => a), second: pairs.map(([, b]) => b), scores: pairs.map(() => 1) },
        1,
        isApart,
      );
      expect(groupCopies(photos, placeOf, (photo) => book.apartBy(nodeOf(photo)))).toEqual(joined);
    }),
    { numRuns: 300 },
  );
});

it('ten thousand equal files are grouped at once, all of them decided to stay or not to be related, or none', () => {
  const photos = Array.from({ length: 10_000 }, (_, n) => n);
  for (const kind of ['alternates', 'not-related'] as const) {
    const book = new DecisionBook([decide(kind, photos, 1)]);
    const more = [...photos, 10_000, 10_001];
    // Who comes later meets the first one.
    expect(
      groupCopies(
        more,
        () => '',
        (photo) => book.apartBy(nodeOf(photo)),
      ),
    ).toEqual([[0, 10_000, 10_001]]);
  }
  expect(
    groupCopies(
      photos,
      (photo) => String(photo >> 1),
      () => null,
    ),
  ).toHaveLength(5000);
});
