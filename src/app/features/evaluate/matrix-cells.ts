import { confusionShares } from '../../../core/evaluation/confusion-matrix.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';

export type MatrixNumbers = 'counts' | 'row' | 'column';

/** What stands in the cells of a confusion matrix; the class behind the last one stands for photos that are refused. */
export interface MatrixCells {
  /** Classes across: in the given order, refused photos last, where there are any. */
  readonly columns: readonly number[];
  readonly photosOf: (actual: number, guess: number) => number;
  /** 0..1, of the row or of the column. */
  readonly shareOf: (actual: number, guess: number) => number;
  /** '' for cells without photos. */
  readonly textOf: (actual: number, guess: number) => string;
}

/** @param order [classes] class numbers */
export function matrixCells(
  { classes, counts, refused, photos: total }: GroupFigures,
  order: Uint32Array,
  numbers: MatrixNumbers,
  format: (count: number) => string,
): MatrixCells {
  const count = classes.length;
  const isByColumn = numbers === 'column';
  const shares = confusionShares(
    { classCount: count, counts, refused, total },
    isByColumn ? 'column' : 'row',
  );
  const refusals = refused.reduce((sum, photos) => sum + photos, 0);
  const photosOf = (actual: number, guess: number) =>
    guess === count ? refused[actual]! : counts[actual * count + guess]!;
  const ofRow = (actual: number) =>
    counts
      .subarray(actual * count, (actual + 1) * count)
      .reduce((sum, photos) => sum + photos, refused[actual]!);
  const shareOf = (actual: number, guess: number) => {
    if (guess !== count) return shares[actual * count + guess]!;
    return refused[actual] === 0 ? 0 : refused[actual]! / (isByColumn ? refusals : ofRow(actual));
  };
  const textOf = (actual: number, guess: number) => {
    const found = photosOf(actual, guess);
    if (found === 0) return '';
    return numbers === 'counts' ? format(found) : String(Math.round(100 * shareOf(actual, guess)));
  };
  return { columns: refusals > 0 ? [...order, count] : [...order], photosOf, shareOf, textOf };
}
