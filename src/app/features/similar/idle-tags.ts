import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { LabelTable } from '../../engine/labels.ts';
import type { SimilarAnswer } from './use-similar.ts';

const noTags: ReadonlySet<string> = new Set();

/** Text ids of the tags among the terms that say nothing, as no photo carries them. */
export function idleTags(
  terms: readonly LikeTerm[],
  answer: SimilarAnswer | null,
  labels: LabelTable,
): ReadonlySet<string> {
  if (answer?.kind !== 'hits' || answer.ofTerms === null) return noTags;
  const { ofTerms, hits } = answer;
  if (hits.length === 0 || ofTerms.length !== hits.length * terms.length) return noTags;
  return new Set(
    terms.flatMap(({ subject, weight }, term) =>
      subject.kind === 'label' && weight !== 0 && Number.isNaN(ofTerms[term]!)
        ? (labels.get(subject.label)?.id ?? [])
        : [],
    ),
  );
}
