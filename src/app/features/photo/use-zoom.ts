import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import {
  actualScale,
  clampZoom,
  type Frame,
  fitZoom,
  frameOf,
  type Point,
  panBy,
  pinch,
  type Size,
  swipeOf,
  wheelScale,
  type Zoom,
  zoomStep,
  zoomTo,
} from './zoom.ts';

const centre: Point = { x: 0, y: 0 };
const keyPan = 80;

export interface ZoomControls {
  readonly zoom: Zoom;
  readonly frame: Frame;
  /** Screen pixels per picture pixel, 1 is actual size. */
  readonly level: number;
  /** How far a swipe under way has come, CSS pixels. */
  readonly swiping: number;
  readonly dragging: boolean;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  actual(): void;
  pan(horizontal: number, vertical: number): void;
  readonly pointer: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(event: PointerEvent): void;
    onPointerCancel(event: PointerEvent): void;
    onDoubleClick(event: { clientX: number; clientY: number }): void;
  };
}

/**
 * Zoom and pan of one picture on `stage` by wheel, pinch, drag, double click and keys. `picture`: pixels. A change of
 * `subject` starts with the fitted picture again.
 */
export function useZoom(
  stage: RefObject<HTMLElement | null>,
  picture: Size,
  subject: number,
  onSwipe: (direction: -1 | 1) => void,
): ZoomControls {
  const size = useSize(stage);
  const pixelRatio = globalThis.devicePixelRatio || 1;
  const frame = frameOf(picture, size, pixelRatio);
  const [state, setState] = useState<{ subject: number; zoom: Zoom }>({ subject, zoom: fitZoom });
  const zoom = state.subject === subject ? clampZoom(state.zoom, frame) : fitZoom;
  const [swiping, setSwiping] = useState(0);
  const pointers = useRef(new Map<number, Point>());
  const gesture = useRef<{ at: Point; time: number; moved: boolean } | null>(null);

  const latest = useRef({ zoom, frame, subject });
  latest.current = { zoom, frame, subject };
  const change = useCallback((next: (zoom: Zoom, frame: Frame) => Zoom) => {
    const now = latest.current;
    const changed = next(now.zoom, now.frame);
    latest.current = { ...now, zoom: changed };
    setState({ subject: now.subject, zoom: changed });
  }, []);

  const pointOf = useCallback(
    (event: { clientX: number; clientY: number }): Point => {
      const box = stage.current?.getBoundingClientRect();
      if (box === undefined) return centre;
      return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
    },
    [stage],
  );

  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    // React's wheel listeners are passive: the page itself would be zoomed.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      change((zoom, frame) =>
        zoomTo(zoom, wheelScale(zoom.scale, event.ctrlKey ? pixels * 3 : pixels), pointOf(event), frame),
      );
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stage, change, pointOf]);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const point = pointOf(event);
    pointers.current.set(event.pointerId, point);
    gesture.current = { at: point, time: event.timeStamp, moved: false };
    if (zoom.scale > 1 || pointers.current.size > 1) event.currentTarget.setPointerCapture(event.pointerId);
  };

  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const point = pointOf(event);
    const all = [...pointers.current.values()];
    pointers.current.set(event.pointerId, point);
    if (all.length === 2) {
      const now = [...pointers.current.values()];
      const [a, b, c, d] = [all[0], all[1], now[0], now[1]];
      if (a && b && c && d) change((zoom, frame) => pinch(zoom, [a, b], [c, d], frame));
      setSwiping(0);
      if (gesture.current !== null) gesture.current.moved = true;
    } else if (all.length === 1) {
      if (zoom.scale > 1) change((zoom, frame) => panBy(zoom, point.x - before.x, point.y - before.y, frame));
      else if (gesture.current !== null && !gesture.current.moved && event.pointerType !== 'mouse')
        setSwiping(point.x - gesture.current.at.x);
    }
  };

  const onPointerUp = (event: PointerEvent) => {
    if (!pointers.current.delete(event.pointerId)) return;
    const start = gesture.current;
    if (pointers.current.size > 0) return;
    gesture.current = null;
    setSwiping(0);
    if (start === null || start.moved || zoom.scale > 1 || event.pointerType === 'mouse') return;
    const end = pointOf(event);
    const swipe = swipeOf(end.x - start.at.x, end.y - start.at.y, event.timeStamp - start.time, size.width);
    if (swipe !== 0) onSwipe(swipe);
  };

  const onPointerCancel = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    if (pointers.current.size === 0) gesture.current = null;
    setSwiping(0);
  };

  const actual = actualScale(frame, picture, pixelRatio);
  const toActual = (point: Point) =>
    change((zoom, frame) => zoomTo(zoom, Math.max(actual, zoomStep * 1.5), point, frame));
  return {
    zoom,
    frame,
    level: zoom.scale / actual,
    swiping,
    dragging: pointers.current.size > 0,
    zoomIn: () => change((zoom, frame) => zoomTo(zoom, zoom.scale * zoomStep, centre, frame)),
    zoomOut: () => change((zoom, frame) => zoomTo(zoom, zoom.scale / zoomStep, centre, frame)),
    fit: () => change(() => fitZoom),
    actual: () => change((zoom, frame) => zoomTo(zoom, actual, centre, frame)),
    pan: (horizontal, vertical) =>
      change((zoom, frame) => panBy(zoom, -horizontal * keyPan, -vertical * keyPan, frame)),
    pointer: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel,
      onDoubleClick: (event) => (zoom.scale > 1.01 ? change(() => fitZoom) : toActual(pointOf(event))),
    },
  };
}

/** The element's size, CSS pixels, kept up to date. */
function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
