import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../../core/error-words.ts';
import type { Failure } from '../../../core/library/photo.ts';
import { useEnginePart } from '../../engine/hooks.ts';
import { ignoreWorkerDied, WorkerDied } from '../../engine/worker-died.ts';
import { type KeptAsking, keepAsking } from './keep-asking.ts';

/** All in milliseconds. */
export interface Pauses {
  /** A question that is being changed is asked once it rests so long, */
  readonly rest: number;
  /** but at once where none was asked for so long. */
  readonly atOnceAfter?: number;
  /** While the library changes again and again, the question is asked at most so often. */
  readonly refresh: number;
}

interface Failed {
  readonly kind: 'failed';
  readonly failure: Failure;
}
export type Settled<Result> = Exclude<Result, { readonly kind: 'superseded' }> | Failed;

/**
 * The last answer that came, and what it was about: asked for anew when the question or the library changes, and when a
 * question of another part of the page overtook it; the old one stays meanwhile. Null before the first.
 *
 * @param question tells questions apart; null: nothing is asked
 * @param about what the caller wants to know of the question when its answer is there
 * @param ask given what tells whether its answer is still wanted
 */
export function useRefreshedAnswer<Result extends { readonly kind: string }, About>(
  question: string | null,
  about: About,
  ask: (isWanted: () => boolean) => Promise<Result>,
  { rest, atOnceAfter = Number.POSITIVE_INFINITY, refresh }: Pauses,
): { readonly about: About; readonly answer: Settled<Result> } | null {
  const isOpen = useEnginePart(({ phase }) => phase === 'open');
  const revision = useEnginePart(({ status }) => status.contentRevision);
  const model = useEnginePart(({ status }) => status.model.state);
  const [found, setFound] = useState<{ about: About; answer: Settled<Result> } | null>(null);
  const askedAt = useRef(0);
  const asking = useRef<KeptAsking | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is new with every render; the question says when
  useEffect(() => {
    if (question === null || !isOpen) return;
    const askOnce = async (isWanted: () => boolean) => {
      askedAt.current = performance.now();
      try {
        const answer = await ask(isWanted);
        if (answer.kind === 'superseded') return false;
        if (isWanted()) setFound({ about, answer: answer as Settled<Result> });
      } catch (error) {
        // A bug: said here, where somebody waits for the answer, and thrown on to where bugs are seen.
        if (isWanted() && !(error instanceof WorkerDied))
          setFound({
            about,
            answer: { kind: 'failed', failure: { code: 'worker-crashed', found: wordsOf(error) } },
          });
        ignoreWorkerDied(error);
      }
      return true;
    };
    const isResting = performance.now() - askedAt.current < atOnceAfter;
    const mine = keepAsking(askOnce, isResting ? rest : 0, refresh);
    asking.current = mine;
    return mine.stop;
  }, [question, isOpen]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the library's state changes the answer, and so does a model that runs again
  useEffect(() => asking.current?.changed(), [revision, model]);

  return found;
}
