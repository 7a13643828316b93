import { cholesky, solveCholesky } from './cholesky.ts';
import { addWeightedRows } from './kernels.ts';
import type { FitData } from './objective.ts';

/** Photos whose correlations stand for all: this is an approximation anyway. */
const SAMPLE = 2048;
/** The cost of factoring grows with the cube; above this (chosen, not measured) fits go without. */
const MOST_DIMS = 640;
/** Ratios of penalty to curvature within a factor of 4 share a factored matrix. */
const RATIO_STEP = Math.log(4);

/**
 * Approximate inverse Hessians for all groups of a fit.
 *
 * The Hessian of an output's mean loss is the photos' second moments, each photo weighted by p (1 - p), plus the penalty.
 * With one mean weight c for all photos it is c (M + r I), r = penalty / c, M the second moments of the standardised
 * components: factored once, it serves every label and every fold. (D. Böhning, 1992, uses the bound c = 1/4.)
 */
export class Preconditioner {
  readonly #dims: number;
  /** [dims][dims]; null when preconditioning would not pay. */
  readonly #moments: Float64Array | null;
  readonly #factors = new Map<number, Float64Array>();

  constructor(data: FitData) {
    this.#dims = data.dims;
    this.#moments = data.dims <= MOST_DIMS ? secondMoments(data) : null;
  }

  /**
   * Multiplies parameters ([outputs][dims] weights, [outputs] biases) by the approximate inverse Hessian, in place.
   *
   * @param curvature c: mean p (1 - p) of the outputs, > 0
   * @param penalty of the mean loss, > 0
   * @returns null when there is none for so many components
   */
  of(outputs: number, curvature: number, penalty: number): ((vector: Float64Array) => void) | null {
    if (this.#moments === null || !(curvature > 0) || !(penalty > 0)) return null;
    const dims = this.#dims;
    const factor = this.#factor(Math.round(Math.log(penalty / curvature) / RATIO_STEP));
    return (vector) => {
      for (let o = 0; o < outputs; o++) solveCholesky(factor, dims, vector, o * dims);
      for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! / curvature;
    };
  }

  #factor(step: number): Float64Array {
    const known = this.#factors.get(step);
    if (known !== undefined) return known;
    const matrix = this.#moments!.slice();
    const ratio = Math.max(Math.exp(step * RATIO_STEP), 1e-9);
    for (let i = 0; i < this.#dims; i++) matrix[i * (this.#dims + 1)] = matrix[i * (this.#dims + 1)]! + ratio;
    const factor = cholesky(matrix, this.#dims);
    this.#factors.set(step, factor);
    return factor;
  }
}

/** Mean outer product of the standardised components, over evenly spaced rows: [dims][dims]. */
function secondMoments({ embeddings, dims, rows, standardisation }: FitData): Float64Array {
  const count = Math.min(rows.length, Math.max(SAMPLE, 4 * dims));
  const sample = new Float32Array(count * dims);
  for (let s = 0; s < count; s++) {
    const row = rows[Math.floor((s * rows.length) / count)]!;
    for (let j = 0; j < dims; j++) {
      sample[s * dims + j] =
        (embeddings[row * dims + j]! - standardisation.mean[j]!) / standardisation.deviation[j]!;
    }
  }
  const order = Uint32Array.from({ length: count }, (_, s) => s);
  const moments = new Float64Array(dims * dims);
  addWeightedRows(sample, dims, order, 0, count, Float64Array.from(sample), dims, moments);
  return moments.map((sum) => sum / count);
}
