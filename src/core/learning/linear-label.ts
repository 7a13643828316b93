import type { TaughtHead } from './head.ts';

/** What speaks for one label of a head: a linear map of an embedding. */
export interface LinearLabel {
  /** [dims] */
  readonly weights: Float32Array<ArrayBuffer>;
  readonly bias: number;
  /** From which value on it speaks for the label. */
  readonly threshold: number;
}

/**
 * A label's logit; of labels that exclude each other the logit beyond the mean of its rivals, as a softmax compares.
 *
 * @param label as the head names it
 * @returns null when the head does not know it
 */
export function linearLabel(head: TaughtHead, label: string): LinearLabel | null {
  const { dims, weights, bias } = head;
  let first = 0;
  for (const { activation, labels } of head.groups) {
    const at = labels.indexOf(label);
    if (at === -1) {
      first += labels.length;
      continue;
    }
    const own = weights.slice((first + at) * dims, (first + at + 1) * dims);
    if (activation === 'sigmoid') {
      const threshold = head.thresholds[first + at] ?? 0.5;
      return {
        weights: own,
        bias: bias[first + at]!,
        threshold: Math.log(threshold / (1 - threshold)),
      };
    }
    let offset = bias[first + at]!;
    const rivals = labels.length - 1;
    labels.forEach((_, other) => {
      if (other === at) return;
      offset -= bias[first + other]! / rivals;
      for (let d = 0; d < dims; d++) own[d]! -= weights[(first + other) * dims + d]! / rivals;
    });
    return { weights: own, bias: offset, threshold: 0 };
  }
  return null;
}
