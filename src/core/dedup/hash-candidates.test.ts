import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashDistance, type PerceptualHash, turnHash } from '../image/perceptual-hash.ts';
import { turns } from '../image/turn.ts';
import { HashLookup, mirroredDistance, sortBits, sureDistance } from './hash-candidates.ts';
import { NearWords } from './near-words.ts';

const someWord = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** In the best of the eight turns. */
function distance(a: PerceptualHash, b: PerceptualHash): number {
  return Math.min(...turns.map((turn) => hashDistance(turnHash(a, turn), b)));
}

it('tells the distance in the best of the four mirrorings', () => {
  const hash = fc.record({ low: someWord, high: someWord });
  fc.assert(
    fc.property(hash, hash, (a, b) => {
      const [low, high] = sortBits(a);
      const [own, further] = sortBits(b);
      const upright = turns.filter((turn) => (turn & 4) === 0);
      const least = Math.min(...upright.map((turn) => hashDistance(turnHash(a, turn), b)));
      expect(mirroredDistance(low ^ own, high ^ further)).toBe(least);
    }),
  );
});

it('rules out no hash that is near enough in one of the mirrorings, and most others', () => {
  const hash = fc.record({ low: someWord, high: someWord });
  const upright = fc.constantFrom(...turns.filter((turn) => (turn & 4) === 0));
  fc.assert(
    fc.property(
      fc.array(hash, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.nat(63), { maxLength: sureDistance }),
      upright,
      (asked, flips, turn) => {
        const near = new NearWords(Int32Array.from(asked.flatMap((one) => sortBits(one))));
        const { low, high } = turnHash(asked[0]!, turn);
        const words: [number, number] = [low, high];
        for (const bit of flips) words[bit >> 5] = (words[bit >> 5]! ^ (1 << (bit & 31))) >>> 0;
        const [first, second] = sortBits({ low: words[0], high: words[1] });
        expect(near.mayHave(first, second)).toBe(true);
      },
    ),
  );
  const near = new NearWords(Int32Array.of(0, 0));
  expect(near.mayHave(0x00ff00ff, 0x00ff00ff)).toBe(false);
  expect(new NearWords(new Int32Array(0)).mayHave(0, 0)).toBe(false);
});

describe('look-up of hashes', () => {
  it('finds every row within the distance in any turn, once, and no other', () => {
    fc.assert(
      fc.property(
        fc.record({ low: someWord, high: someWord }),
        fc.array(
          fc.record({
            flips: fc.uniqueArray(fc.nat(63), { maxLength: 20 }),
            turn: fc.constantFrom(...turns),
          }),
          { minLength: 1 },
        ),
        fc.nat(sureDistance),
        fc.nat(5),
        fc.nat(8),
        (query, made, most, unusable, end) => {
          const rows = made.map(({ flips, turn }) => {
            const words: [number, number] = [query.low, query.high];
            for (const bit of flips) words[bit >> 5] = (words[bit >> 5]! ^ (1 << (bit & 31))) >>> 0;
            return turnHash({ low: words[0], high: words[1] }, turn);
          });
          const lookup = new HashLookup(rows.length, (row) => (row === unusable ? null : rows[row]!));
          for (let again = 0; again < 2; again++) {
            const found: [number, number][] = [];
            lookup.near(query, most, end, (row, apart) => found.push([row, apart]));
            const expected = rows.flatMap((hash, row) => {
              const apart = distance(query, hash);
              return row !== unusable && row < end && apart <= most ? [[row, apart] as [number, number]] : [];
            });
            expect(found.sort(([a], [b]) => a - b)).toEqual(expected);
          }
        },
      ),
    );
  });
});
