import { wholeOf } from '../../../core/evaluation/run.ts';
import type { Judged } from '../../../protocol/figures.ts';

/**
 * Thresholds that the person moved, by set and label (or `wholeOf(group)`): they outlast a look at the photos behind a
 * figure.
 */
const kept = new Map<string, Readonly<Record<string, number>>>();

export function keptThresholds(set: string): Readonly<Record<string, number>> {
  return kept.get(set) ?? {};
}

/** Remembers those that differ from the set's own. */
export function keepThresholds(set: string, judged: Judged): void {
  const moved = { ...kept.get(set) };
  for (const [label, threshold, own] of thresholdsOf(judged)) {
    if (threshold === own) delete moved[label];
    else moved[label] = threshold;
  }
  kept.set(set, moved);
}

function thresholdsOf(judged: Judged): readonly (readonly [label: string, threshold: number, own: number])[] {
  if (judged.kind === 'classes') {
    return judged.groups.map(({ threshold, ownThreshold }, n) => [wholeOf(n), threshold, ownThreshold]);
  }
  const { labels, thresholds, ownThresholds } = judged.figures;
  return labels.map((label, n) => [label, thresholds[n]!, ownThresholds[n]!]);
}
