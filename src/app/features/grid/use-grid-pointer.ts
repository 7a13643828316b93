import { type MouseEvent, type PointerEvent, useRef } from 'react';

/** What pointers and the context menu ask the grid to do; numbers are those of the view. */
export interface PointerActions {
  readonly selecting: boolean;
  open(index: number): void;
  toggle(index: number): void;
  extendTo(index: number): void;
  openMenu(index: number, x: number, y: number): void;
}

const longPressMilliseconds = 450;
const longPressSlopPixels = 10;

function indexOf(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return cell === null ? null : Number(cell.dataset.index);
}

/**
 * Mouse: a click opens, Control or the check mark selects, Shift selects a range, the right button opens the menu.
 * Touch: a tap opens, a long press starts selecting, then taps select.
 */
export function useGridPointer(actions: PointerActions) {
  const press = useRef<{ timer: number; x: number; y: number; fired: boolean } | null>(null);
  const touch = useRef(false);

  const endPress = () => {
    if (press.current !== null) clearTimeout(press.current.timer);
  };

  const longPress = (index: number) => {
    if (press.current === null || press.current.fired) return;
    press.current.fired = true;
    navigator.vibrate?.(12);
    actions.toggle(index);
  };

  return {
    onPointerDown(event: PointerEvent) {
      touch.current = event.pointerType === 'touch';
      const index = indexOf(event.target);
      press.current = null;
      if (index === null || !touch.current) return;
      press.current = {
        timer: window.setTimeout(() => longPress(index), longPressMilliseconds),
        x: event.clientX,
        y: event.clientY,
        fired: false,
      };
    },
    onPointerMove(event: PointerEvent) {
      const started = press.current;
      if (started === null || started.fired) return;
      if (Math.hypot(event.clientX - started.x, event.clientY - started.y) > longPressSlopPixels) endPress();
    },
    onPointerUp: endPress,
    onPointerCancel: endPress,
    onClick(event: MouseEvent) {
      const index = indexOf(event.target);
      if (index === null || event.button !== 0) return;
      if (press.current?.fired) {
        press.current = null;
        return;
      }
      const onCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
      if (event.shiftKey) actions.extendTo(index);
      else if (event.ctrlKey || event.metaKey || onCheck || (touch.current && actions.selecting)) {
        actions.toggle(index);
      } else actions.open(index);
    },
    onContextMenu(event: MouseEvent) {
      const index = indexOf(event.target);
      if (index === null) return;
      event.preventDefault();
      // Phones report their own long press as a context menu.
      if (touch.current) longPress(index);
      else actions.openMenu(index, event.clientX, event.clientY);
    },
  };
}
