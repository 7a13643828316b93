import { useEffect, useRef, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import type { SimilarResult } from '../../../core/library/similar-result.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** More are not worth looking through; the cut-off is there to ask for fewer. */
const limit = 300;
/** So many below the cut-off are at hand for 'a few more'. */
const beyond = 24;
/** While an import runs the answer is refreshed at most so often. */
const refreshMilliseconds = 2000;

export type SimilarAnswer = Exclude<SimilarResult, { kind: 'superseded' }>;

/**
 * The photos most like `target` among those of `filter`; null until the first answer. Asked again when the cut-off, the
 * filter or the library changes; the old answer stays until the new one is there.
 */
export function useSimilar(target: PhotoId | Blob | null, filter: PhotoQuery): SimilarAnswer | null {
  const library = useLibrary();
  const { status, settings, phase } = useEngine();
  const [answer, setAnswer] = useState<{ target: PhotoId | Blob | null; result: SimilarAnswer } | null>(null);
  const asked = useRef({ question: '', at: 0, target });
  const question = `${JSON.stringify(filter)} ${settings.similarityCutOff}`;
  const revision = status.contentRevision;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the cut-off and the library's state change the answer
  useEffect(() => {
    if (target === null || phase !== 'open') return;
    const same = asked.current.question === question && asked.current.target === target;
    const wait = same ? Math.max(0, asked.current.at + refreshMilliseconds - performance.now()) : 0;
    let current = true;
    const ask = async () => {
      asked.current = { question, at: performance.now(), target };
      const query =
        target instanceof Blob
          ? ({ kind: 'file', file: target, filter } as const)
          : ({ kind: 'photo', id: target, filter } as const);
      try {
        const result = await library.similar(query, limit, beyond);
        if (current && result.kind !== 'superseded') setAnswer({ target, result });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    };
    const timer = setTimeout(() => void ask(), wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [target, question, revision, phase, library]);

  return answer?.target === target ? (answer?.result ?? null) : null;
}
