import { type MovedThresholds, wholeOf } from '../../../core/evaluation/run.ts';
import type { ClassState, LabelState } from './use-figures.ts';

/** The thresholds that were moved: one number where all labels have the same, else those that differ from the set's own. */
export function movedIn(state: LabelState | ClassState): MovedThresholds {
  if (state.kind === 'classes') {
    const moved = state.groups.flatMap(({ threshold, ownThreshold }, n) =>
      threshold === ownThreshold ? [] : [[wholeOf(n), threshold] as const],
    );
    return Object.fromEntries(moved);
  }
  const { labels, thresholds, ownThresholds } = state.figures;
  const moved = labels.flatMap((label, n) =>
    thresholds[n] === ownThresholds[n] ? [] : [[label, thresholds[n]!] as const],
  );
  const [first] = thresholds;
  const isOne = moved.length > 1 && first !== undefined && thresholds.every((at) => at === first);
  return isOne ? first : Object.fromEntries(moved);
}

export function isMoved(moved: MovedThresholds): boolean {
  return typeof moved === 'number' || Object.keys(moved).length > 0;
}
