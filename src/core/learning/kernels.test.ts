import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, solveCholesky } from './cholesky.ts';
import { addWeightedRows, scoreRows } from './kernels.ts';
import { seededUniform } from './random.ts';

const shapes = fc.record({
  dims: fc.integer({ min: 1, max: 11 }),
  outputs: fc.integer({ min: 1, max: 9 }),
  count: fc.integer({ min: 1, max: 10 }),
  seed: fc.integer(),
});

describe('the blocked products', () => {
  it('equal plain loops for every size, whatever the blocks leave over', () => {
    fc.assert(
      fc.property(shapes, ({ dims, outputs, count, seed }) => {
        const uniform = seededUniform(seed);
        const data = Float32Array.from({ length: 12 * dims }, uniform);
        const rows = Uint32Array.from({ length: count + 1 }, () => Math.floor(uniform() * 12));
        const weights = Float64Array.from({ length: outputs * dims }, uniform);
        const bias = Float64Array.from({ length: outputs }, uniform);
        const scores = new Float64Array(count * outputs);
        scoreRows(data, dims, rows, 1, count, weights, bias, outputs, scores);
        const sums = new Float64Array(outputs * dims);
        addWeightedRows(data, dims, rows, 1, count, scores, outputs, sums);
        const plainSums = new Float64Array(outputs * dims);
        for (let r = 0; r < count; r++) {
          for (let o = 0; o < outputs; o++) {
            let plain = bias[o]!;
            for (let j = 0; j < dims; j++) plain += weights[o * dims + j]! * data[rows[1 + r]! * dims + j]!;
            expect(scores[r * outputs + o]).toBeCloseTo(plain, 10);
            for (let j = 0; j < dims; j++) {
              plainSums[o * dims + j]! += plain * data[rows[1 + r]! * dims + j]!;
            }
          }
        }
        sums.forEach((sum, i) => {
          expect(sum).toBeCloseTo(plainSums[i]!, 9);
        });
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe('the Cholesky factor', () => {
  it('solves a system', () => {
    const n = 9;
    const uniform = seededUniform(4);
    const root = Float64Array.from({ length: n * n }, () => uniform() - 0.5);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) matrix[i * n + j]! += root[i * n + k]! * root[j * n + k]!;
        if (i === j) matrix[i * n + j]! += 0.1;
      }
    }
    const wanted = Float64Array.from({ length: n }, uniform);
    const v = new Float64Array(n + 2);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) v[i + 1]! += matrix[i * n + j]! * wanted[j]!;
    solveCholesky(cholesky(matrix, n), n, v, 1);
    for (let i = 0; i < n; i++) expect(v[i + 1]).toBeCloseTo(wanted[i]!, 9);
    expect([v[0], v[n + 1]]).toEqual([0, 0]);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/not positive definite/);
  });
});
