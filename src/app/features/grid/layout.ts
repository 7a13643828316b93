import type { MonthGroup } from '../../../core/library/photo-query.ts';

export type LayoutKind = 'square' | 'justified';

export interface LayoutRequest {
  readonly kind: LayoutKind;
  /** Width / height of each photo, in order. [photos] */
  readonly aspects: Float32Array;
  /** Runs of photos that get a heading; together they cover all photos. Empty: no headings. */
  readonly groups: readonly MonthGroup[];
  /** Pixels to lay out in. */
  readonly width: number;
  /** Pixels: side of a square cell, or height of a justified row, that comes closest. */
  readonly size: number;
  /** Pixels between cells. */
  readonly gap: number;
  /** Pixels of a heading row. */
  readonly headingHeight: number;
  /** Pixels that browsers can scroll: cells shrink until all rows fit. */
  readonly maxHeight: number;
}

/**
 * Rows from top to bottom: headings and rows of photos. Only what cannot be derived is kept, 12 bytes a row, so that
 * 100,000 photos are laid out within a few milliseconds.
 */
export interface GridLayout {
  readonly kind: LayoutKind;
  readonly width: number;
  readonly gap: number;
  readonly rows: number;
  /** Pixels from the top to each row; the height of everything at the end. [rows + 1] */
  readonly top: Float64Array;
  /** Number of the first photo of each row; a heading has that of the row below it. [rows + 1] */
  readonly first: Uint32Array;
  /** Most cells in a row. */
  readonly columns: number;
  readonly aspects: Float32Array;
  /** Rows that are headings, one per group, ascending. [groups] */
  readonly headings: Uint32Array;
}

/** Beyond these, a panorama or a strip would rule its row: it is cropped in the grid. */
const minAspect = 0.5;
const maxAspect = 2.6;

function clampAspect(aspect: number): number {
  return Math.min(maxAspect, Math.max(minAspect, aspect));
}

export function layOut(request: LayoutRequest): GridLayout {
  const width = Math.max(request.width, 1);
  let size = Math.min(Math.max(request.size, 16), width);
  for (;;) {
    const layout = layOutAt({ ...request, width }, size);
    const height = layout.top[layout.rows] as number;
    if (height <= request.maxHeight || size <= 8) return layout;
    // The height goes with the square of the size.
    size *= Math.min(0.95, Math.sqrt(request.maxHeight / height));
  }
}

function layOutAt(request: LayoutRequest, size: number): GridLayout {
  const { kind, aspects, groups, width, gap, headingHeight } = request;
  const photos = aspects.length;
  // A row holds at least one photo.
  const top = new Float64Array(photos + groups.length + 1);
  const first = new Uint32Array(photos + groups.length + 1);
  const headings = new Uint32Array(groups.length);
  const squareColumns = Math.max(1, Math.round((width + gap) / (size + gap)));
  const squareSide = (width - gap * (squareColumns - 1)) / squareColumns;

  let rows = 0;
  let y = 0;
  let columns = 1;
  const addRow = (firstPhoto: number, height: number) => {
    top[rows] = y;
    first[rows] = firstPhoto;
    rows++;
    y += height;
  };
  const runs = groups.length > 0 ? groups : [{ start: 0, count: photos }];
  for (const [index, run] of runs.entries()) {
    const end = run.start + run.count;
    if (groups.length > 0) {
      headings[index] = rows;
      addRow(run.start, headingHeight);
    }
    for (let start = run.start; start < end; ) {
      let next: number;
      let height: number;
      if (kind === 'square') {
        next = Math.min(start + squareColumns, end);
        height = squareSide;
      } else {
        next = rowEnd(aspects, start, end, width, size, gap);
        height = justifiedHeight(aspects, start, next, width, size, gap, next === end);
      }
      if (next - start > columns) columns = next - start;
      addRow(start, height + gap);
      start = next;
    }
  }
  top[rows] = y;
  first[rows] = photos;
  return {
    kind,
    width,
    gap,
    rows,
    top: top.subarray(0, rows + 1),
    first: first.subarray(0, rows + 1),
    columns: kind === 'square' ? squareColumns : columns,
    aspects,
    headings,
  };
}

/** Number of the photo after the row that starts at `start`: the break whose row height comes closest to `size`. */
function rowEnd(
  aspects: Float32Array,
  start: number,
  end: number,
  width: number,
  size: number,
  gap: number,
): number {
  let sum = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let photo = start; photo < end; photo++) {
    sum += clampAspect(aspects[photo] as number);
    const height = (width - gap * (photo - start)) / sum;
    if (height <= size) {
      return photo > start && before - size < size - height ? photo : photo + 1;
    }
    before = height;
  }
  return end;
}

function justifiedHeight(
  aspects: Float32Array,
  start: number,
  next: number,
  width: number,
  size: number,
  gap: number,
  isLast: boolean,
): number {
  let sum = 0;
  for (let photo = start; photo < next; photo++) sum += clampAspect(aspects[photo] as number);
  const height = (width - gap * (next - start - 1)) / sum;
  // A last row with few photos stays small rather than filling the width.
  return Math.round(isLast && height > size * 1.25 ? size : height);
}

export interface CellBox {
  /** Pixels from the left of the row. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export function isHeading(layout: GridLayout, row: number): boolean {
  return layout.first[row] === layout.first[row + 1];
}

/** Where the photos of a row lie, from left to right. Empty for a heading. */
export function cellsOfRow(layout: GridLayout, row: number): readonly CellBox[] {
  const { top, first, gap, width, kind, aspects, columns } = layout;
  const start = first[row] as number;
  const end = first[row + 1] as number;
  const height = (top[row + 1] as number) - (top[row] as number) - gap;
  const boxes: CellBox[] = [];
  let sum = 0;
  for (let photo = start; photo < end; photo++) sum += clampAspect(aspects[photo] as number);
  const gaps = gap * (end - start - 1);
  // Rounded heights leave a pixel or two, which are spread over the cells of a full row.
  const full = kind === 'justified' && Math.abs(sum * height + gaps - width) < (end - start + 1) * 2;
  const unit = full ? (width - gaps) / sum : height;
  const squareSide = (width - gap * (columns - 1)) / columns;
  let x = 0;
  for (let photo = start; photo < end; photo++) {
    const cell = kind === 'square' ? squareSide : clampAspect(aspects[photo] as number) * unit;
    const left = Math.round(x);
    boxes.push({ left, width: Math.round(x + cell) - left, height });
    x += cell + gap;
  }
  return boxes;
}

/** The last row whose number in `starts` is at most `value`. `starts` ascends; `rows` of its entries count. */
function lastAtMost(starts: Float64Array | Uint32Array, rows: number, value: number): number {
  let low = 0;
  let high = rows - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row of photos that holds photo number `photo`. */
export function rowOfPhoto(layout: GridLayout, photo: number): number {
  return lastAtMost(layout.first, layout.rows, photo);
}

/** The row at `y` pixels from the top. */
export function rowAt(layout: GridLayout, y: number): number {
  return lastAtMost(layout.top, layout.rows, y);
}

/** Index of the group that a row belongs to; -1 if there are no groups. */
export function groupOfRow(layout: GridLayout, row: number): number {
  return layout.headings.length === 0 ? -1 : lastAtMost(layout.headings, layout.headings.length, row);
}
