import { type Box, contentBox, cutOut, pictureBox } from './content-box.ts';
import type { Picture } from './picture.ts';
import { turnPicture } from './turn.ts';

/**
 * Parts of a picture that may be what another one shows whole: what is within its plain margins, the largest picture on
 * the page, its halves and its middle (framed copies, screenshots, collages, tilted copies).
 */
export function queryParts(picture: Picture): Picture[] {
  const { width, height } = picture;
  const part = (left: number, top: number, wide: number, high: number): Box => ({
    left: Math.round(left * width),
    top: Math.round(top * height),
    width: Math.max(1, Math.round(wide * width)),
    height: Math.max(1, Math.round(high * height)),
  });
  const boxes: Box[] = [];
  const own = [contentBox(picture), pictureBox(picture)].filter(
    (box) => box.width < 0.97 * width || box.height < 0.97 * height,
  );
  for (const box of own) if (!boxes.some((other) => isNearly(box, other))) boxes.push(box);
  boxes.push(
    ...(width >= height
      ? [part(0, 0, 0.5, 1), part(0.5, 0, 0.5, 1)]
      : [part(0, 0, 1, 0.5), part(0, 0.5, 1, 0.5)]),
    part(0.15, 0.15, 0.7, 0.7),
  );
  return boxes.map((box) => cutOut(picture, box));
}

/** The picture mirrored and turned by quarters. */
export function queryTurns(picture: Picture): Picture[] {
  return ([1, 3, 5, 6] as const).map((turn) => turnPicture(picture, turn));
}

function isNearly(a: Box, b: Box): boolean {
  const off = [a.left - b.left, a.top - b.top, a.width - b.width, a.height - b.height];
  return off.every((difference) => Math.abs(difference) <= 4);
}
