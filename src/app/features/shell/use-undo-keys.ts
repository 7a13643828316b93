import { useEffect } from 'react';
import { useLibrary } from '../../engine/hooks.ts';

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** Ctrl+Z (Cmd+Z) takes the last action back, with Shift or as Ctrl+Y does it again; text fields keep their own undo. */
export function useUndoKeys(): void {
  const library = useLibrary();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const redo = key === 'y' || (key === 'z' && event.shiftKey);
      if (!redo && key !== 'z') return;
      event.preventDefault();
      void (redo ? library.redo() : library.undo());
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [library]);
}
