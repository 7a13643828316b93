import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback } from 'react';
import type { GridLayout } from './layout.ts';

/** Rows drawn above and below those in sight. */
const overscan = 4;

/** The rows to draw: those in sight, some around them, and `keptRow` wherever it is. */
export function useGridRows(scroller: RefObject<HTMLDivElement | null>, layout: GridLayout, keptRow: number) {
  return useVirtualizer({
    count: layout.rows,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => (layout.top[row + 1] as number) - (layout.top[row] as number),
    // A new function for each layout makes the virtualizer measure again.
    getItemKey: useCallback((row: number) => (layout.rows > 0 ? row : -1), [layout]),
    overscan,
    rangeExtractor: ({ startIndex, endIndex, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const drawn = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      if (keptRow < from) drawn.unshift(keptRow);
      else if (keptRow > to && keptRow < count) drawn.push(keptRow);
      return drawn;
    },
  });
}
