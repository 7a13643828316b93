import { useLayoutEffect, useRef } from 'react';
import type { Verdict } from '../../core/tagging/label.ts';
import type { LabelSet, SetLabel } from '../../core/tagging/label-set.ts';
import { labelOfKey } from './LabelPad.tsx';

const typing = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]';

/**
 * Calls `say` for the key of a label (with Shift: ruled out), before anybody else gets the key. Not while something is
 * being typed, nor for a key that is held down: it would say the same of the photo that comes next.
 *
 * @param set null: nobody listens
 * @param dialog a selector: in another dialog, which lies on top, keys mean something else
 */
export function useLabelKeys(
  set: LabelSet | null,
  dialog: string,
  say: (label: SetLabel, verdict: Verdict) => void,
): void {
  const latest = useRef(say);
  latest.current = say;
  // With the commit, not after the next frame: a key pressed as soon as the labels are seen counts.
  useLayoutEffect(() => {
    if (set === null) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      if (event.target instanceof Element) {
        if (event.target.closest(typing) !== null) return;
        const within = event.target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]');
        if (within !== null && !within.matches(dialog)) return;
      }
      const found = labelOfKey(set, event);
      if (found === null) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(found.label, found.verdict);
    };
    document.addEventListener('keydown', pressed, true);
    return () => document.removeEventListener('keydown', pressed, true);
  }, [set, dialog]);
}
