import type { LabelFigures } from '../../../protocol/figures.ts';

/** Thresholds that the person moved, by set and label: they outlast a look at the photos behind a figure. */
const kept = new Map<string, Readonly<Record<string, number>>>();

export function keptThresholds(set: string): Readonly<Record<string, number>> {
  return kept.get(set) ?? {};
}

/** Remembers those that differ from the set's own. */
export function keepThresholds(set: string, { labels, thresholds, ownThresholds }: LabelFigures): void {
  const moved = { ...kept.get(set) };
  labels.forEach((label, n) => {
    if (thresholds[n] === ownThresholds[n]) delete moved[label];
    else moved[label] = thresholds[n]!;
  });
  kept.set(set, moved);
}
