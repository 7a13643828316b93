import { longestOf, NearestRow } from './nearest-row.ts';
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
 * Deterministic for a seed. Starts from different random points. A cluster that loses all its points takes half of the
 * largest one (its centroid, moved a little either way), so with at least as many different points as clusters none stays
 * empty for lack of trying.
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
    const nearest = new NearestRow(centroids, clusters, dims, longest);
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
    const repaired = splitIntoEmpty(centroids, sizes, dims);
    yield (iteration + 1) / iterations;
    if (moved === 0 && !repaired) break;
  }
  return centroids;
}

function splitIntoEmpty(centroids: Float32Array, sizes: Uint32Array, dims: number): boolean {
  let repaired = false;
  for (let empty = 0; empty < sizes.length; empty++) {
    if (sizes[empty] !== 0) continue;
    let largest = 0;
    for (let c = 1; c < sizes.length; c++) if (sizes[c]! > sizes[largest]!) largest = c;
    if (sizes[largest]! < 2) break;
    for (let i = 0; i < dims; i++) {
      const x = centroids[largest * dims + i]!;
      const nudge = (i & 1 ? 1 : -1) / 1024;
      centroids[empty * dims + i] = x * (1 + nudge);
      centroids[largest * dims + i] = x * (1 - nudge);
    }
    sizes[empty] = sizes[largest]! >>> 1;
    sizes[largest] = sizes[largest]! - sizes[empty]!;
    repaired = true;
  }
  return repaired;
}
