import { clampRegion, type Region } from '../image/region.ts';

/** Evidence for a label, cell by cell, of the square in the middle of a picture: [height][width]. */
export interface EvidenceGrid {
  readonly height: number;
  readonly width: number;
  readonly evidence: Float32Array;
}

/** Labels that are looked at where a picture carries none: a part of it may speak for what the whole does not quite show. */
export const nearlyCarried = 2;
/** A cell belongs to the part if its evidence lies in that upper share of the range. */
const upperShare = 0.5;
/** A part that is nearly all of the square says no more than the whole picture does. */
const mostOfSquare = 0.85;

/**
 * The part of a picture that speaks for a label most: the box around the connected cells about the strongest one, cells
 * that touch at a side. Null where the evidence is everywhere, or nowhere.
 *
 * @param aspect width / height of the picture
 */
export function proposeRegion({ height, width, evidence }: EvidenceGrid, aspect: number): Region | null {
  if (evidence.length !== width * height || evidence.length === 0 || !(aspect > 0)) return null;
  let strongest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let cell = 0; cell < evidence.length; cell++) {
    if (evidence[cell]! > evidence[strongest]!) strongest = cell;
    least = Math.min(least, evidence[cell]!);
  }
  const most = evidence[strongest]!;
  if (!(most > least) || most <= 0) return null;
  const from = most - upperShare * (most - Math.max(0, least));

  let [left, top, right, bottom] = [width, height, 0, 0];
  const seen = new Uint8Array(evidence.length);
  const open = [strongest];
  seen[strongest] = 1;
  while (open.length > 0) {
    const cell = open.pop()!;
    const [x, y] = [cell % width, Math.floor(cell / width)];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
    const next = [x > 0 ? cell - 1 : -1, x + 1 < width ? cell + 1 : -1, cell - width, cell + width];
    for (const other of next) {
      if (other < 0 || other >= evidence.length || seen[other] === 1 || evidence[other]! < from) continue;
      seen[other] = 1;
      open.push(other);
    }
  }
  if ((right - left) * (bottom - top) > mostOfSquare * width * height) return null;

  // The square's place in the picture, in shares of its sides.
  const [squareWidth, squareHeight] = aspect > 1 ? [1 / aspect, 1] : [1, aspect];
  return clampRegion({
    x: (1 - squareWidth) / 2 + (left / width) * squareWidth,
    y: (1 - squareHeight) / 2 + (top / height) * squareHeight,
    width: ((right - left) / width) * squareWidth,
    height: ((bottom - top) / height) * squareHeight,
  });
}
