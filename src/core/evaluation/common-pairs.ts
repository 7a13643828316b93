import { TopK } from '../vector/top-k.ts';
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
  /** Of all pairs that have photos, also those that are not listed. */
  readonly total: number;
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
  const top = new TopK(most);
  let total = 0;
  for (let cell = 0; cell < missedWhilePredicting.length; cell++) {
    const photos = missedWhilePredicting[cell]!;
    if (photos === 0) continue;
    total++;
    top.push(cell, photos);
  }
  const { ids: listed } = top.sorted();
  return {
    missed: Uint16Array.from(listed, (cell) => Math.floor(cell / labelCount)),
    predicted: Uint16Array.from(listed, (cell) => cell % labelCount),
    photos: listed.map((cell) => missedWhilePredicting[cell]!),
    wrong: listed.map((cell) => missedWhileWrong[cell]!),
    total,
  };
}
