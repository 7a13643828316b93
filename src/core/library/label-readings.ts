import { sideBySide } from '../learning/activations.ts';
import type { TaughtHead } from '../learning/head.ts';
import { type Refused, refused } from '../learning/refusal.ts';
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
  /** Why the set says "none of these" of the photo; null: it does not. */
  readonly refused: Refused | null;
  /** Of the sigmoids: how many labels they find, roughly. */
  readonly sum: number;
}

/** Sigmoid labels are read together, softmax groups each for itself; a single label has nothing to compete with. */
export function readingsOf(set: LabelSet, head: TaughtHead, embedding: Float32Array): LabelReading[] {
  const logits = logitsOf(head, embedding);
  // Labels that were deleted since are not read.
  const there = new Set(set.labels.map(({ number }) => number));
  const parts: { name: string; activation: string; labels: LabelNumber[]; at: number[] }[] = [];
  let output = 0;
  for (const { name, activation, labels } of head.groups) {
    let part = parts.at(-1);
    if (activation !== 'sigmoid' || part?.activation !== 'sigmoid') {
      const title = activation === 'softmax' && name !== '' ? `${set.name}: ${name}` : set.name;
      part = { name: title, activation, labels: [], at: [] };
      parts.push(part);
    }
    for (const label of labels.map((text) => Number(text) as LabelNumber)) {
      if (there.has(label)) {
        part.labels.push(label);
        part.at.push(output);
      }
      output++;
    }
  }
  return parts
    .filter(({ labels }) => labels.length > 1)
    .map((part) => {
      const { softmax, sigmoid } = sideBySide(Float64Array.from(part.at, (output) => logits[output]!));
      const { refusal } = head;
      const mayRefuse = refusal !== null && part.activation === 'softmax';
      return {
        set: set.id,
        name: part.name,
        labels: part.labels,
        softmax,
        sigmoid,
        refused: mayRefuse ? refused(refusal, Math.max(...softmax), embedding) : null,
        sum: sigmoid.reduce((sum, value) => sum + value, 0),
      };
    });
}
