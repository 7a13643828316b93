import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';

export interface PlanFolders {
  readonly folders: readonly FileSystemHandle[];
  /** Those that hold photos for whose sake others go: no file goes unless that of the other one is seen to be there. */
  readonly keptIn: readonly FileSystemHandle[];
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
  const found = useAnswered(
    plan &&
      (async () => {
        const { folders, files } = await library.foldersOfPhotos(
          Uint32Array.from(plan.entries, ({ photo }) => photo),
        );
        const kept = Uint32Array.from(new Set(plan.entries.map(({ keptFor }) => keptFor)));
        return { folders, files, keptIn: (await library.foldersOfPhotos(kept)).folders };
      }),
    plan,
  );
  return found && { ...found.answer, isCurrent: found.question === plan };
}

/** Asks for leave to write in folders; in a click, one after the other, as browsers want it. True: all gave it. */
export async function mayWrite(folders: readonly FileSystemHandle[]): Promise<boolean> {
  return mayUse(folders, 'readwrite');
}

/** The same for looking into them: after a restart browsers ask again. */
export async function mayRead(folders: readonly FileSystemHandle[]): Promise<boolean> {
  return mayUse(folders, 'read');
}

async function mayUse(
  folders: readonly FileSystemHandle[],
  mode: FileSystemPermissionMode,
): Promise<boolean> {
  for (const folder of folders) {
    const answer = await folder.requestPermission({ mode }).catch(() => 'denied' as const);
    if (answer !== 'granted') return false;
  }
  return true;
}
