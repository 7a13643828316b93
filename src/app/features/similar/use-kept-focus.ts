import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';

/**
 * The hit that has the focus, wherever it moves to; when it is gone, the one that has come into its place gets it. Hits that
 * changed places are others to the browser, and what is taken away loses the focus to the page.
 *
 * @param list its buttons are those of the hits, in order, as far as they are drawn
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, hits: readonly { readonly id: PhotoId }[]) {
  const [focused, setFocused] = useState<PhotoId | null>(null);
  const [place, setPlace] = useState(0);
  const at = focused === null ? -1 : hits.findIndex(({ id }) => id === focused);
  if (at >= 0 && at !== place) setPlace(at);
  useLayoutEffect(() => {
    // Only what was taken away with the focus on it leaves the page with it.
    if (focused === null || document.activeElement !== document.body) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>('.hit') ?? [];
    buttons[Math.min(at < 0 ? place : at, buttons.length - 1)]?.focus();
  }, [list, focused, at, place]);
  useEffect(() => {
    const element = list.current;
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      // Nothing takes it over where the element itself is gone.
      if (relatedTarget !== null && !element?.contains(relatedTarget as Node)) setFocused(null);
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (!element?.contains(target as Node)) setFocused(null);
    };
    element?.addEventListener('focusout', onFocusOut);
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      element?.removeEventListener('focusout', onFocusOut);
      document.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, [list]);
  return { setFocused, at };
}
