import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { recallPlace, rememberPlace } from './grid-memory.ts';
import { type GridLayout, rowAt, rowOfPhoto } from './layout.ts';

/** This close to the top, the top is what the person looks at. */
const atTopPixels = 8;

/**
 * [Note: Place in the grid] The place is remembered while another screen is in the grid's stead, such as the photos that
 * are similar to one of it.
 *
 * Keeps the photos in sight where they are when photos come and go above them or when their size changes; a new query
 * starts at the top.
 */
export function useScrollAnchor(
  scroller: RefObject<HTMLDivElement | null>,
  ids: Uint32Array,
  layout: GridLayout,
  query: PhotoQuery,
  focused: PhotoId | null,
): void {
  const last = useRef<{ ids: Uint32Array; layout: GridLayout; query: PhotoQuery } | null>(null);
  const toTop = useRef(false);
  const restored = useRef(false);
  const latestFocus = useRef(focused);
  latestFocus.current = focused;

  useLayoutEffect(() => {
    const element = scroller.current;
    return () => {
      const left = last.current;
      if (left === null || element === null || left.layout.rows === 0) return;
      const row = rowAt(left.layout, element.scrollTop);
      const index = Math.min(left.layout.first[row] as number, left.ids.length - 1);
      const offset = element.scrollTop - (left.layout.top[rowOfPhoto(left.layout, index)] as number);
      rememberPlace({
        query: left.query,
        top: left.ids[index] as PhotoId,
        offset,
        focused: latestFocus.current,
      });
    };
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (restored.current || element === null || layout.rows === 0) return;
    restored.current = true;
    const place = recallPlace(query);
    const index = place === null ? -1 : ids.indexOf(place.top);
    if (place !== null && index >= 0) {
      element.scrollTop = (layout.top[rowOfPhoto(layout, index)] as number) + place.offset;
    }
  }, [scroller, ids, layout, query]);

  useLayoutEffect(() => {
    const before = last.current;
    last.current = { ids, layout, query };
    const element = scroller.current;
    if (element === null || before === null) return;
    // The answer to a new query comes later than the query.
    if (before.query !== query) toTop.current = true;
    if (before.ids !== ids && toTop.current) {
      toTop.current = false;
      element.scrollTop = 0;
      return;
    }
    if (before.layout === layout || before.layout.rows === 0 || layout.rows === 0) return;
    const y = element.scrollTop;
    if (y <= atTopPixels) return;
    const oldRow = rowAt(before.layout, y);
    const oldIndex = Math.min(before.layout.first[oldRow] as number, before.ids.length - 1);
    const id = before.ids[oldIndex] as PhotoId;
    const found = ids[oldIndex] === id ? oldIndex : ids.indexOf(id);
    if (found < 0) return;
    const oldTop = before.layout.top[rowOfPhoto(before.layout, oldIndex)] as number;
    const newTop = layout.top[rowOfPhoto(layout, found)] as number;
    const target = y + newTop - oldTop;
    if (Math.abs(target - y) >= 1) element.scrollTop = target;
  }, [scroller, ids, layout, query]);
}
