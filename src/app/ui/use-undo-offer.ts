import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from './toasts.ts';

/** Says what was done, and offers to take it back. */
export function useUndoOffer(): (text: string, undo: () => unknown) => void {
  const { t } = useTranslation();
  return useCallback(
    (text, undo) => showToast({ text, action: { label: t('ui.undo'), run: () => void undo() } }),
    [t],
  );
}
