import type { PhotoFigures } from './photo-figures.ts';

/** Labels that are missed while others are predicted, most photos first; equal ones by label numbers. [found] each. */
export interface CommonPairs {
  /** The label that was missed. */
  readonly missed: Uint16Array<ArrayBuffer>;
  /** The label that was predicted. */
  readonly predicted: Uint16Array<ArrayBuffer>;
  readonly photos: Uint32Array<ArrayBuffer>;
  /** Of these, the photos for which the prediction was wrong. */
  readonly wrong: Uint32Array<ArrayBuffer>;
}

/**
 * The pairs of the table "missed A while predicting B" that have photos.
 *
 * @param most how many are listed at most
 */
export function commonPairs(
  { missedWhilePredicting, missedWhileWrong }: PhotoFigures,
  labelCount: number,
  most: number,
): CommonPairs {
  const cells: number[] = [];
  for (let cell = 0; cell < missedWhilePredicting.length; cell++) {
    if (missedWhilePredicting[cell]! > 0) cells.push(cell);
  }
  cells.sort((a, b) => missedWhilePredicting[b]! - missedWhilePredicting[a]! || a - b);
  const listed = cells.slice(0, most);
  return {
    missed: Uint16Array.from(listed, (cell) => Math.floor(cell / labelCount)),
    predicted: Uint16Array.from(listed, (cell) => cell % labelCount),
    photos: Uint32Array.from(listed, (cell) => missedWhilePredicting[cell]!),
    wrong: Uint32Array.from(listed, (cell) => missedWhileWrong[cell]!),
  };
}
