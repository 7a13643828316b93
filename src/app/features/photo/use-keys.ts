import { useEffect, useRef } from 'react';

/** Elements that need the plain keys themselves. */
const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="menu"]';

/**
 * Gives `handle` each key (`event.key`) pressed anywhere without Ctrl, Alt or Meta, unless something is being typed or
 * another dialog lies on top. It answers whether the key was its own.
 */
export function useKeys(handle: (key: string) => boolean): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return;
      if (event.target instanceof Element) {
        if (event.target.closest(typing) !== null) return;
        const dialog = event.target.closest('[role="dialog"], [role="alertdialog"]');
        if (dialog !== null && !dialog.classList.contains('photo-view')) return;
      }
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
