import { sigmoid, softmaxInPlace, softplus } from './activations.ts';
import { addWeightedRows, scoreRows } from './kernels.ts';
import type { Evaluation } from './line-search.ts';
import { type Standardisation, unstandardise } from './standardisation.ts';
import { type Activation, UNKNOWN } from './truth.ts';

/** The photos that a fit sees. */
export interface FitData {
  /** [photos][dims], row-major. */
  readonly embeddings: Float32Array;
  readonly dims: number;
  /** Which photos are fitted. */
  readonly rows: Uint32Array;
  readonly standardisation: Standardisation;
}

/** What is fitted to them: one group of outputs. */
export interface FitGroup {
  readonly activation: Activation;
  /** 1 for a sigmoid, the number of labels for a softmax. */
  readonly outputs: number;
  /** [photos]: truth, see `GroupTruth.values`. */
  readonly values: Int16Array;
  /** [classes]: weight of a photo of each class; a sigmoid has the classes ruled out and present. */
  readonly classWeights: Float64Array;
  /** Weight of the L2 penalty: penalty / 2 x |weights|^2 beside the summed loss (scikit-learn's 1 / C). */
  readonly penalty: number;
}

/** Outputs of some groups. */
export function widthOf(groups: readonly FitGroup[]): number {
  return groups.reduce((sum, { outputs }) => sum + outputs, 0);
}

/** Photos per pass through the caches. */
const CHUNK = 64;
/** Multiply-adds between two yields: some tens of milliseconds. */
const WORK_PER_STEP = 4e7;

/** Sum of the weights of a group's known photos among `rows`. */
export function totalWeight({ values, classWeights }: FitGroup, rows: Uint32Array): number {
  let total = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (value !== UNKNOWN) total += classWeights[value]!;
  }
  return total;
}

/**
 * Loss and gradient of several groups in one pass over the photos. The loss of a group is the weighted mean
 * cross-entropy of its known photos plus penalty / (2 x total weight) x |weights|^2; biases are not penalised. That is
 * scikit-learn's objective divided by the total weight, on standardised components.
 *
 * @param points a group's parameters each: [outputs][dims] weights, row-major, then [outputs] biases
 * @param totals the groups' `totalWeight`, each > 0
 * @yields now and then, so that a caller can stop
 */
export function* evaluateGroups(
  { embeddings, dims, rows, standardisation }: FitData,
  groups: readonly FitGroup[],
  points: readonly Float64Array[],
  totals: readonly number[],
): Generator<void, Evaluation[]> {
  const firsts: number[] = [];
  let outputs = 0;
  for (const group of groups) {
    firsts.push(outputs);
    outputs += group.outputs;
  }
  const linear = { weights: new Float64Array(outputs * dims), bias: new Float64Array(outputs) };
  groups.forEach((group, g) => {
    unstandardise(points[g]!, group.outputs, standardisation, linear, firsts[g]!);
  });
  const chunk = new Float64Array(CHUNK * outputs);
  const sums = new Float64Array(outputs * dims);
  const residualSums = new Float64Array(outputs);
  const losses = new Float64Array(groups.length);
  let work = 0;
  for (let first = 0; first < rows.length; first += CHUNK) {
    const count = Math.min(CHUNK, rows.length - first);
    scoreRows(embeddings, dims, rows, first, count, linear.weights, linear.bias, outputs, chunk);
    groups.forEach((group, g) => {
      const lossOf = group.activation === 'sigmoid' ? sigmoidResiduals : softmaxResiduals;
      losses[g] = losses[g]! + lossOf(group, rows, first, count, chunk, firsts[g]!, outputs);
    });
    for (let r = 0, at = 0; r < count; r++) {
      for (let o = 0; o < outputs; o++, at++) residualSums[o] = residualSums[o]! + chunk[at]!;
    }
    addWeightedRows(embeddings, dims, rows, first, count, chunk, outputs, sums);
    work += 2 * count * outputs * dims;
    if (work > WORK_PER_STEP) {
      work = 0;
      yield;
    }
  }
  return groups.map((group, g) => {
    const total = totals[g]!;
    const point = points[g]!;
    const gradient = new Float64Array(point.length);
    let squares = 0;
    for (let o = 0; o < group.outputs; o++) {
      const output = firsts[g]! + o;
      const residual = residualSums[output]!;
      for (let j = 0, at = o * dims, from = output * dims; j < dims; j++, at++, from++) {
        const onStandardised =
          (sums[from]! - standardisation.mean[j]! * residual) / standardisation.deviation[j]!;
        gradient[at] = (onStandardised + group.penalty * point[at]!) / total;
        squares += point[at]! * point[at]!;
      }
      gradient[group.outputs * dims + o] = residual / total;
    }
    return { loss: (losses[g]! + (group.penalty / 2) * squares) / total, gradient };
  });
}

/** Turns a sigmoid's logits into weighted residuals, in place; returns the weighted loss. */
function sigmoidResiduals(
  { values, classWeights }: FitGroup,
  rows: Uint32Array,
  first: number,
  count: number,
  chunk: Float64Array,
  output: number,
  stride: number,
): number {
  let loss = 0;
  for (let r = 0, at = output; r < count; r++, at += stride) {
    const value = values[rows[first + r]!]!;
    if (value === UNKNOWN) {
      chunk[at] = 0;
      continue;
    }
    const weight = classWeights[value]!;
    const z = chunk[at]!;
    loss += weight * softplus(value === 1 ? -z : z);
    chunk[at] = weight * (sigmoid(z) - value);
  }
  return loss;
}

/** The same for a softmax group. */
function softmaxResiduals(
  { values, classWeights, outputs }: FitGroup,
  rows: Uint32Array,
  first: number,
  count: number,
  chunk: Float64Array,
  output: number,
  stride: number,
): number {
  let loss = 0;
  for (let r = 0, at = output; r < count; r++, at += stride) {
    const value = values[rows[first + r]!]!;
    if (value === UNKNOWN) {
      chunk.fill(0, at, at + outputs);
      continue;
    }
    const weight = classWeights[value]!;
    const z = chunk[at + value]!;
    loss += weight * (softmaxInPlace(chunk, at, outputs) - z);
    chunk[at + value] = chunk[at + value]! - 1;
    for (let k = at; k < at + outputs; k++) chunk[k] = chunk[k]! * weight;
  }
  return loss;
}
