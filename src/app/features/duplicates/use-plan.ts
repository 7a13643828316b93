import type { DuplicatePlan, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';

/**
 * The dry run of a request: the one before stays while it is made, so that nothing that has the focus goes for a moment.
 * Null before the first one.
 */
export function usePlan(
  request: DuplicatePlanRequest,
  attempt: number,
): { readonly plan: DuplicatePlan; readonly isCurrent: boolean } | null {
  const library = useLibrary();
  const key = `${attempt} ${JSON.stringify(request)}`;
  const planned = useAnswered(() => library.planDuplicates(request), key);
  return planned && { plan: planned.answer, isCurrent: planned.question === key };
}
