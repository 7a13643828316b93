import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import type { SimilarResult } from '../../../core/library/similar-result.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { useRefreshedAnswer } from './use-refreshed-answer.ts';
import { termsKey } from './use-terms.ts';

/** More are not worth looking through; the cut-off is there to ask for fewer. */
const limit = 300;
/** So many below the cut-off are at hand for 'a few more'. */
export const mostBeyond = 24;
/** While a weight or a region is being moved, the search waits for it to rest. */
const pauses = { rest: 60, atOnceAfter: 1000, refresh: 2000 } as const;

export type SimilarAnswer = Exclude<SimilarResult, { kind: 'superseded' }>;

export interface Similar {
  readonly answer: SimilarAnswer;
  /** What was asked has changed since; the new answer is under way. */
  readonly isOld: boolean;
}

/**
 * The photos most like `terms` among those of `filter`; null until the first answer, and for no terms. Asked again when
 * the terms, the cut-off, the filter or the library change; the old answer stays until the new one is there.
 *
 * @param subject what the search is about: the answer to another one is not shown in the meantime
 */
export function useSimilar(
  terms: readonly LikeTerm[] | null,
  filter: PhotoQuery,
  subject: string,
): Similar | null {
  const library = useLibrary();
  const cutOff = useEnginePart(({ settings }) => settings.similarityCutOff);
  const key = termsKey(terms);
  const found = useRefreshedAnswer(
    terms === null ? null : JSON.stringify([subject, key, filter, cutOff]),
    { subject, key },
    () => library.similar({ terms: terms!, filter }, limit, mostBeyond),
    pauses,
  );
  if (found === null || terms === null || found.about.subject !== subject) return null;
  return { answer: found.answer, isOld: found.about.key !== key };
}
