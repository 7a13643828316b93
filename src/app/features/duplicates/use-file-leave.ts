import type { DuplicatePlan } from '../../../protocol/duplicates.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { useAnswered } from '../../engine/use-answer.ts';

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
  const found = useAnswered(
    plan && (() => library.foldersOfPhotos(Uint32Array.from(plan.entries, ({ photo }) => photo))),
    plan,
  );
  return found && { ...found.answer, isCurrent: found.question === plan };
}

/** Asks for leave to write in folders; in a click, one after the other, as browsers want it. True: all gave it. */
export async function mayWrite(folders: readonly FileSystemHandle[]): Promise<boolean> {
  for (const folder of folders) {
    const answer = await folder.requestPermission({ mode: 'readwrite' }).catch(() => 'denied' as const);
    if (answer !== 'granted') return false;
  }
  return true;
}
