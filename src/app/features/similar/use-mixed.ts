import { useEffect, useRef, useState } from 'react';
import type { PartWeights } from '../../../core/image/part-scores.ts';
import type { MatchTarget, MixedHit } from '../../../protocol/match.ts';
import { useEngine, useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** As many as likeness alone gives. */
const limit = 300;
/** While weights are moved, what is shown is ordered anew at once; the library is asked when they rest. */
const restMilliseconds = 150;
/** While an import runs the answer is refreshed at most so often. */
const refreshMilliseconds = 4000;

const none: readonly MixedHit[] = [];

/**
 * What comes first by other weights than content alone: photos that likeness would not have listed are among them. None
 * until the library has answered; the answer for the weights before stays meanwhile. Asked again when the library changes.
 *
 * @param target null: nothing is asked
 * @param weights null: content alone counts
 */
export function useMixed(
  target: MatchTarget | null,
  targetKey: string,
  weights: PartWeights | null,
): readonly MixedHit[] {
  const library = useLibrary();
  const { status, phase } = useEngine();
  const [found, setFound] = useState<{ key: string; hits: readonly MixedHit[] } | null>(null);
  const asked = useRef<{ key: string; weights: PartWeights | null; at: number }>({
    key: '',
    weights: null,
    at: 0,
  });
  const hasTarget = target !== null;
  const revision = status.contentRevision;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the target, the library's state changes the answer
  useEffect(() => {
    if (target === null || weights === null || phase !== 'open') return;
    const { key, weights: before, at } = asked.current;
    const wait =
      key === targetKey && before === weights
        ? Math.max(0, at + refreshMilliseconds - performance.now())
        : restMilliseconds;
    const timer = setTimeout(async () => {
      const question = { key: targetKey, weights, at: performance.now() };
      asked.current = question;
      try {
        const answer = await library.mixed(target, weights, limit);
        // It counts though the library has changed since, else an import would leave no answer: it is asked again.
        if (asked.current === question && answer.kind === 'mixed')
          setFound({ key: targetKey, hits: answer.hits });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    }, wait);
    return () => clearTimeout(timer);
  }, [hasTarget, targetKey, weights, revision, phase, library]);

  return !hasTarget || weights === null || found?.key !== targetKey ? none : found.hits;
}
