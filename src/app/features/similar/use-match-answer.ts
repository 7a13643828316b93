import { useEffect, useRef, useState } from 'react';
import type { LikeSubject } from '../../../core/library/like-term.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import type { MatchTarget } from '../../../protocol/match.ts';
import { useEngine } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** While an import runs the answer is refreshed at most so often. */
const refreshMilliseconds = 4000;

/** What a search is about, as the worker takes it; null for a tag, which has no picture. */
export function targetOf(subject: LikeSubject, filter: PhotoQuery): MatchTarget | null {
  if (subject.kind === 'label') return null;
  const { region } = subject;
  return subject.kind === 'photo'
    ? { photo: subject.id, file: null, region, filter }
    : { photo: null, file: subject.bytes as Blob, region, filter };
}

/**
 * The answer to a question; null until it is there. Asked again when `key` or the library changes; the old answer to the
 * same question stays until the new one is there.
 *
 * @param ask given what tells whether its answer is still wanted
 */
export function useMatchAnswer<Result extends { readonly kind: string }>(
  ask: (isWanted: () => boolean) => Promise<Result>,
  key: string,
): Exclude<Result, { kind: 'superseded' }> | null {
  type Answer = Exclude<Result, { kind: 'superseded' }>;
  const { status, phase } = useEngine();
  const [found, setFound] = useState<{ key: string; answer: Answer } | null>(null);
  const asked = useRef({ key: '', at: 0 });
  const latest = useRef(ask);
  latest.current = ask;
  const revision = status.contentRevision;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the library's state changes the answer
  useEffect(() => {
    if (phase !== 'open') return;
    const wait =
      asked.current.key === key ? Math.max(0, asked.current.at + refreshMilliseconds - performance.now()) : 0;
    let current = true;
    const timer = setTimeout(async () => {
      asked.current = { key, at: performance.now() };
      try {
        const answer = await latest.current(() => current);
        if (current && answer.kind !== 'superseded') setFound({ key, answer: answer as Answer });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    }, wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, revision, phase]);

  return found?.key === key ? found.answer : null;
}
