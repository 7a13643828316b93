import { type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Span, spanOf } from './matrix-layout.ts';

export interface Sight {
  readonly rows: Span;
  readonly columns: Span;
}

const atFirst = spanOf(0, 0, 1);
const all: Span = { first: 0, last: Number.POSITIVE_INFINITY };
const isSame = (a: Span, b: Span) => a.first === b.first && a.last === b.last;

/** Which cells of a scrolling matrix are in sight, with some beyond its edges. `size`: of a cell, CSS pixels. */
export function useCellsInSight(scroller: RefObject<HTMLElement | null>, size: number): Sight {
  const [sight, setSight] = useState<Sight>({ rows: atFirst, columns: atFirst });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => {
      const rows = spanOf(element.scrollTop, element.clientHeight, size);
      const columns = spanOf(element.scrollLeft, element.clientWidth, size);
      setSight((old) => (isSame(old.rows, rows) && isSame(old.columns, columns) ? old : { rows, columns }));
    };
    // On paper all are in sight, before the browser draws it.
    const showAll = () => flushSync(() => setSight({ rows: all, columns: all }));
    look();
    addEventListener('beforeprint', showAll);
    addEventListener('afterprint', look);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      removeEventListener('beforeprint', showAll);
      removeEventListener('afterprint', look);
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, size]);
  return sight;
}
