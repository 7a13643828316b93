import { seededRandom } from './random.ts';

export interface ClusteredOptions {
  readonly count: number;
  readonly dims: number;
  readonly seed: number;
  /** How many groups the vectors fall into; default count / 50. */
  readonly clusters?: number;
  /** Spread inside a group against the distance between groups; default 0.6. */
  readonly spread?: number;
}

/**
 * Unit vectors that behave like embeddings: groups of unequal size on a flat of few dimensions, with variance that decays
 * from axis to axis. For tests and for benches without data of their own.
 *
 * @returns [count][dims], row-major
 */
export function clusteredVectors({
  count,
  dims,
  seed,
  clusters = Math.max(1, Math.round(count / 50)),
  spread = 0.6,
}: ClusteredOptions): Float32Array<ArrayBuffer> {
  const random = seededRandom(seed);
  const decay = Float64Array.from({ length: dims }, (_, i) => 1 / (1 + (8 * i) / dims));
  const centres = Float64Array.from(
    { length: clusters * dims },
    (_, i) => random.gaussian() * decay[i % dims]!,
  );
  const vectors = new Float32Array(count * dims);
  for (let n = 0; n < count; n++) {
    // The square makes some groups large and many small.
    const c = Math.floor(random.next() ** 2 * clusters);
    let squared = 0;
    for (let i = 0; i < dims; i++) {
      const value = centres[c * dims + i]! + spread * random.gaussian() * decay[i]!;
      vectors[n * dims + i] = value;
      squared += value * value;
    }
    const length = Math.sqrt(squared);
    for (let i = 0; i < dims; i++) vectors[n * dims + i] = vectors[n * dims + i]! / length;
  }
  return vectors;
}
