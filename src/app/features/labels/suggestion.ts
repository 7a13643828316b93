import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import type { LabelSet, SetLabel } from '../../../core/tagging/label-set.ts';

/** What a taught set says of a photo, as the person would say it. */
export interface Suggestion {
  readonly label: SetLabel;
  readonly verdict: Verdict;
}

/**
 * The labels that a photo would get and of which nothing is said; of a set of yes or no its label or its absence.
 *
 * @param isDoubted what was said may be wrong: that the set says otherwise is suggested, too
 */
export function suggestionFor(
  set: LabelSet,
  scores: ReadonlyMap<LabelNumber, LabelScore>,
  isDoubted: boolean,
): Suggestion[] {
  const isSigmoid = set.kind === 'binary' || set.kind === 'multi-label';
  return set.labels.flatMap((label): Suggestion[] => {
    const own = scores.get(label.number);
    if (own === undefined || own.score === null) return [];
    const verdict = own.threshold !== null && own.score >= own.threshold ? 'accepted' : 'rejected';
    if (own.verdict !== null) {
      return isDoubted && isSigmoid && own.verdict !== verdict ? [{ label, verdict }] : [];
    }
    return verdict === 'accepted' || set.kind === 'binary' ? [{ label, verdict }] : [];
  });
}

export const opposite = (verdict: Verdict): Verdict => (verdict === 'accepted' ? 'rejected' : 'accepted');
