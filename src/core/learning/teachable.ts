import { classesOf, countClasses, type GroupTruth, UNKNOWN } from './truth.ts';

/** Photos of a class (or with, or without, a label) that teaching needs. */
export const FEWEST_PHOTOS = 2;

/** A label that cannot be taught yet, and why. */
export interface LeftOut {
  readonly group: string;
  readonly label: string;
  /**
   * `too-few-photos`: fewer than two carry it; `too-few-without`: fewer than two are known not to carry it (in a
   * multi-label set an unlabelled photo is not one: rule the label out, or declare photos fully labelled);
   * `nothing-to-tell-apart`: no other label of its group is left.
   */
  readonly reason: 'too-few-photos' | 'too-few-without' | 'nothing-to-tell-apart';
  /** Photos that there are: with the label, or for `too-few-without` known to be without. */
  readonly photos: number;
}

/** The labels that can be taught. In `groups`, photos of labels that were left out have become unknown. */
export interface Teachable {
  readonly groups: readonly GroupTruth[];
  readonly leftOut: readonly LeftOut[];
}

/** @param rows photos that teach */
export function teachable(truth: readonly GroupTruth[], rows: Uint32Array): Teachable {
  const leftOut: LeftOut[] = [];
  const groups = truth.flatMap((group) => {
    const counts = countClasses(group.values, classesOf(group), rows);
    return group.activation === 'sigmoid'
      ? teachableSigmoid(group, counts, leftOut)
      : teachableSoftmax(group, counts, leftOut);
  });
  return { groups, leftOut };
}

function teachableSigmoid(group: GroupTruth, counts: Float64Array, leftOut: LeftOut[]): GroupTruth[] {
  const [without, having] = [counts[0]!, counts[1]!];
  if (without >= FEWEST_PHOTOS && having >= FEWEST_PHOTOS) return [group];
  const few = having < FEWEST_PHOTOS;
  leftOut.push({
    group: group.name,
    label: group.labels[0]!,
    reason: few ? 'too-few-photos' : 'too-few-without',
    photos: few ? having : without,
  });
  return [];
}

function teachableSoftmax(group: GroupTruth, counts: Float64Array, leftOut: LeftOut[]): GroupTruth[] {
  const kept = [...counts.keys()].filter((k) => counts[k]! >= FEWEST_PHOTOS);
  const alone = kept.length < 2;
  group.labels.forEach((label, k) => {
    const photos = counts[k]!;
    if (photos < FEWEST_PHOTOS) leftOut.push({ group: group.name, label, reason: 'too-few-photos', photos });
    else if (alone) leftOut.push({ group: group.name, label, reason: 'nothing-to-tell-apart', photos });
  });
  if (alone) return [];
  if (kept.length === group.labels.length) return [group];
  const renumbered = new Int16Array(group.labels.length).fill(UNKNOWN);
  kept.forEach((k, to) => {
    renumbered[k] = to;
  });
  return [
    {
      ...group,
      labels: kept.map((k) => group.labels[k]!),
      values: group.values.map((value) => (value === UNKNOWN ? UNKNOWN : renumbered[value]!)),
    },
  ];
}
