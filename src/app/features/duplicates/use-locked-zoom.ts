import type { PointerEvent, RefCallback } from 'react';
import { useCallback, useMemo, useRef, useState } from 'react';

/** What all pictures of a group show: scale 1 fits them; `x`, `y` shift by parts of the frame. */
export interface LockedZoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const fitted: LockedZoom = { scale: 1, x: 0, y: 0 };
const most = 16;
export const zoomFactor = 1.5;

/** Scaled by a factor; what lies at (atX, atY), parts of the frame from its middle, stays there. */
export function zoomBy(zoom: LockedZoom, factor: number, atX = 0, atY = 0): LockedZoom {
  const scale = Math.min(most, Math.max(1, zoom.scale * factor));
  const change = scale / zoom.scale;
  return bounded({ scale, x: atX - (atX - zoom.x) * change, y: atY - (atY - zoom.y) * change });
}

export function panBy(zoom: LockedZoom, x: number, y: number): LockedZoom {
  return bounded({ ...zoom, x: zoom.x + x, y: zoom.y + y });
}

/** Never so far that the frame is empty. */
function bounded({ scale, x, y }: LockedZoom): LockedZoom {
  const slack = (scale - 1) / 2;
  return { scale, x: Math.min(slack, Math.max(-slack, x)), y: Math.min(slack, Math.max(-slack, y)) };
}

export interface ZoomFrame {
  readonly ref: RefCallback<HTMLElement>;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
}

/** One zoom for all pictures of a group: wheel, drag and pinch on any of them move all. */
export function useLockedZoom(): {
  zoom: LockedZoom;
  change: (step: (zoom: LockedZoom) => LockedZoom) => void;
  frame: ZoomFrame;
} {
  const [zoom, setZoom] = useState(fitted);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top, width, height } = element.getBoundingClientRect();
      const at = [(event.clientX - left) / width - 0.5, (event.clientY - top) / height - 0.5] as const;
      setZoom((before) => zoomBy(before, Math.exp(-event.deltaY / 300), ...at));
    };
    // React's own wheel listeners are passive.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);
  const frame = useMemo((): ZoomFrame => {
    const all = pointers.current;
    const distance = () => {
      const [a, b] = [...all.values()];
      return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
    };
    const end = (event: PointerEvent<HTMLElement>) => void all.delete(event.pointerId);
    return {
      ref,
      onPointerDown: (event) => {
        all.set(event.pointerId, { x: event.clientX, y: event.clientY });
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event) => {
        const before = all.get(event.pointerId);
        if (before === undefined) return;
        const apart = distance();
        all.set(event.pointerId, { x: event.clientX, y: event.clientY });
        const { width, height } = event.currentTarget.getBoundingClientRect();
        const [x, y] = [(event.clientX - before.x) / width, (event.clientY - before.y) / height];
        if (all.size === 1) setZoom((now) => panBy(now, x, y));
        else if (apart > 0) setZoom((now) => zoomBy(now, distance() / apart));
      },
      onPointerUp: end,
      onPointerCancel: end,
    };
  }, [ref]);
  return { zoom, change: setZoom, frame };
}
