import { symmetricEigen } from './eigen.ts';
import { integerQuery, PackedRows, setQuery } from './packed-rows.ts';
import type { Random } from './random.ts';

/**
 * y = A x (+ b), applied to stored vectors and queries alike. The matrix is held rounded to 1/4096 of its longest row
 * ([Note: Two products in one]): a rotation changes dot products of unit vectors by about 1e-4.
 */
export class LinearTransform {
  readonly inDims: number;
  readonly outDims: number;
  /** The rows of A: outDims x inDims. */
  readonly matrix: PackedRows;
  /** [outDims], added after the product; null: nothing. */
  readonly bias: Float32Array | null;
  readonly #query;
  readonly #dots: Float64Array<ArrayBuffer>;
  readonly #second;
  readonly #secondDots: Float64Array<ArrayBuffer>;

  constructor(matrix: PackedRows, bias: Float32Array | null = null) {
    this.inDims = matrix.dims;
    this.outDims = matrix.rows;
    this.matrix = matrix;
    this.bias = bias;
    this.#query = integerQuery(matrix.dims);
    this.#dots = new Float64Array((matrix.rows + 7) & ~7);
    this.#second = integerQuery(matrix.dims);
    this.#secondDots = new Float64Array(this.#dots.length);
  }

  /** One vector: inDims floats of `from` at `start` become outDims floats of `to` at `at`. */
  apply(from: Float32Array, start: number, to: Float32Array, at: number): void {
    setQuery(this.#query, from, start);
    this.matrix.dots(this.#query, this.#dots);
    this.#put(this.#dots, to, at);
  }

  /** `count` vectors, row-major on both sides. */
  applyMany(from: Float32Array, start: number, count: number, to: Float32Array, at: number): void {
    const { inDims, outDims } = this;
    let n = 0;
    for (; n + 1 < count; n += 2) {
      setQuery(this.#query, from, start + n * inDims);
      setQuery(this.#second, from, start + (n + 1) * inDims);
      this.matrix.dotsOfPair(this.#query, this.#second, this.#dots, this.#secondDots);
      this.#put(this.#dots, to, at + n * outDims);
      this.#put(this.#secondDots, to, at + (n + 1) * outDims);
    }
    if (n < count) this.apply(from, start + n * inDims, to, at + n * outDims);
  }

  #put(dots: Float64Array, to: Float32Array, at: number): void {
    const { bias } = this;
    for (let i = 0; i < this.outDims; i++) to[at + i] = dots[i]! + (bias === null ? 0 : bias[i]!);
  }
}

/**
 * Principal axes, the strongest `outDims` of them, dealt out to `groups` of equal size so that every group holds about
 * the same product of variances (a product quantiser then spends its equal bits where they count). The mean is *not*
 * subtracted: with inner product that would change the order of the answers.
 *
 * @param sample [count][dims], row-major
 * @param groups 1 leaves the axes in order of variance; it must divide outDims
 * @returns the transform, and per output the variance along it
 */
export function principalAxes(
  sample: Float32Array,
  count: number,
  dims: number,
  outDims: number,
  groups = 1,
): { transform: LinearTransform; variances: Float64Array<ArrayBuffer>; kept: number } {
  if (outDims < 1 || outDims > dims) throw new RangeError(`PCA from ${dims} to ${outDims} dimensions`);
  if (outDims % groups !== 0)
    throw new RangeError(`${outDims} dimensions do not divide into ${groups} groups`);
  const { values, vectors } = symmetricEigen(covariance(sample, count, dims), dims);
  const order = balancedOrder(values, outDims, groups);
  const matrix = new Float32Array(outDims * dims);
  order.forEach((axis, row) => {
    matrix.set(vectors.subarray(axis * dims, axis * dims + dims), row * dims);
  });
  const total = values.reduce((sum, v) => sum + Math.max(0, v), 0);
  const keptVariance = values.subarray(0, outDims).reduce((sum, v) => sum + Math.max(0, v), 0);
  return {
    transform: new LinearTransform(PackedRows.from(matrix, outDims, dims)),
    variances: Float64Array.from(order, (axis) => Math.max(0, values[axis]!)),
    kept: total > 0 ? keptVariance / total : 1,
  };
}

/** A rotation drawn evenly from all rotations: Gram-Schmidt on normal vectors. outDims <= dims rows. */
export function randomRotation(dims: number, outDims: number, random: Random): LinearTransform {
  if (outDims < 1 || outDims > dims) throw new RangeError(`a rotation from ${dims} to ${outDims} dimensions`);
  const rows = Float64Array.from({ length: outDims * dims }, () => random.gaussian());
  for (let r = 0; r < outDims; r++) {
    const row = rows.subarray(r * dims, (r + 1) * dims);
    // Twice: once leaves rounding errors that grow with the number of rows.
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < r; p++) {
        let dot = 0;
        for (let i = 0; i < dims; i++) dot += row[i]! * rows[p * dims + i]!;
        for (let i = 0; i < dims; i++) row[i] = row[i]! - dot * rows[p * dims + i]!;
      }
    }
    const length = Math.hypot(...row);
    for (let i = 0; i < dims; i++) row[i] = row[i]! / length;
  }
  return new LinearTransform(PackedRows.from(Float32Array.from(rows), outDims, dims));
}

/** [dims][dims], symmetric. */
export function covariance(sample: Float32Array, count: number, dims: number): Float64Array<ArrayBuffer> {
  if (count < 1) throw new RangeError('the covariance of no vectors');
  const mean = new Float64Array(dims);
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < dims; i++) mean[i] = mean[i]! + sample[n * dims + i]! / count;
  }
  const sums = new Float64Array(dims * dims);
  const centred = new Float64Array(4 * dims);
  for (let n = 0; n < count; n += 4) {
    // Four vectors at a time: one pass over the triangle serves all.
    centred.fill(0);
    for (let v = 0; v < 4 && n + v < count; v++) {
      for (let i = 0; i < dims; i++) centred[v * dims + i] = sample[(n + v) * dims + i]! - mean[i]!;
    }
    for (let i = 0; i < dims; i++) {
      const a = centred[i]!;
      const b = centred[dims + i]!;
      const c = centred[2 * dims + i]!;
      const d = centred[3 * dims + i]!;
      for (let j = 0, at = i * dims; j <= i; j++, at++) {
        sums[at] =
          sums[at]! +
          (a * centred[j]! +
            b * centred[dims + j]! +
            (c * centred[2 * dims + j]! + d * centred[3 * dims + j]!));
      }
    }
  }
  for (let i = 0; i < dims; i++) {
    for (let j = 0; j <= i; j++) {
      const value = sums[i * dims + j]! / count;
      sums[i * dims + j] = value;
      sums[j * dims + i] = value;
    }
  }
  return sums;
}

/** Which axis each output takes: strongest first, each to the group with the smallest product of variances that has room. */
function balancedOrder(variances: Float64Array, outDims: number, groups: number): number[] {
  const size = outDims / groups;
  const members = Array.from({ length: groups }, (): number[] => []);
  const logs = new Float64Array(groups);
  const floor = Math.max(variances[0] ?? 0, 1e-30) * 1e-9;
  for (let axis = 0; axis < outDims; axis++) {
    let target = -1;
    for (let g = 0; g < groups; g++) {
      if (members[g]!.length < size && (target < 0 || logs[g]! < logs[target]!)) target = g;
    }
    members[target]!.push(axis);
    // Relative to the floor every logarithm is >= 0: a group never gains by taking a weak axis.
    logs[target] = logs[target]! + Math.log(Math.max(variances[axis]!, floor) / floor);
  }
  return members.flat();
}
