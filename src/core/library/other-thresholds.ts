import type { LabelNumber } from '../tagging/label.ts';
import type { StoredHead } from './teaching-ports.ts';

/** What is to count from where on. */
export interface OtherThresholds {
  /** Of labels with a threshold of their own: 0..1; null: the label is given to no photo. Those that are absent stay. */
  readonly labels?: ReadonlyMap<LabelNumber, number | null>;
  /** Of a set that may answer "none of these": below this probability, 0..1, it does. */
  readonly leastProbability?: number;
}

/** A head with other thresholds. @throws RangeError outside 0..1 */
export function withOtherThresholds(
  stored: StoredHead,
  { labels = new Map(), leastProbability }: OtherThresholds,
): StoredHead {
  const { head } = stored;
  for (const share of [...labels.values(), leastProbability ?? null]) {
    if (share !== null && !(share >= 0 && share <= 1)) throw new RangeError(`a threshold of ${share}`);
  }
  const outputs = head.groups.flatMap((group) => group.labels.map((label) => ({ label, group })));
  const thresholds = outputs.map(({ label, group }, output) => {
    const number = Number(label) as LabelNumber;
    const before = head.thresholds[output] ?? null;
    // The likeliest label of a group counts, whatever its probability.
    if (group.activation !== 'sigmoid' || !labels.has(number)) return before;
    return labels.get(number) ?? null;
  });
  const { refusal } = head;
  const least = leastProbability ?? refusal?.minimumProbability ?? 0;
  return {
    ...stored,
    head: { ...head, thresholds, refusal: refusal && { ...refusal, minimumProbability: least } },
  };
}
