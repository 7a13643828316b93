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

/** The part of a picture within a box. */
export function cutOut({ rgba, width }: Picture, box: Box): Picture {
  const out = new Uint8Array(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * 4;
    out.set(rgba.subarray(from, from + box.width * 4), y * box.width * 4);
  }
  return { rgba: out, width: box.width, height: box.height };
}
