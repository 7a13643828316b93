import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { Statement } from '../../../core/library/statements.ts';
import type { LabelNumber, Verdict } from '../../../core/tagging/label.ts';
import { columnGroups, type LabelSet, type SetLabel } from '../../../core/tagging/label-set.ts';

/** What a taught set says of a photo, as the person would say it. */
export interface Suggestion {
  readonly label: SetLabel;
  readonly verdict: Verdict;
}

/**
 * The labels that a photo would get and of which nothing is said, nor of another class in their place; of a set of yes or no
 * its label or its absence.
 *
 * @param isDoubted what was said may be wrong: that the set says otherwise is suggested, too
 */
export function suggestionFor(
  set: LabelSet,
  scores: ReadonlyMap<LabelNumber, LabelScore>,
  isDoubted: boolean,
): Suggestion[] {
  const isSigmoid = set.kind === 'binary' || set.kind === 'multi-label';
  const settled = new Set(isDoubted ? [] : classesSaid(set, scores));
  return set.labels.flatMap((label): Suggestion[] => {
    const own = scores.get(label.number);
    if (own === undefined || own.score === null || settled.has(label.number)) return [];
    const verdict = own.threshold !== null && own.score >= own.threshold ? 'accepted' : 'rejected';
    if (own.verdict !== null) {
      return isDoubted && isSigmoid && own.verdict !== verdict ? [{ label, verdict }] : [];
    }
    return verdict === 'accepted' || set.kind === 'binary' ? [{ label, verdict }] : [];
  });
}

/** The classes of each group of which one has been said. */
function classesSaid(set: LabelSet, scores: ReadonlyMap<LabelNumber, LabelScore>): LabelNumber[] {
  return columnGroups(set).flatMap(({ exclusive, labels }) =>
    exclusive && labels.some((label) => scores.get(label)?.verdict === 'accepted') ? labels : [],
  );
}

/**
 * What agreeing with a suggestion says of a photo; null: there is nothing to agree with. In a set of any number of labels that
 * these are all that it has, but not where only what is doubted is looked at: of the others nothing is suggested there.
 */
export function agreement(
  { kind }: LabelSet,
  suggestion: readonly Suggestion[],
  isDoubted: boolean,
): Statement | null {
  const isWhole = kind === 'multi-label' && !isDoubted;
  if (suggestion.length === 0 && !isWhole) return null;
  const verdicts = suggestion.map(({ label, verdict }) => ({ label: label.number, verdict }));
  return { verdicts, ...(isWhole && { fullyLabelled: true }) };
}

export const opposite = (verdict: Verdict): Verdict => (verdict === 'accepted' ? 'rejected' : 'accepted');
