import { absent, type Classes, noClass, present, unknown } from './truth.ts';

/** Scores of one label: numbers, or bytes that stand for byte / 255 (as the library stores them). */
export type Scores = Float32Array | Float64Array | Uint8Array;

/**
 * Ground truth and scores, label by label. Columns are asked for again and again and not kept: hand out views, not copies.
 */
export interface LabelColumns {
  readonly rowCount: number;
  readonly labelCount: number;
  /** [rowCount] `absent`, `present` or `unknown`. */
  truthOf(label: number): Uint8Array;
  /** [rowCount]. */
  scoresOf(label: number): Scores;
}

/**
 * Columns of two matrices with a row per photo; both are turned over once.
 *
 * @param truth [rowCount][labelCount] `absent`, `present` or `unknown`
 * @param scores [rowCount][labelCount]
 * @throws RangeError when the sizes do not match or truth holds another value
 */
export function columnsOfRows(
  truth: Uint8Array,
  scores: Scores,
  rowCount: number,
  labelCount: number,
): LabelColumns {
  const size = rowCount * labelCount;
  if (truth.length !== size || scores.length !== size) {
    throw new RangeError(
      `${truth.length} truths and ${scores.length} scores; expected ${rowCount} x ${labelCount}`,
    );
  }
  const truths = new Uint8Array(size);
  const values = scores.slice();
  for (let row = 0; row < rowCount; row++) {
    for (let label = 0; label < labelCount; label++) {
      const entry = truth[row * labelCount + label]!;
      if (entry > unknown)
        throw new RangeError(`Truth ${entry} of photo ${row}, label ${label}; expected 0, 1 or 2`);
      truths[label * rowCount + row] = entry;
      values[label * rowCount + row] = scores[row * labelCount + label]!;
    }
  }
  return {
    rowCount,
    labelCount,
    truthOf: (label) => truths.subarray(label * rowCount, (label + 1) * rowCount),
    scoresOf: (label) => values.subarray(label * rowCount, (label + 1) * rowCount),
  };
}

/**
 * A set with one class per photo as one column per class (one against the rest), for curves, histograms and reliability
 * of a class.
 *
 * @param truth [rows] classes; `noClass` becomes `unknown` in every column
 * @param scores [rows][classCount]
 */
export function oneAgainstRest(truth: Classes, scores: Scores, classCount: number): LabelColumns {
  const entries = new Uint8Array(truth.length * classCount).fill(absent);
  truth.forEach((actual, row) => {
    if (actual === noClass) entries.fill(unknown, row * classCount, (row + 1) * classCount);
    else entries[row * classCount + actual] = present;
  });
  return columnsOfRows(entries, scores, truth.length, classCount);
}

/**
 * The value from which a stored score counts as predicted: `scores[row] >= cutOf(scores, threshold)` says the same as
 * "the score is at least the threshold", for numbers and for bytes.
 *
 * @param threshold in units of the score (0..1 for bytes); Infinity predicts nothing
 */
export function cutOf(scores: Scores, threshold: number): number {
  if (!(scores instanceof Uint8Array)) return threshold;
  let cut = Math.min(256, Math.max(0, Math.ceil(threshold * 255)));
  // The product may be rounded down to a byte whose own score is just below the threshold, never up past one.
  while (cut < 256 && cut / 255 < threshold) cut++;
  return cut;
}
