import { describe, expect, it } from 'vitest';
import { clusteredVectors } from './clustered-vectors.ts';
import { principalAxes, randomRotation } from './linear-transform.ts';
import { seededRandom } from './random.ts';

const dims = 48;
const count = 400;
const vectors = clusteredVectors({ count, dims, seed: 11 });

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

describe('principalAxes', () => {
  it('keeps dot products when no dimension is dropped', () => {
    const { transform, kept } = principalAxes(vectors, count, dims, dims, 8);
    expect(kept).toBe(1);
    const a = new Float32Array(dims);
    const b = new Float32Array(dims);
    for (let n = 0; n + 1 < 40; n += 2) {
      transform.apply(vectors, n * dims, a, 0);
      transform.apply(vectors, (n + 1) * dims, b, 0);
      const exact = dot(
        vectors.subarray(n * dims, (n + 1) * dims),
        vectors.subarray((n + 1) * dims, (n + 2) * dims),
      );
      expect(Math.abs(dot(a, b) - exact)).toBeLessThan(2e-3);
    }
  });

  it('gives every group about the same product of variances', () => {
    const { variances } = principalAxes(vectors, count, dims, dims, 8);
    const logs = Array.from({ length: 8 }, (_, g) =>
      variances.subarray(g * 6, g * 6 + 6).reduce((sum, v) => sum + Math.log(v), 0),
    );
    // In order of variance the logs would spread over more than 15.
    expect(Math.max(...logs) - Math.min(...logs)).toBeLessThan(3);
  });

  it('takes the strongest axes first when there is one group', () => {
    const { variances, kept } = principalAxes(vectors, count, dims, 12);
    for (let i = 1; i < 12; i++) expect(variances[i]!).toBeLessThanOrEqual(variances[i - 1]!);
    expect(kept).toBeGreaterThan(0.4);
  });

  it('refuses to add dimensions or to deal them out unevenly', () => {
    expect(() => principalAxes(vectors, count, dims, dims + 1)).toThrow(/from 48 to 49/);
    expect(() => principalAxes(vectors, count, dims, dims, 7)).toThrow(/divide into 7/);
  });
});

describe('randomRotation', () => {
  it('keeps dot products and mixes every component', () => {
    const rotation = randomRotation(dims, dims, seededRandom(1));
    const unit = new Float32Array(dims);
    unit[0] = 1;
    const turned = new Float32Array(dims);
    rotation.apply(unit, 0, turned, 0);
    expect(dot(turned, turned)).toBeCloseTo(1, 2);
    expect(Math.max(...turned.map(Math.abs))).toBeLessThan(0.7);
  });
});
