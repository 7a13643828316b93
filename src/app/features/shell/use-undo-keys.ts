import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoableAction } from '../../../core/library/action-log.ts';
import { useLabels, useLibrary } from '../../engine/hooks.ts';
import type { LabelTable } from '../../engine/labels.ts';
import { ignoreWorkerDied } from '../../engine/worker-died.ts';
import { dismissOffers, showToast } from '../../ui/toasts.ts';

/** A field with something in it that its own undo could take back. */
function isFilledField(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement) &&
    target.value !== ''
  );
}

/** What was taken back or done again, in words; `action` null: there was nothing. */
function undoText(t: TFunction, labels: LabelTable, action: UndoableAction | null, redo: boolean): string {
  if (action === null) return t(redo ? 'shell.nothingToRedo' : 'shell.nothingToUndo');
  const label = action.label === null ? undefined : labels.get(action.label);
  const words = { count: action.photos, tag: label === undefined ? '' : labels.name(label) };
  const what = t(`shell.action.${action.kind}`, words);
  return t(redo ? 'shell.redone' : 'shell.undone', { action: what });
}

/** Ctrl+Z (Cmd+Z) takes the last action back, with Shift or as Ctrl+Y does it again; fields with a text in them keep their own undo. */
export function useUndoKeys(): void {
  const { t } = useTranslation();
  const library = useLibrary();
  const labels = useLabels();
  useEffect(() => {
    const step = async (redo: boolean) => {
      try {
        const action = await (redo ? library.redo() : library.undo());
        dismissOffers(); // what they would undo is not the last action any more
        showToast({ text: undoText(t, labels, action, redo), topic: 'undo' });
      } catch (error) {
        ignoreWorkerDied(error);
      }
    };
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isFilledField(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redo && key !== 'z') return;
      event.preventDefault();
      void step(redo);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [library, labels, t]);
}
