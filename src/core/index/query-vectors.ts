import { normalise } from '../vector/dot.ts';

/** A vector and how much it counts: above 0 for "more like this", below for "less like this". */
export interface WeightedVector {
  readonly vector: Float32Array;
  readonly weight: number;
}

/**
 * The unit vector of a weighted sum, to search with: more like these, less like those.
 *
 * @returns null when the sum is (nearly) nothing, so that no direction is left to search in
 * @throws RangeError when there are no vectors, lengths differ, or a weight is not finite
 */
export function weightedQuery(terms: readonly WeightedVector[]): Float32Array<ArrayBuffer> | null {
  const dim = terms[0]?.vector.length;
  if (dim === undefined) throw new RangeError('a query of no vectors; expected at least one');
  const sum = new Float64Array(dim);
  for (const { vector, weight } of terms) {
    if (vector.length !== dim)
      throw new RangeError(`vectors of ${dim} and ${vector.length} components in one query`);
    if (!Number.isFinite(weight)) throw new RangeError(`a weight of ${weight}; expected a finite number`);
    for (let i = 0; i < dim; i++) sum[i] = sum[i]! + weight * vector[i]!;
  }
  const query = Float32Array.from(sum);
  const length = Math.hypot(...query);
  return length > 1e-6 ? normalise(query) : null;
}
