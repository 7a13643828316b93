import { useEffect, useState } from 'react';
import type { BackupState } from '../../../protocol/backup.ts';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';

const dismissedKey = 'picsift.backup-reminder';
/** Who says 'not now' is left alone for so long. */
const quietMilliseconds = 7 * 86_400_000;

/** What to remind of; null: nothing, or not now. */
export function useBackupReminder(): {
  readonly reminder: { readonly lastAt: number | null } | null;
  readonly dismiss: () => void;
} {
  const library = useLibrary();
  const isOpen = useEnginePart(({ phase }) => phase === 'open');
  const job = useEnginePart(({ status }) => status.backup?.kind ?? null);
  const [state, setState] = useState<BackupState | null>(null);
  const [dismissed, setDismissed] = useState(wasDismissed);
  useEffect(() => {
    if (!isOpen || job !== null) return;
    library.backupState().then(setState, (error: unknown) => {
      if (!(error instanceof WorkerDied)) throw error;
    });
  }, [library, isOpen, job]);
  const dismiss = () => {
    setDismissed(true);
    try {
      localStorage.setItem(dismissedKey, String(Date.now()));
    } catch {
      // Then it comes again with the next start.
    }
  };
  const isDue = state?.due === true && !dismissed;
  return { reminder: isDue ? { lastAt: state.last?.at ?? null } : null, dismiss };
}

function wasDismissed(): boolean {
  try {
    return Date.now() - Number(localStorage.getItem(dismissedKey) ?? 0) < quietMilliseconds;
  } catch {
    return false;
  }
}
