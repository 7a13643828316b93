import { dot } from '../vector/dot.ts';
import { TopK } from '../vector/top-k.ts';
import { assignerFor } from './lead-nearest.ts';
import { longestOf } from './longest.ts';
import { type Random, sampleIndices } from './random.ts';

export interface KMeansOptions {
  readonly clusters: number;
  /** Lloyd iterations; it stops earlier when nothing moves. */
  readonly iterations: number;
  readonly random: Random;
}

/**
 * Lloyd's k-means with Euclidean distance, one iteration per step.
 *
 * Deterministic for a seed. Starts from different random points. A cluster that loses all its points starts anew at the
 * point that is farthest from its own centroid.
 *
 * @param points [count][dims], row-major
 * @yields 0..1, the share done
 * @returns [clusters][dims]
 * @throws RangeError when there are fewer points than clusters
 */
export function* kMeans(
  points: Float32Array,
  count: number,
  dims: number,
  { clusters, iterations, random }: KMeansOptions,
): Generator<number, Float32Array<ArrayBuffer>> {
  if (count < clusters || clusters < 1) {
    throw new RangeError(`k-means of ${count} points into ${clusters} clusters; it needs at least one each`);
  }
  const centroids = new Float32Array(clusters * dims);
  const starts = sampleIndices(random, count, clusters);
  for (let c = 0; c < clusters; c++) {
    centroids.set(points.subarray(starts[c]! * dims, (starts[c]! + 1) * dims), c * dims);
  }
  const assigned = new Int32Array(count).fill(-1);
  const sums = new Float64Array(clusters * dims);
  const sizes = new Uint32Array(clusters);
  const longest = longestOf(points, count, dims);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const nearest = assignerFor(centroids, clusters, dims, longest);
    const moved = nearest.assign(points, 0, dims, count, assigned);
    sums.fill(0);
    sizes.fill(0);
    for (let n = 0; n < count; n++) {
      const c = assigned[n]!;
      sizes[c] = sizes[c]! + 1;
      for (let i = 0, from = n * dims, to = c * dims; i < dims; i++, from++, to++) {
        sums[to] = sums[to]! + points[from]!;
      }
    }
    for (let c = 0; c < clusters; c++) {
      if (sizes[c] === 0) continue;
      for (let i = c * dims; i < (c + 1) * dims; i++) centroids[i] = sums[i]! / sizes[c]!;
    }
    const repaired = fillEmpty(points, dims, centroids, sizes, assigned);
    yield (iteration + 1) / iterations;
    if (moved === 0 && !repaired) break;
  }
  return centroids;
}

/**
 * Gives each empty cluster the point that lies farthest from its centroid (a different point each).
 *
 * @returns whether anything changed
 */
function fillEmpty(
  points: Float32Array,
  dims: number,
  centroids: Float32Array,
  sizes: Uint32Array,
  assigned: Int32Array,
): boolean {
  const empty = [...sizes.keys()].filter((c) => sizes[c] === 0);
  if (empty.length === 0) return false;
  const errors = new Float64Array(assigned.length);
  for (let n = 0; n < assigned.length; n++) {
    for (let i = 0, p = n * dims, c = assigned[n]! * dims; i < dims; i++, p++, c++) {
      errors[n] = errors[n]! + (points[p]! - centroids[c]!) ** 2;
    }
  }
  const farthest = new TopK(Math.min(empty.length, assigned.length));
  errors.forEach((error, n) => {
    if (error > 0) farthest.push(n, error);
  });
  const { ids } = farthest.sorted();
  ids.forEach((n, e) => {
    centroids.set(points.subarray(n * dims, (n + 1) * dims), empty[e]! * dims);
  });
  return ids.length > 0;
}

/** Half the squared length of each row: nearest = highest `dot - half`. */
export function halfSquares(matrix: Float32Array, rows: number, dims: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rows }, (_, r) => dot(matrix, matrix, dims, r * dims, r * dims) / 2);
}
