import { cutOf, type LabelColumns } from './label-columns.ts';
import { absent, present, unknown } from './truth.ts';

/** The figures that need each photo's labels together; they change with thresholds. */
export interface PhotoFigures {
  /** [rows] wrong labels of each photo; `notJudged` where every label is unknown. */
  readonly mistakes: Uint16Array<ArrayBuffer>;
  /** Share of the judged photos without a mistake, 0..1; NaN without any. Unknown labels are not looked at. */
  readonly subsetAccuracy: number;
  /** [labels][labels] photos that have label A (row), were not predicted A, and were predicted B (column). */
  readonly missedWhilePredicting: Uint32Array<ArrayBuffer>;
  /** [labels][labels] of those, the photos for which B was wrong. */
  readonly missedWhileWrong: Uint32Array<ArrayBuffer>;
}

/** In `PhotoFigures.mistakes`: no label of the photo is known. */
export const notJudged = 0xffff;

/** Photo-label pairs that one step reads: a few milliseconds' worth. */
const stepSize = 1 << 20;

/**
 * Subset accuracy and the pairwise table "missed A while predicting B", block by block of photos.
 * O(rows * labels), plus missed times predicted labels of each photo. Memory: 8 bytes per pair of labels, 2 per photo.
 *
 * @param thresholds [labels] a photo is predicted when its score is at least this
 * @yields the number of photos done
 * @throws RangeError for more than 32,767 labels
 */
export function* photoFigureSteps(
  columns: LabelColumns,
  thresholds: ArrayLike<number>,
): Generator<number, PhotoFigures> {
  const { rowCount, labelCount } = columns;
  if (thresholds.length !== labelCount) {
    throw new RangeError(`${thresholds.length} thresholds for ${labelCount} labels`);
  }
  if (labelCount > 0x7fff)
    throw new RangeError(`${labelCount} labels; a table of pairs takes 32,767 at most`);
  const mistakes = new Uint16Array(rowCount).fill(notJudged);
  const missedWhilePredicting = new Uint32Array(labelCount * labelCount);
  const missedWhileWrong = new Uint32Array(labelCount * labelCount);
  const blockRows = Math.max(64, Math.floor(stepSize / Math.max(1, labelCount)));
  const room = Math.min(blockRows, rowCount);
  // [room][labelCount], of which the first missedCount[row] (predictedCount[row]) are in use.
  const missed = new Uint16Array(room * labelCount);
  const predicted = new Uint16Array(room * labelCount);
  const missedCount = new Uint16Array(room);
  const predictedCount = new Uint16Array(room);
  let judged = 0;
  let right = 0;
  for (let first = 0; first < rowCount; first += blockRows) {
    const rows = Math.min(blockRows, rowCount - first);
    missedCount.fill(0);
    predictedCount.fill(0);
    for (let label = 0; label < labelCount; label++) {
      const truth = columns.truthOf(label);
      const scores = columns.scoresOf(label);
      const cut = cutOf(scores, thresholds[label]!);
      for (let n = 0; n < rows; n++) {
        const row = first + n;
        const entry = truth[row]!;
        const isPredicted = scores[row]! >= cut;
        if (entry !== unknown) {
          if (mistakes[row] === notJudged) mistakes[row] = 0;
          if (isPredicted !== (entry === present)) mistakes[row]!++;
        }
        if (isPredicted)
          predicted[n * labelCount + predictedCount[n]!++] = (label << 1) | (entry === absent ? 1 : 0);
        else if (entry === present) missed[n * labelCount + missedCount[n]!++] = label;
      }
    }
    for (let n = 0; n < rows; n++) {
      const wrong = mistakes[first + n]!;
      if (wrong !== notJudged) judged++;
      if (wrong === 0) right++;
      for (let m = 0; m < missedCount[n]!; m++) {
        const tableRow = missed[n * labelCount + m]! * labelCount;
        for (let p = 0; p < predictedCount[n]!; p++) {
          const guess = predicted[n * labelCount + p]!;
          missedWhilePredicting[tableRow + (guess >> 1)]!++;
          missedWhileWrong[tableRow + (guess >> 1)]! += guess & 1;
        }
      }
    }
    yield first + rows;
  }
  return { mistakes, subsetAccuracy: right / judged, missedWhilePredicting, missedWhileWrong };
}
