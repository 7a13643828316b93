import { type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

const beyond = 12;

/** Which rows of a scrolling matrix are in sight, with some beyond its edges. `size`: of a row, CSS pixels. */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  size: number,
  rows: number,
): { readonly first: number; readonly last: number } {
  const [sight, setSight] = useState({ first: 0, last: 2 * beyond });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => {
      // In steps, so that not every pixel of scrolling renders anew.
      const first = Math.floor(element.scrollTop / size / beyond) * beyond - beyond;
      const last = first + Math.ceil(element.clientHeight / size) + 3 * beyond;
      setSight((old) => (old.first === first && old.last === last ? old : { first, last }));
    };
    // On paper all are in sight, before the browser draws it.
    const all = () => flushSync(() => setSight({ first: 0, last: rows }));
    look();
    addEventListener('beforeprint', all);
    addEventListener('afterprint', look);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      removeEventListener('beforeprint', all);
      removeEventListener('afterprint', look);
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, size, rows]);
  return { first: Math.max(0, sight.first), last: Math.min(rows - 1, sight.last) };
}
