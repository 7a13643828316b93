import { clampRegion, leastRegion, type Region } from '../../../core/image/region.ts';

/** What a pointer took hold of: the whole region, one of its corners or edges (compass points), or nothing yet. */
export type Hold = 'move' | 'new' | 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How near an edge a pointer must be to take hold of it, as long as the region is large enough; share of a side. */
export function holdAt(region: Region | null, { x, y }: Point, reach: Point): Hold {
  if (region === null) return 'new';
  const near = (at: number, to: number, within: number) => Math.abs(at - to) <= within;
  const [right, bottom] = [region.x + region.width, region.y + region.height];
  const inside =
    x >= region.x - reach.x && x <= right + reach.x && y >= region.y - reach.y && y <= bottom + reach.y;
  if (!inside) return 'new';
  // In small regions the far edge must not be taken for the near one.
  const [w, h] = [Math.min(reach.x, region.width / 3), Math.min(reach.y, region.height / 3)];
  const row = y < region.y || near(y, region.y, h) ? 'n' : y > bottom || near(y, bottom, h) ? 's' : '';
  const column = x < region.x || near(x, region.x, w) ? 'w' : x > right || near(x, right, w) ? 'e' : '';
  return `${row}${column}` === '' ? 'move' : (`${row}${column}` as Hold);
}

/** The region after a pointer went from one point to another, holding `hold` of the region as it was at first. */
export function draggedRegion(region: Region | null, hold: Hold, from: Point, to: Point): Region {
  if (hold === 'new' || region === null) return spanned(from, to);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (hold === 'move') return clampRegion({ ...region, x: region.x + dx, y: region.y + dy });
  let [left, top, right, bottom] = [region.x, region.y, region.x + region.width, region.y + region.height];
  if (hold.includes('w')) left += dx;
  if (hold.includes('e')) right += dx;
  if (hold.includes('n')) top += dy;
  if (hold.includes('s')) bottom += dy;
  return spanned({ x: left, y: top }, { x: right, y: bottom });
}

/** The region between two corners, in whatever order, cut off at the picture's edges. */
function spanned(a: Point, b: Point): Region {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [within(Math.min(a.x, b.x)), within(Math.min(a.y, b.y))];
  const width = Math.max(leastRegion, within(Math.max(a.x, b.x)) - x);
  const height = Math.max(leastRegion, within(Math.max(a.y, b.y)) - y);
  return clampRegion({ x, y, width, height });
}

const step = 0.02;

/** The region after a key: arrows move it, with Shift they move its right and lower edge; null for other keys. */
export function keyedRegion(region: Region, key: string, shift: boolean): Region | null {
  const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [];
  if (x === undefined || y === undefined) return null;
  return shift
    ? draggedRegion(region, 'se', { x: 0, y: 0 }, { x: x * step, y: y * step })
    : clampRegion({ ...region, x: region.x + x * step, y: region.y + y * step });
}
