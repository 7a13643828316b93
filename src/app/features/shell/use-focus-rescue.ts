import { type RefObject, useEffect } from 'react';

/**
 * What has the focus may go from the page by its own press: the last photo of a view, a filter, a notice. Then `refuge`
 * takes the focus, so that the Tab key goes on from there and not from the top of the page.
 */
export function useFocusRescue(refuge: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let frame = 0;
    const left = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) return;
      cancelAnimationFrame(frame);
      // Whoever knows a better place has moved the focus there by then.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          const isGone = target instanceof Node && !target.isConnected;
          if (isGone && document.activeElement === document.body) refuge.current?.focus();
        });
      });
    };
    document.addEventListener('focusout', left);
    return () => {
      document.removeEventListener('focusout', left);
      cancelAnimationFrame(frame);
    };
  }, [refuge]);
}
