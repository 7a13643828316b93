import { cutOf, type LabelColumns } from './label-columns.ts';
import { matchingRows } from './matching-rows.ts';
import { notJudged } from './photo-figures.ts';
import { type Classes, noClass, present, unknown } from './truth.ts';

/** In a run's verdicts. */
export const wrong = 0;
export const right = 1;
/** The truth is not known. */
export const notKnown = 2;

/** What became of each photo from one run to another; rows ascending, every judged photo in exactly one list. */
export interface RunComparison {
  /** Wrong before, right now. */
  readonly fixed: Uint32Array<ArrayBuffer>;
  /** Right before, wrong now. */
  readonly broken: Uint32Array<ArrayBuffer>;
  readonly bothRight: Uint32Array<ArrayBuffer>;
  readonly bothWrong: Uint32Array<ArrayBuffer>;
}

/**
 * Compares two runs (models, heads or thresholds) on the same photos and truth.
 *
 * @param before [rows] `right`, `wrong` or `notKnown`
 * @param after [rows]
 * @throws RangeError when the lengths differ
 */
export function compareRuns(before: Uint8Array, after: Uint8Array): RunComparison {
  const rows = before.length;
  if (after.length !== rows) throw new RangeError(`${rows} verdicts before, ${after.length} after`);
  const of = (was: number, is: number) =>
    matchingRows(rows, (row) => before[row] === was && after[row] === is);
  return {
    fixed: of(wrong, right),
    broken: of(right, wrong),
    bothRight: of(right, right),
    bothWrong: of(wrong, wrong),
  };
}

/** [rows] verdicts of a run that gives each photo one class; a refused photo is wrong. */
export function classVerdicts(truth: Classes, predicted: Classes): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(truth, (actual, row) => {
    if (actual === noClass) return notKnown;
    return actual === predicted[row] ? right : wrong;
  });
}

/** [rows] verdicts of one label of a multi-label run. For whole photos, see `photoVerdicts`. */
export function labelVerdicts(
  columns: LabelColumns,
  label: number,
  threshold: number,
): Uint8Array<ArrayBuffer> {
  const scores = columns.scoresOf(label);
  const cut = cutOf(scores, threshold);
  return Uint8Array.from(columns.truthOf(label), (entry, row) => {
    if (entry === unknown) return notKnown;
    return (entry === present) === scores[row]! >= cut ? right : wrong;
  });
}

/**
 * [rows] verdicts of a multi-label run on whole photos: right when no known label is wrong.
 *
 * @param mistakes [rows] of `PhotoFigures`
 */
export function photoVerdicts(mistakes: Uint16Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(mistakes, (count) => {
    if (count === notJudged) return notKnown;
    return count === 0 ? right : wrong;
  });
}
