import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from './eigen.ts';
import { seededRandom } from './random.ts';

function randomSymmetric(n: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = random.gaussian();
  return a;
}

describe('symmetricEigen', () => {
  it('gives values in falling order and vectors that rebuild the matrix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (n, seed) => {
        const a = randomSymmetric(n, seed);
        const { values, vectors } = symmetricEigen(a, n);
        for (let i = 1; i < n; i++) expect(values[i]!).toBeLessThanOrEqual(values[i - 1]!);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let rebuilt = 0;
            let product = 0;
            for (let k = 0; k < n; k++) {
              rebuilt += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
              product += vectors[i * n + k]! * vectors[j * n + k]!;
            }
            expect(rebuilt).toBeCloseTo(a[i * n + j]!, 9);
            expect(product).toBeCloseTo(i === j ? 1 : 0, 9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('copes with equal values, zeros and a diagonal matrix', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 1), 3).values]).toEqual([5, 1, 1]);
  });

  it('refuses a matrix of the wrong size and values that are not finite', () => {
    expect(() => symmetricEigen(new Float64Array(5), 2)).toThrow(/5 values; expected 2 x 2/);
    expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toThrow(/not finite/);
  });
});
