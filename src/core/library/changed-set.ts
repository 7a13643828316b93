import type { LabelSet } from '../tagging/label-set.ts';
import type { StoredHead } from './teaching-ports.ts';

/** Whether a set has other labels than its head was taught, or is no longer to say "none of these". */
export function hasChangedSince({ labels, kind, refuses }: LabelSet, { head, report }: StoredHead): boolean {
  const taught = head.groups.flatMap((group) => group.labels);
  const known = new Set([...taught, ...(report?.leftOut ?? []).map(({ label }) => label)]);
  const there = new Set(labels.map(({ number }) => String(number)));
  const isOther = taught.some((label) => !there.has(label)) || [...there].some((label) => !known.has(label));
  return isOther || (kind === 'multi-class' && head.refusal !== null && !refuses);
}
