import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { recallPlace } from './grid-memory.ts';
import { type GridLayout, rowOfPhoto } from './layout.ts';

interface GridFocus {
  /** Number in the view of the photo that Tab reaches. */
  readonly tabStop: number;
  /** Brings a photo into sight and gives it the focus. */
  readonly focusPhoto: (index: number) => void;
  /** To be told when a cell got the focus by itself. */
  readonly noticeFocus: (index: number) => void;
  readonly noticeBlur: (goesTo: EventTarget | null) => void;
}

/**
 * One cell of the grid is the tab stop; it follows its photo when the view changes, and when the photo goes, the one in
 * its place takes over. The focus is not lost when the focused photo is removed.
 */
export function useGridFocus(
  scroller: RefObject<HTMLDivElement | null>,
  ids: Uint32Array,
  layout: GridLayout,
  query: PhotoQuery,
): GridFocus {
  const [wanted, setWanted] = useState<{ id: PhotoId; index: number } | null>(() => {
    const id = recallPlace(query)?.focused ?? null;
    return id === null ? null : { id, index: ids.indexOf(id) };
  });
  const [request, setRequest] = useState(0);
  // Back from another screen that has taken the focus with it: it goes to where it was.
  const hasFocus = useRef(wanted !== null);
  const found =
    wanted === null ? -1 : ids[wanted.index] === wanted.id ? wanted.index : ids.indexOf(wanted.id);
  const tabStop = found >= 0 ? found : Math.max(0, Math.min(wanted?.index ?? 0, ids.length - 1));

  const focusPhoto = useCallback(
    (index: number) => {
      setWanted({ id: ids[index] as PhotoId, index });
      setRequest((last) => last + 1);
      const element = scroller.current;
      if (element === null) return;
      const row = rowOfPhoto(layout, index);
      // The heading above a row comes into sight with it.
      const above = row > 0 && layout.first[row - 1] === layout.first[row] ? row - 1 : row;
      const top = layout.top[above] as number;
      const bottom = layout.top[row + 1] as number;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) {
        element.scrollTop = bottom - element.clientHeight;
      }
    },
    [ids, layout, scroller],
  );

  const noticeFocus = useCallback(
    (index: number) => {
      hasFocus.current = true;
      setWanted({ id: ids[index] as PhotoId, index });
    },
    [ids],
  );

  const noticeBlur = useCallback((goesTo: EventTarget | null) => {
    // A cell that is taken out of the page loses the focus to nobody.
    if (goesTo !== null) hasFocus.current = false;
  }, []);

  const handled = useRef(0);
  // After every drawing: a new view may have taken the focused cell away.
  useLayoutEffect(() => {
    // What holds the whole grid has the focus only because the focused cell went, as the last photos of a view do.
    const lost = hasFocus.current && document.activeElement?.contains(scroller.current) === true;
    if (handled.current === request && !lost) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${tabStop}"]`);
    if (!cell) return; // not drawn yet: the next drawing tries again
    handled.current = request;
    cell.focus({ preventScroll: true });
  });

  useEffect(() => {
    const release = (event: PointerEvent) => {
      if (!scroller.current?.contains(event.target as Node)) hasFocus.current = false;
    };
    document.addEventListener('pointerdown', release, true);
    return () => document.removeEventListener('pointerdown', release, true);
  }, [scroller]);

  return { tabStop, focusPhoto, noticeFocus, noticeBlur };
}
