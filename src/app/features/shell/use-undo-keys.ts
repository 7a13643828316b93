import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../engine/hooks.ts';
import { WorkerDied } from '../../engine/worker-died.ts';
import { dismissOffers, showToast } from '../../ui/toasts.ts';

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Ctrl+Z (Cmd+Z) takes the last action back, with Shift or as Ctrl+Y does it again; text fields keep their own undo. */
export function useUndoKeys(): void {
  const { t } = useTranslation();
  const library = useLibrary();
  useEffect(() => {
    const step = async (redo: boolean) => {
      try {
        const action = await (redo ? library.redo() : library.undo());
        dismissOffers(); // what they would undo is not the last action any more
        if (action === null) showToast({ text: t(redo ? 'shell.nothingToRedo' : 'shell.nothingToUndo') });
        else showToast({ text: t(redo ? 'shell.redone' : 'shell.undone') });
      } catch (error) {
        if (!(error instanceof WorkerDied)) throw error;
      }
    };
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redo && key !== 'z') return;
      event.preventDefault();
      void step(redo);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [library, t]);
}
