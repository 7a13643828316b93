import { useState } from 'react';
import { useEnginePart, useLibrary } from '../../engine/hooks.ts';
import { storedText, storeText } from '../../engine/stored-text.ts';
import { useAnswer } from '../../engine/use-answer.ts';

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
  const [dismissed, setDismissed] = useState(wasDismissed);
  const state = useAnswer(isOpen && job === null ? () => library.backupState() : null, null);
  const dismiss = () => {
    setDismissed(true);
    storeText(dismissedKey, String(Date.now()));
  };
  const isDue = state?.due === true && !dismissed;
  return { reminder: isDue ? { lastAt: state.last?.at ?? null } : null, dismiss };
}

function wasDismissed(): boolean {
  return Date.now() - Number(storedText(dismissedKey) ?? 0) < quietMilliseconds;
}
