import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { RoughRows } from './rough-rows.ts';

it('gives dot products within a few percent of the product of the lengths, for any shape', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer(),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (rows, dims, seed, size) => {
        const random = seededRandom(seed);
        const matrix = Float32Array.from({ length: rows * dims }, () => random.gaussian() * size);
        const query = Float32Array.from({ length: dims }, () => random.gaussian());
        const out = new Float64Array((rows + 15) & ~15);
        new RoughRows(matrix, rows, dims).dots(query, out);
        const row = (r: number) => matrix.subarray(r * dims, (r + 1) * dims);
        const longest = Math.max(...Array.from({ length: rows }, (_, r) => Math.hypot(...row(r))));
        const unit = longest * Math.hypot(...query);
        for (let r = 0; r < rows; r++) {
          const exact = row(r).reduce((sum, x, i) => sum + x * query[i]!, 0);
          // Seen: 0.026 at most.
          expect(Math.abs(out[r]! - exact)).toBeLessThan(0.04 * unit);
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('is exact for what needs no rounding, and knows rows and queries of zeros', () => {
  const rows = Float32Array.of(1, 0, 0, 1, -1, 0, 0, 0);
  const rough = new RoughRows(rows, 4, 2);
  const out = new Float64Array(16);
  rough.dots(Float32Array.of(-1, 0), out);
  [-1, 0, 1, 0].forEach((exact, r) => {
    expect(out[r]).toBeCloseTo(exact, 1);
  });
  rough.dots(new Float32Array(2), out);
  expect([...out]).toEqual(Array(16).fill(0));
  new RoughRows(new Float32Array(8), 4, 2).dots(Float32Array.of(1, 1), out);
  expect([...out]).toEqual(Array(16).fill(0));
});
