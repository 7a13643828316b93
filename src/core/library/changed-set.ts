import { columnGroups, type LabelSet } from '../tagging/label-set.ts';
import type { StoredHead } from './teaching-ports.ts';

/** Whether a set has other labels than its head was taught, or is to say "none of these" and cannot, or the other way. */
export function hasChangedSince(set: LabelSet, { head, report }: StoredHead): boolean {
  const { labels, kind, refuses } = set;
  const taught = head.groups.flatMap((group) => group.labels);
  const known = new Set([...taught, ...(report?.leftOut ?? []).map(({ label }) => label)]);
  const there = new Set(labels.map(({ number }) => String(number)));
  // A group of one label is not taught.
  const own = columnGroups(set).flatMap((group) =>
    group.exclusive && group.labels.length < 2 ? [] : group.labels,
  );
  const isOther =
    taught.some((label) => !there.has(label)) ||
    (report !== null && own.some((label) => !known.has(String(label))));
  if (isOther || kind !== 'multi-class') return isOther;
  // Where no held-out photo was right there is nothing to choose a refusal by: teaching again would not help.
  const mayLearn = report?.groups.some(({ accuracy }) => accuracy > 0) === true;
  return head.refusal === null ? refuses && mayLearn : !refuses;
}
