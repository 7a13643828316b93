import { useEffect, useState } from 'react';
import type { DuplicatePlan, DuplicatePlanRequest } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

/** The dry run of a request; null while it is made. */
export function usePlan(request: DuplicatePlanRequest, attempt: number): DuplicatePlan | null {
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
  return plan?.key === key ? plan.plan : null;
}
