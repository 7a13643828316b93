import type { LabelScore } from '../../../core/library/photo-cell.ts';

/**
 * What a label is to a photo. `accepted`, `rejected`: the person decided. `suggested`: the model's score reaches the
 * threshold. `of-file`: a keyword of the file. `none`: none of these.
 */
export type TagState = 'accepted' | 'of-file' | 'suggested' | 'rejected' | 'none';

export function tagState({ score, threshold, verdict, fromFile }: LabelScore): TagState {
  if (verdict !== null) return verdict;
  if (fromFile === true) return 'of-file';
  return score !== null && threshold !== null && score >= threshold ? 'suggested' : 'none';
}

const order: Readonly<Record<TagState, number>> = {
  accepted: 0,
  'of-file': 1,
  suggested: 2,
  rejected: 3,
  none: 4,
};

/** The labels shown as tags: accepted ones, then those of the file, suggestions, then rejections; within each in the order given. */
export function tagsOf(labels: readonly LabelScore[]): readonly LabelScore[] {
  return labels
    .filter((label) => tagState(label) !== 'none')
    .sort((a, b) => order[tagState(a)] - order[tagState(b)]);
}
