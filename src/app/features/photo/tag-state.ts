import type { LabelScore } from '../../../core/library/photo-cell.ts';

/**
 * What a label is to a photo. `accepted`, `rejected`: the person decided. `suggested`: the model's score reaches the
 * threshold. `none`: neither.
 */
export type TagState = 'accepted' | 'suggested' | 'rejected' | 'none';

export function tagState({ score, threshold, verdict }: LabelScore): TagState {
  if (verdict !== null) return verdict;
  return score !== null && threshold !== null && score >= threshold ? 'suggested' : 'none';
}

const order: Readonly<Record<TagState, number>> = { accepted: 0, suggested: 1, rejected: 2, none: 3 };

/** The labels shown as tags: accepted ones, then suggestions, then rejections; within each in the order given. */
export function tagsOf(labels: readonly LabelScore[]): readonly LabelScore[] {
  return labels
    .filter((label) => tagState(label) !== 'none')
    .sort((a, b) => order[tagState(a)] - order[tagState(b)]);
}
