import type { LabelNumber } from '../tagging/label.ts';
import { type HeadLabel, onScale, outputActivations } from './head-labels.ts';
import type { StoredHead } from './teaching-ports.ts';

/** What is to count from where on. */
export interface OtherThresholds {
  /** Of labels with a threshold of their own: 0..1; null: the label is given to no photo. Those that are absent stay. */
  readonly labels?: ReadonlyMap<LabelNumber, number | null>;
  /** Of a set that may answer "none of these": below this probability, 0..1, it does. */
  readonly leastProbability?: number;
  /** Only if the set still is as it was taught then. */
  readonly version?: number;
}

/**
 * A head with other thresholds. What it knows of labels that were merged into another follows that one: see
 * [Note: Merged labels].
 *
 * @param known labels of the head, see `headLabels`
 * @throws RangeError outside 0..1
 */
export function withOtherThresholds(
  stored: StoredHead,
  known: readonly HeadLabel[],
  { labels = new Map(), leastProbability }: OtherThresholds,
): StoredHead {
  const { head } = stored;
  for (const share of [...labels.values(), leastProbability ?? null]) {
    if (share !== null && !(share >= 0 && share <= 1)) throw new RangeError(`a threshold of ${share}`);
  }
  const activations = outputActivations(head);
  const thresholds = activations.map((_, output) => head.thresholds[output] ?? null);
  for (const { label, outputs, threshold } of known) {
    const wanted = labels.get(label);
    if (wanted === undefined) continue;
    for (const output of outputs) {
      // The likeliest label of a group counts, whatever its probability.
      if (activations[output] !== 'sigmoid') continue;
      thresholds[output] = movedTo(wanted, threshold, thresholds[output] ?? null);
    }
  }
  const { refusal } = head;
  const least = leastProbability ?? refusal?.minimumProbability ?? 0;
  return {
    ...stored,
    head: { ...head, thresholds, refusal: refusal && { ...refusal, minimumProbability: least } },
  };
}

/** From where on an output counts once its label does from `wanted` on, no longer from `before`. */
function movedTo(wanted: number | null, before: number | null, own: number | null): number | null {
  if (wanted === null || before === null) return wanted;
  // An output that never counted beside others does not now.
  return own === null ? null : onScale(wanted, before, own);
}
