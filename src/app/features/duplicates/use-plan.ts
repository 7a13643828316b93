import { useEffect, useState } from 'react';
import type { DuplicatePlan, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/**
 * The dry run of a request: the one before stays while it is made, so that nothing that has the focus goes for a moment.
 * Null before the first one.
 */
export function usePlan(
  request: DuplicatePlanRequest,
  attempt: number,
): { readonly plan: DuplicatePlan; readonly isCurrent: boolean } | null {
  const library = useLibrary();
  const [plan, setPlan] = useState<{ key: string; plan: DuplicatePlan } | null>(null);
  const key = `${attempt} ${JSON.stringify(request)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the request says
  useEffect(() => {
    let wanted = true;
    library.planDuplicates(request).then(
      (answer) => {
        if (wanted) setPlan({ key, plan: answer });
      },
      (error: unknown) => {
        if (!(error instanceof WorkerDied)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [library, key]);
  return plan && { plan: plan.plan, isCurrent: plan.key === key };
}
