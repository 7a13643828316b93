import { cutOf, type LabelColumns } from './label-columns.ts';
import { matchingRows } from './matching-rows.ts';
import { absent, present, unknown } from './truth.ts';

/** A cell of a label's 2x2. */
export type Outcome = 'truePositive' | 'falsePositive' | 'falseNegative' | 'trueNegative';

/** The photos behind a cell of a label's 2x2, ascending; those whose truth is unknown are in none. O(rows). */
export function rowsOfOutcome(
  columns: LabelColumns,
  label: number,
  threshold: number,
  outcome: Outcome,
): Uint32Array<ArrayBuffer> {
  const truth = columns.truthOf(label);
  const scores = columns.scoresOf(label);
  const cut = cutOf(scores, threshold);
  const kind = outcome === 'truePositive' || outcome === 'falseNegative' ? present : absent;
  const predicted = outcome === 'truePositive' || outcome === 'falsePositive';
  return matchingRows(truth.length, (row) => truth[row] === kind && scores[row]! >= cut === predicted);
}

/**
 * The photos behind a point of a label's curve: those of known truth that are predicted at its threshold, best score
 * first.
 */
export function rowsOfCurvePoint(
  columns: LabelColumns,
  label: number,
  threshold: number,
): Uint32Array<ArrayBuffer> {
  const truth = columns.truthOf(label);
  const scores = columns.scoresOf(label);
  const cut = cutOf(scores, threshold);
  const rows = matchingRows(truth.length, (row) => truth[row] !== unknown && scores[row]! >= cut);
  return rows.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** The photos behind a cell of the pairwise table: missed `missed` while predicting `predicted`. */
export function rowsOfPair(
  columns: LabelColumns,
  thresholds: ArrayLike<number>,
  missed: number,
  predicted: number,
  options: { readonly onlyWrong: boolean },
): Uint32Array<ArrayBuffer> {
  const missedTruth = columns.truthOf(missed);
  const missedScores = columns.scoresOf(missed);
  const missedCut = cutOf(missedScores, thresholds[missed]!);
  const otherTruth = columns.truthOf(predicted);
  const otherScores = columns.scoresOf(predicted);
  const otherCut = cutOf(otherScores, thresholds[predicted]!);
  return matchingRows(
    columns.rowCount,
    (row) =>
      missedTruth[row] === present &&
      !(missedScores[row]! >= missedCut) &&
      otherScores[row]! >= otherCut &&
      (!options.onlyWrong || otherTruth[row] === absent),
  );
}
