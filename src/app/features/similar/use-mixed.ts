import { useEffect, useState } from 'react';
import type { PartWeights } from '../../../core/image/part-scores.ts';
import type { MatchTarget, MixedHit } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** As many as likeness alone gives. */
const limit = 300;
/** While weights are moved, what is shown is ordered anew at once; the library is asked when they rest. */
const restMilliseconds = 150;

const none: readonly MixedHit[] = [];

/**
 * What comes first by other weights than content alone: photos that likeness would not have listed are among them. None
 * until the library has answered; the answer for the weights before stays meanwhile.
 *
 * @param weights null: content alone counts
 */
export function useMixed(
  target: MatchTarget | null,
  targetKey: string,
  weights: PartWeights | null,
): readonly MixedHit[] {
  const library = useLibrary();
  const [found, setFound] = useState<{ key: string; hits: readonly MixedHit[] } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the target
  useEffect(() => {
    if (target === null || weights === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      try {
        const answer = await library.mixed(target, weights, limit);
        if (current && answer.kind === 'mixed') setFound({ key: targetKey, hits: answer.hits });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    }, restMilliseconds);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [targetKey, weights, library]);

  return weights === null || found?.key !== targetKey ? none : found.hits;
}
