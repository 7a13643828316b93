import { useEffect } from 'react';

/** What is typed there may be a letter of a text, and has an undo of its own. */
function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'range'].includes(target.type);
}

/**
 * Z and Ctrl+Z (Cmd+Z) take back what was decided about duplicates, wherever on the screen the focus is: the app's own
 * Ctrl+Z, which takes back what was done on other screens, does not hear of it.
 *
 * @param undo null: not now, as a dialog is open
 */
export function useUndoKey(undo: (() => Promise<void>) | null): void {
  useEffect(() => {
    if (undo === null) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.shiftKey || event.isComposing || isTextField(event.target)) return;
      if (event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!event.repeat) void undo();
    };
    addEventListener('keydown', pressed, { capture: true });
    return () => removeEventListener('keydown', pressed, { capture: true });
  }, [undo]);
}
