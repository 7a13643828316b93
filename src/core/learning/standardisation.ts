/** Mean and spread of each component over the photos that are taught. */
export interface Standardisation {
  /** [dims] */
  readonly mean: Float64Array;
  /** [dims], the standard deviation (of the population); 1 where a component never varies. */
  readonly deviation: Float64Array;
}

/**
 * Standardisation of some rows of a matrix, in two passes.
 *
 * @param data [rows of the set][dims], row-major
 * @throws RangeError when `rows` is empty or a value is not finite
 */
export function standardise(data: Float32Array, dims: number, rows: Uint32Array): Standardisation {
  if (rows.length === 0) throw new RangeError('standardisation of no photos; it needs at least one');
  const mean = new Float64Array(dims);
  for (const row of rows) {
    for (let j = 0, at = row * dims; j < dims; j++, at++) mean[j] = mean[j]! + data[at]!;
  }
  for (let j = 0; j < dims; j++) mean[j] = mean[j]! / rows.length;
  if (!mean.every(Number.isFinite))
    throw new RangeError('embeddings hold values that are not finite numbers');
  const deviation = new Float64Array(dims);
  for (const row of rows) {
    for (let j = 0, at = row * dims; j < dims; j++, at++) {
      deviation[j] = deviation[j]! + (data[at]! - mean[j]!) ** 2;
    }
  }
  for (let j = 0; j < dims; j++) {
    const spread = Math.sqrt(deviation[j]! / rows.length);
    // Rounding alone gives a constant component a spread of about this size.
    deviation[j] = spread > 1e-12 * Math.max(1, Math.abs(mean[j]!)) ? spread : 1;
  }
  return { mean, deviation };
}

/** A linear map of embeddings to outputs. */
export interface Linear {
  /** [outputs][dims], row-major. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly bias: Float64Array;
}

/**
 * [Note: standardisation is a change of variables] Weights on standardised components are turned into weights on the
 * embeddings themselves, and gradients the other way: no standardised copy of the photos is ever made, and a finished
 * head needs neither mean nor deviation.
 *
 * @param parameters [outputs x dims weights, row-major, then outputs biases] on standardised components
 * @param into where to write; from output `first` on
 */
export function unstandardise(
  parameters: Float64Array,
  outputs: number,
  { mean, deviation }: Standardisation,
  into: Linear,
  first: number,
): void {
  const dims = mean.length;
  for (let o = 0; o < outputs; o++) {
    let bias = parameters[outputs * dims + o]!;
    for (let j = 0, from = o * dims, to = (first + o) * dims; j < dims; j++, from++, to++) {
      const weight = parameters[from]! / deviation[j]!;
      into.weights[to] = weight;
      bias -= weight * mean[j]!;
    }
    into.bias[first + o] = bias;
  }
}

/** The way back: parameters on standardised components of outputs `first` to `first + outputs - 1`. */
export function restandardise(
  linear: Linear,
  first: number,
  outputs: number,
  { mean, deviation }: Standardisation,
): Float64Array {
  const dims = mean.length;
  const parameters = new Float64Array(outputs * (dims + 1));
  for (let o = 0; o < outputs; o++) {
    let bias = linear.bias[first + o]!;
    for (let j = 0, from = (first + o) * dims, to = o * dims; j < dims; j++, from++, to++) {
      parameters[to] = linear.weights[from]! * deviation[j]!;
      bias += linear.weights[from]! * mean[j]!;
    }
    parameters[outputs * dims + o] = bias;
  }
  return parameters;
}
