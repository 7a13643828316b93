import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredVectors } from './clustered-vectors.ts';
import { kMeans } from './k-means.ts';
import { LeadNearest } from './lead-nearest.ts';
import { longestOf } from './longest.ts';
import { NearestRow } from './nearest-row.ts';
import { seededRandom } from './random.ts';
import { runSteps } from './run-steps.ts';

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0);
}

function meanError(points: Float32Array, centroids: Float32Array, count: number, dims: number): number {
  const assigned = new Int32Array(count);
  new NearestRow(centroids, centroids.length / dims, dims, longestOf(points, count, dims)).assign(
    points,
    0,
    dims,
    count,
    assigned,
  );
  let sum = 0;
  for (let n = 0; n < count; n++) {
    const c = assigned[n]!;
    sum += squaredDistance(
      points.subarray(n * dims, (n + 1) * dims),
      centroids.subarray(c * dims, (c + 1) * dims),
    );
  }
  return sum / count;
}

describe('kMeans', () => {
  it('finds groups that are far apart, also when a start lands twice in one', () => {
    const centres = [
      [0, 0],
      [10, 0],
      [0, 10],
      [-10, 3],
    ];
    for (let seed = 0; seed < 20; seed++) {
      const random = seededRandom(seed);
      const points = Float32Array.from({ length: 400 }, (_, i) => {
        const [x, y] = centres[(i >> 1) % 4]!;
        return (i & 1 ? y! : x!) + random.gaussian() * 0.1;
      });
      const found = runSteps(kMeans(points, 200, 2, { clusters: 4, iterations: 25, random }));
      // Some starts settle in a local optimum; none may be worse than one group missed.
      expect(meanError(points, found, 200, 2)).toBeLessThan(40);
    }
  });

  it('is the same for the same seed, to the last bit', () => {
    const points = clusteredVectors({ count: 300, dims: 9, seed: 1 });
    const run = () =>
      runSteps(kMeans(points, 300, 9, { clusters: 20, iterations: 5, random: seededRandom(7) }));
    expect(run()).toEqual(run());
  });

  it('never makes the error larger by iterating', () => {
    const points = clusteredVectors({ count: 600, dims: 8, seed: 3 });
    const errors = [1, 3, 10].map((iterations) =>
      meanError(
        points,
        runSteps(kMeans(points, 600, 8, { clusters: 30, iterations, random: seededRandom(5) })),
        600,
        8,
      ),
    );
    expect(errors[1]!).toBeLessThanOrEqual(errors[0]! + 1e-6);
    expect(errors[2]!).toBeLessThanOrEqual(errors[1]! + 1e-6);
  });

  it('leaves no cluster empty when points repeat but enough different ones exist', () => {
    const points = Float32Array.from({ length: 64 }, (_, i) => (i < 56 ? 0.5 : i));
    const centroids = runSteps(
      kMeans(points, 64, 1, { clusters: 9, iterations: 30, random: seededRandom(2) }),
    );
    const assigned = new Int32Array(64);
    new NearestRow(centroids, 9, 1, 64).assign(points, 0, 1, 64, assigned);
    expect(new Set(assigned).size).toBe(9);
  });

  it('refuses fewer points than clusters, and stays finite when all points are equal', () => {
    const options = { clusters: 4, iterations: 3, random: seededRandom(1) };
    expect(() => runSteps(kMeans(new Float32Array(6), 3, 2, options))).toThrow(/3 points into 4 clusters/);
    expect(runSteps(kMeans(new Float32Array(16), 8, 2, options)).every(Number.isFinite)).toBe(true);
  });
});

describe('NearestRow', () => {
  it('finds the nearest row, or one as near within its rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        (rows, dims, seed) => {
          const random = seededRandom(seed);
          const matrix = Float32Array.from({ length: rows * dims }, () => random.gaussian());
          const points = Float32Array.from({ length: 7 * dims }, () => random.gaussian());
          const longest = longestOf(points, 7, dims);
          const out = new Int32Array(7);
          new NearestRow(matrix, rows, dims, longest).assign(points, 0, dims, 7, out);
          for (let n = 0; n < 7; n++) {
            const point = points.subarray(n * dims, (n + 1) * dims);
            const distances = Array.from({ length: rows }, (_, r) =>
              squaredDistance(point, matrix.subarray(r * dims, (r + 1) * dims)),
            );
            expect(out[n]).toBeGreaterThanOrEqual(0);
            expect(distances[out[n]!]!).toBeLessThanOrEqual(Math.min(...distances) + 0.05);
          }
        },
      ),
    );
  });
});

describe('LeadNearest', () => {
  it('finds the nearest row nearly always, and never one much farther', () => {
    const dims = 128;
    const rows = clusteredVectors({ count: 200, dims, seed: 8 });
    const points = clusteredVectors({ count: 501, dims, seed: 8, spread: 0.9 });
    const [lead, all] = [new Int32Array(501), new Int32Array(501)];
    new LeadNearest(rows, 200, dims).assign(points, 0, dims, 501, lead);
    new NearestRow(rows, 200, dims, 1).assign(points, 0, dims, 501, all);
    let misses = 0;
    for (let n = 0; n < 501; n++) {
      const point = points.subarray(n * dims, (n + 1) * dims);
      const [found, best] = [lead[n]!, all[n]!].map((row) =>
        squaredDistance(point, rows.subarray(row * dims, (row + 1) * dims)),
      );
      if (found! > best! + 1e-3) misses++;
      expect(found!).toBeLessThan(best! * 1.3);
    }
    // Seen: 1 of 501, on vectors without the help of principal axes.
    expect(misses).toBeLessThan(6);
  });
});
