import type { Picture } from './picture.ts';

/** A rectangle of pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Mean difference of a line from the border's colour that still counts as border, levels. */
const tolerance = 5;
/** At most this part of a side is taken for border at each end. */
const most = 0.4;

/** What is left when lines of one colour are cut off at each side (frames, letterboxes, white margins). */
export function contentBox(picture: Picture): Box {
  const { width, height } = picture;
  const left = plainLines(picture, 'columns', false, 0, height);
  const right = plainLines(picture, 'columns', true, 0, height);
  const top = plainLines(picture, 'rows', false, left, width - right);
  const bottom = plainLines(picture, 'rows', true, left, width - right);
  // Frames are often drawn across: look at the columns again, without the rows that went.
  const left2 = left || plainLines(picture, 'columns', false, top, height - bottom);
  const right2 = right || plainLines(picture, 'columns', true, top, height - bottom);
  return { left: left2, top, width: width - left2 - right2, height: height - top - bottom };
}

/** How many lines at that end have the colour of the outermost one; only [from, to) of each line is looked at. */
function plainLines(
  { rgba, width, height }: Picture,
  lines: 'rows' | 'columns',
  fromEnd: boolean,
  from: number,
  to: number,
): number {
  const count = lines === 'rows' ? height : width;
  const along = lines === 'rows' ? 4 : width * 4;
  const across = lines === 'rows' ? width * 4 : 4;
  const start = (line: number) => (fromEnd ? count - 1 - line : line) * across;
  const colour = [0, 0, 0];
  for (let i = from; i < to; i++) {
    for (let c = 0; c < 3; c++) colour[c] = colour[c]! + rgba[start(0) + i * along + c]! / (to - from);
  }
  const limit = Math.floor(count * most);
  let line = 0;
  for (; line < limit; line++) {
    let off = 0;
    for (let i = from; i < to; i++) {
      const at = start(line) + i * along;
      for (let c = 0; c < 3; c++) off += Math.abs(rgba[at + c]! - colour[c]!);
    }
    if (off > 3 * tolerance * (to - from)) break;
  }
  // All the way to the limit: a plain picture rather than a frame.
  return line === limit ? 0 : line;
}

/** Mean difference within a line from its own colour below which it is plain, levels. */
const plainTolerance = 4;
/** A picture within a page takes up at least that part of it. */
const leastPart = 0.12;

/**
 * The largest picture within a page (a screenshot, a scan): the page is cut along lines of one colour, across, down and
 * across again, and the largest piece is kept each time. The whole picture where nothing is to be cut.
 */
export function pictureBox(picture: Picture): Box {
  let box: Box = { left: 0, top: 0, width: picture.width, height: picture.height };
  for (const lines of ['rows', 'columns', 'rows'] as const) box = largestPiece(picture, box, lines);
  const isWorthIt = box.width * box.height >= leastPart * picture.width * picture.height;
  return isWorthIt ? box : { left: 0, top: 0, width: picture.width, height: picture.height };
}

function largestPiece(picture: Picture, box: Box, lines: 'rows' | 'columns'): Box {
  const count = lines === 'rows' ? box.height : box.width;
  let [from, length, start] = [0, 0, 0];
  for (let line = 0; line <= count; line++) {
    if (line < count && !isPlain(picture, box, lines, line)) continue;
    if (line - start > length) [from, length] = [start, line - start];
    start = line + 1;
  }
  if (length === 0) return box;
  return lines === 'rows'
    ? { ...box, top: box.top + from, height: length }
    : { ...box, left: box.left + from, width: length };
}

function isPlain({ rgba, width }: Picture, box: Box, lines: 'rows' | 'columns', line: number): boolean {
  const count = lines === 'rows' ? box.width : box.height;
  const first = lines === 'rows' ? (box.top + line) * width + box.left : box.top * width + box.left + line;
  const step = lines === 'rows' ? 4 : width * 4;
  for (let c = 0; c < 3; c++) {
    let [sum, off] = [0, 0];
    for (let i = 0; i < count; i++) sum += rgba[first * 4 + i * step + c]!;
    for (let i = 0; i < count; i++) off += Math.abs(rgba[first * 4 + i * step + c]! - sum / count);
    if (off > plainTolerance * count) return false;
  }
  return true;
}

/** The part of a picture within a box. */
export function cutOut({ rgba, width }: Picture, box: Box): Picture {
  const out = new Uint8ClampedArray(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * 4;
    out.set(rgba.subarray(from, from + box.width * 4), y * box.width * 4);
  }
  return { rgba: out, width: box.width, height: box.height };
}
