/** 1 / (1 + e^-z), in (0, 1), exact to the ends of the number range. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** log(1 + e^z) without overflow: what a sigmoid loses on a photo without the label at logit z. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/**
 * Softmax of `count` logits from `start` on, in place.
 *
 * @returns log of the sum of exponentials of the logits as they were
 */
export function softmaxInPlace(logits: Float64Array, start: number, count: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = start; k < start + count; k++) highest = Math.max(highest, logits[k]!);
  let sum = 0;
  for (let k = start; k < start + count; k++) {
    const e = Math.exp(logits[k]! - highest);
    logits[k] = e;
    sum += e;
  }
  for (let k = start; k < start + count; k++) logits[k] = logits[k]! / sum;
  return highest + Math.log(sum);
}

/** The same logits read as labels that compete (softmax) and as labels that do not (sigmoid). */
export interface SideBySide {
  /** [labels], sums to 1. */
  readonly softmax: Float64Array;
  /** [labels], each 0..1, independent of the others. */
  readonly sigmoid: Float64Array;
}

/** Both readings of one photo's logits ([labels]), to show why photos with several labels need sigmoids. */
export function sideBySide(logits: ArrayLike<number>): SideBySide {
  const softmax = Float64Array.from(logits);
  softmaxInPlace(softmax, 0, softmax.length);
  return { softmax, sigmoid: Float64Array.from(logits, sigmoid) };
}
