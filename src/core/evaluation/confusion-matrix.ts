import { matchingRows } from './matching-rows.ts';
import { type Classes, checkClasses, noClass } from './truth.ts';

/** How often each actual class was predicted as each class. */
export interface ConfusionMatrix {
  readonly classCount: number;
  /** [classCount][classCount], row: actual class, column: predicted class. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** [classCount] photos of each actual class for which the prediction was refused. */
  readonly refused: Uint32Array<ArrayBuffer>;
  /** Photos with a known class. */
  readonly total: number;
}

/**
 * Counts photos by actual and predicted class. Photos without a known class are left out; refused predictions are
 * counted apart ([Note: ground truth]).
 *
 * @param truth [rows] actual classes
 * @param predicted [rows] predicted classes
 * @throws RangeError when the lists differ in length or name a class that there is not
 */
export function confusionMatrix(truth: Classes, predicted: Classes, classCount: number): ConfusionMatrix {
  checkClasses('actual', truth, truth.length, classCount);
  checkClasses('predicted', predicted, truth.length, classCount);
  const counts = new Uint32Array(classCount * classCount);
  const refused = new Uint32Array(classCount);
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const actual = truth[row]!;
    if (actual === noClass) continue;
    total++;
    const guess = predicted[row]!;
    if (guess === noClass) refused[actual]!++;
    else counts[actual * classCount + guess]!++;
  }
  return { classCount, counts, refused, total };
}

/**
 * The matrix in shares 0..1: of the photos of each actual class ('row', refused ones included, so a row may add up to
 * less than 1), or of the photos predicted as each class ('column'). An empty row or column is all 0.
 *
 * @returns [classCount][classCount], laid out as `counts`
 */
export function confusionShares(
  { classCount, counts, refused }: ConfusionMatrix,
  by: 'row' | 'column',
): Float64Array<ArrayBuffer> {
  const totals = new Float64Array(classCount);
  if (by === 'row') totals.set(refused);
  for (let actual = 0; actual < classCount; actual++) {
    for (let guess = 0; guess < classCount; guess++) {
      totals[by === 'row' ? actual : guess]! += counts[actual * classCount + guess]!;
    }
  }
  return Float64Array.from(counts, (count, cell) => {
    const total = totals[by === 'row' ? Math.floor(cell / classCount) : cell % classCount]!;
    return total === 0 ? 0 : count / total;
  });
}

/**
 * The photos behind a cell.
 *
 * @param guess predicted class, or `noClass` for those refused
 * @returns rows, ascending
 */
export function rowsOfCell(
  truth: Classes,
  predicted: Classes,
  actual: number,
  guess: number,
): Uint32Array<ArrayBuffer> {
  if (actual === noClass) throw new RangeError('Photos without a known class are in no cell');
  return matchingRows(truth.length, (row) => truth[row] === actual && predicted[row] === guess);
}
