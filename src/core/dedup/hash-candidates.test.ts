import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashLookup, sureDistance } from './hash-candidates.ts';

const someWord = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  const ones = (value: number) => (value >>> 0).toString(2).replaceAll('0', '').length;
  return ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);
}

describe('look-up of hashes', () => {
  it('finds every row within the distance, once, and no other', () => {
    fc.assert(
      fc.property(
        fc.tuple(someWord, someWord),
        fc.array(fc.uniqueArray(fc.nat(63), { maxLength: 20 }), { minLength: 1 }),
        fc.nat(sureDistance),
        fc.nat(5),
        (query, flips, most, unusable) => {
          const rows = flips.map((flipped): [number, number] => {
            const hash: [number, number] = [...query];
            for (const bit of flipped) hash[bit >> 5] = (hash[bit >> 5]! ^ (1 << (bit & 31))) >>> 0;
            return hash;
          });
          const lookup = new HashLookup(
            Uint32Array.from(rows, ([low]) => low),
            Uint32Array.from(rows, ([, high]) => high),
            (row) => row !== unusable,
          );
          for (let turn = 0; turn < 2; turn++) {
            const found: [number, number][] = [];
            lookup.near(query[0], query[1], most, (row, apart) => found.push([row, apart]));
            const expected = rows.flatMap((hash, row) => {
              const apart = distance(hash, query);
              return row !== unusable && apart <= most ? [[row, apart] as [number, number]] : [];
            });
            expect(found.sort(([a], [b]) => a - b)).toEqual(expected);
          }
        },
      ),
    );
  });
});
