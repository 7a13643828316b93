import type { PartWeights } from '../../../core/image/part-scores.ts';
import type { MatchTarget, MixedHit } from '../../../protocol/match.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useRefreshedAnswer } from './use-refreshed-answer.ts';

/** As many as likeness alone gives. */
const limit = 300;
/** While weights are moved, what is shown is ordered anew at once; the library is asked when they rest. */
const pauses = { rest: 150, refresh: 4000 } as const;

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
  const question = target === null || weights === null ? null : targetKey + JSON.stringify(weights);
  const found = useRefreshedAnswer(
    question,
    targetKey,
    () => library.mixed(target!, weights!, limit),
    pauses,
  );
  if (question === null || found?.about !== targetKey || found.answer.kind !== 'mixed') return none;
  return found.answer.hits;
}
