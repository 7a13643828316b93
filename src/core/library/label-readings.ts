import { sideBySide } from '../learning/activations.ts';
import type { TaughtHead } from '../learning/head.ts';
import { logitsOf } from '../learning/score.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { LabelSet } from '../tagging/label-set.ts';

/** The same logits of one photo, read as labels that compete and as labels that do not. */
export interface LabelReading {
  readonly set: number;
  /** Of the set, with the group's where it has groups. */
  readonly name: string;
  readonly labels: readonly LabelNumber[];
  /** [labels], sums to 1. */
  readonly softmax: Float64Array;
  /** [labels], each 0..1. */
  readonly sigmoid: Float64Array;
  /** Of the sigmoids: how many labels they find, roughly. */
  readonly sum: number;
}

/** Sigmoid labels are read together, softmax groups each for itself; a single label has nothing to compete with. */
export function readingsOf(set: LabelSet, head: TaughtHead, embedding: Float32Array): LabelReading[] {
  const logits = logitsOf(head, embedding);
  const parts: { name: string; labels: string[]; start: number }[] = [];
  let start = 0;
  for (const { name, activation, labels } of head.groups) {
    const last = parts.at(-1);
    if (activation === 'sigmoid' && last !== undefined) last.labels.push(...labels);
    else {
      const title = activation === 'softmax' && name !== '' ? `${set.name}: ${name}` : set.name;
      parts.push({ name: title, labels: [...labels], start });
    }
    start += labels.length;
  }
  return parts
    .filter(({ labels }) => labels.length > 1)
    .map((part) => {
      const own = logits.subarray(part.start, part.start + part.labels.length);
      const { softmax, sigmoid } = sideBySide(own);
      return {
        set: set.id,
        name: part.name,
        labels: part.labels.map((label) => Number(label) as LabelNumber),
        softmax,
        sigmoid,
        sum: sigmoid.reduce((sum, value) => sum + value, 0),
      };
    });
}
