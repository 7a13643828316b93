import { cutOf, type LabelColumns } from './label-columns.ts';
import { type Classes, noClass, notKnown, present, right, unknown, wrong } from './truth.ts';

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
  const lists = [wrong, right].map(() => [wrong, right].map(() => new Uint32Array(rows)));
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [was, is] = [before[row]!, after[row]!];
    if (was === notKnown || is === notKnown) continue;
    lists[was]![is]![counts[2 * was + is]!++] = row;
  }
  const of = (was: number, is: number) => lists[was]![is]!.slice(0, counts[2 * was + is]);
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

/** [rows] verdicts of one label of a multi-label run. For whole photos, see `PhotoFigures`. */
export function labelVerdicts(
  columns: LabelColumns,
  label: number,
  threshold: number,
): Uint8Array<ArrayBuffer> {
  const scores = columns.scoresOf(label);
  const cut = cutOf(scores, threshold);
  const truth = columns.truthOf(label);
  const verdicts = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) {
    const entry = truth[row]!;
    const isRight = (entry === present) === scores[row]! >= cut;
    verdicts[row] = entry === unknown ? notKnown : isRight ? right : wrong;
  }
  return verdicts;
}
