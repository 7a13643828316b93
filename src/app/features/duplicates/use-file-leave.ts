import { useEffect, useState } from 'react';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

export interface PlanFolders {
  readonly folders: readonly FileSystemHandle[];
  /** Photos of the dry run whose files lie in one of them. */
  readonly files: number;
}

/**
 * The picked folders that hold files of a dry run: those of the one before stay while they are looked up, so that nothing
 * that has the focus goes for a moment. Null before the first answer.
 */
export function usePlanFolders(
  plan: DuplicatePlan | null,
): (PlanFolders & { readonly isCurrent: boolean }) | null {
  const library = useLibrary();
  const [found, setFound] = useState<{ plan: DuplicatePlan; folders: PlanFolders } | null>(null);
  useEffect(() => {
    if (plan === null) return;
    let wanted = true;
    library.foldersOfPhotos(Uint32Array.from(plan.entries, ({ photo }) => photo)).then(
      (folders) => {
        if (wanted) setFound({ plan, folders });
      },
      (error: unknown) => {
        if (!(error instanceof WorkerDied)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [library, plan]);
  return found && { ...found.folders, isCurrent: found.plan === plan };
}

/** Asks for leave to write in folders; in a click, one after the other, as browsers want it. True: all gave it. */
export async function mayWrite(folders: readonly FileSystemHandle[]): Promise<boolean> {
  for (const folder of folders) {
    const answer = await folder.requestPermission({ mode: 'readwrite' }).catch(() => 'denied' as const);
    if (answer !== 'granted') return false;
  }
  return true;
}
