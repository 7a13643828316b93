import { useEffect, useRef, useState } from 'react';
import type { LikeTerm } from '../../../core/library/like-term.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import type { SimilarResult } from '../../../core/library/similar-result.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { termsKey } from './use-terms.ts';

/** More are not worth looking through; the cut-off is there to ask for fewer. */
const limit = 300;
/** So many below the cut-off are at hand for 'a few more'. */
const beyond = 24;
/** While an import runs the answer is refreshed at most so often. */
const refreshMilliseconds = 2000;
/** While a weight or a region is being moved, the search waits for it to rest so long. */
const restMilliseconds = 60;

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
  subject: unknown,
): Similar | null {
  const library = useLibrary();
  const { status, settings, phase } = useEngine();
  const [found, setFound] = useState<{ subject: unknown; key: string; result: SimilarAnswer } | null>(null);
  const asked = useRef({ question: '', at: 0 });
  const key = termsKey(terms);
  const question = `${JSON.stringify(filter)} ${settings.similarityCutOff} ${key}`;
  const revision = status.contentRevision;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cut-off and the library's state change the answer
  useEffect(() => {
    if (terms === null || phase !== 'open') return;
    const same = asked.current.question === question;
    const since = performance.now() - asked.current.at;
    const wait = same ? Math.max(0, refreshMilliseconds - since) : since < 1000 ? restMilliseconds : 0;
    let current = true;
    const ask = async () => {
      asked.current = { question, at: performance.now() };
      try {
        const result = await library.similar({ terms, filter }, limit, beyond);
        if (current && result.kind !== 'superseded') setFound({ subject, key, result });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    };
    const timer = setTimeout(() => void ask(), wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [terms, question, revision, phase, library]);

  if (found === null || terms === null || found.subject !== subject) return null;
  return { answer: found.result, isOld: found.key !== key };
}
