import { type RefObject, useEffect } from 'react';

/**
 * What has the focus may go from the page by its own press (the last photo of a view, a filter, a notice), or be disabled
 * by it (Undo, when nothing is left to undo). Then `refuge` takes the focus, so that the Tab key goes on from there and
 * not from the top of the page.
 */
export function useFocusRescue(refuge: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let frame = 0;
    let last: EventTarget | null = null;
    const rescueFrom = (place: EventTarget | null) => {
      cancelAnimationFrame(frame);
      // Whoever knows a better place has moved the focus there by then.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          const isGone = place instanceof Element && (!place.isConnected || place.matches(':disabled'));
          if (!isGone || document.activeElement !== document.body) return;
          // Under an open dialog nothing else may have the focus.
          const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"]');
          (dialogs.item(dialogs.length - 1) ?? refuge.current)?.focus();
        });
      });
    };
    const came = ({ target }: FocusEvent) => {
      last = target;
    };
    const left = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget === null) rescueFrom(target);
    };
    // Browsers tell nobody when what has the focus is disabled.
    const disabled = new MutationObserver((changes) => {
      if (changes.some(({ target }) => target === last)) rescueFrom(last);
    });
    disabled.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
    // Nor when what has the focus goes with its dialog, whose button is disabled by then.
    const closed = new MutationObserver(() => rescueFrom(last));
    closed.observe(document.body, { childList: true });
    document.addEventListener('focusin', came);
    document.addEventListener('focusout', left);
    return () => {
      disabled.disconnect();
      closed.disconnect();
      document.removeEventListener('focusin', came);
      document.removeEventListener('focusout', left);
      cancelAnimationFrame(frame);
    };
  }, [refuge]);
}
