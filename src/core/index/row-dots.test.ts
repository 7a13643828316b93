import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dot } from '../vector/dot.ts';
import { seededRandom } from './random.ts';
import { dotsWithRows } from './row-dots.ts';

it('gives the dot product of every row asked for, in their order, and writes nothing else', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(9), { maxLength: 13 }),
      fc.integer(),
      (dims, rows, seed) => {
        const random = seededRandom(seed);
        const matrix = Float32Array.from({ length: 10 * dims }, () => random.gaussian());
        const query = Float32Array.from({ length: dims }, () => random.gaussian());
        const out = new Float64Array(rows.length + 1).fill(7);
        dotsWithRows(Float64Array.from(query), matrix, dims, Int32Array.from(rows), rows.length, out);
        rows.forEach((row, n) => {
          expect(out[n]).toBeCloseTo(dot(query, matrix, dims, 0, row * dims), 9);
        });
        expect(out[rows.length]).toBe(7);
      },
    ),
  );
});
