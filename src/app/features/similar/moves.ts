/** Where an item is on the screen, CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/**
 * The item that an arrow key leads to from item `from` of a flow of rows; null if the key does not move. Up and down go
 * to the item of the next row whose middle is nearest.
 */
export function moveInFlow(key: string, from: number, boxes: readonly Box[]): number | null {
  const last = boxes.length - 1;
  const here = boxes[from];
  if (here === undefined) return null;
  if (key === 'ArrowRight') return Math.min(last, from + 1);
  if (key === 'ArrowLeft') return Math.max(0, from - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const rows = boxes
    .map((box) => box.top)
    .filter((top) => (key === 'ArrowUp' ? top < here.top : top > here.top));
  if (rows.length === 0) return from;
  const row = key === 'ArrowUp' ? Math.max(...rows) : Math.min(...rows);
  const middle = here.left + here.width / 2;
  let best = from;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, box] of boxes.entries()) {
    const distance = Math.abs(box.left + box.width / 2 - middle);
    if (box.top === row && distance < nearest) {
      best = index;
      nearest = distance;
    }
  }
  return best;
}
