import { cellsOfRow, type GridLayout, isHeading, rowAt, rowOfPhoto } from './layout.ts';

export type Move =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'row-start'
  | 'row-end'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last';

const moves: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/** What a key asks for; null if it moves nothing. */
export function moveOfKey(key: string, control: boolean): Move | null {
  if (key === 'Home') return control ? 'first' : 'row-start';
  if (key === 'End') return control ? 'last' : 'row-end';
  return control ? null : (moves[key] ?? null);
}

/** Number of the photo that the focus goes to from photo `from`; `page` is the height of a page in pixels. */
export function photoAfter(layout: GridLayout, from: number, move: Move, page: number): number {
  const photos = layout.aspects.length;
  if (photos === 0) return 0;
  const row = rowOfPhoto(layout, from);
  switch (move) {
    case 'left':
      return Math.max(0, from - 1);
    case 'right':
      return Math.min(photos - 1, from + 1);
    case 'row-start':
      return layout.first[row] as number;
    case 'row-end':
      return (layout.first[row + 1] as number) - 1;
    case 'first':
      return 0;
    case 'last':
      return photos - 1;
    case 'up':
      return nearest(layout, from, row, row - 1, -1);
    case 'down':
      return nearest(layout, from, row, row + 1, 1);
    case 'page-up':
      return nearest(layout, from, row, rowAt(layout, (layout.top[row] as number) - page), -1);
    case 'page-down':
      return nearest(layout, from, row, rowAt(layout, (layout.top[row] as number) + page), 1);
  }
}

/** The photo in row `target` (or the next row of photos in `direction`) that is closest below or above photo `from`. */
function nearest(layout: GridLayout, from: number, row: number, target: number, direction: 1 | -1): number {
  let goal = target;
  while (goal >= 0 && goal < layout.rows && isHeading(layout, goal)) goal += direction;
  if (goal < 0 || goal >= layout.rows) {
    // Nothing beyond: the first or last row of photos.
    goal = rowOfPhoto(layout, direction < 0 ? 0 : layout.aspects.length - 1);
  }
  if (goal === row) return from;
  const box = cellsOfRow(layout, row)[from - (layout.first[row] as number)];
  const middle = box === undefined ? 0 : box.left + box.width / 2;
  let best = layout.first[goal] as number;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of cellsOfRow(layout, goal).entries()) {
    const away = Math.abs(candidate.left + candidate.width / 2 - middle);
    if (away >= distance) continue;
    distance = away;
    best = (layout.first[goal] as number) + index;
  }
  return best;
}
