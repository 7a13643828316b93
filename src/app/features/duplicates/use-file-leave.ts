import { useEffect, useState } from 'react';
import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

export interface PlanFolders {
  readonly folders: readonly FileSystemHandle[];
  /** Photos of the dry run whose files lie in one of them. */
  readonly files: number;
}

const none: PlanFolders = { folders: [], files: 0 };

/** The picked folders that hold files of a dry run. */
export function usePlanFolders(plan: DuplicatePlan | null): PlanFolders {
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
  return found !== null && found.plan === plan ? found.folders : none;
}

/** Asks for leave to write in folders; in a click, one after the other, as browsers want it. True: all gave it. */
export async function mayWrite(folders: readonly FileSystemHandle[]): Promise<boolean> {
  for (const folder of folders) {
    const answer = await folder.requestPermission({ mode: 'readwrite' }).catch(() => 'denied' as const);
    if (answer !== 'granted') return false;
  }
  return true;
}
