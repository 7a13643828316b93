import { byteToScore } from '../tagging/score-codec.ts';
import type { LabelColumns } from './label-columns.ts';
import { type Classes, checkClasses, noClass, present, unknown } from './truth.ts';

/**
 * [Note: confident learning] Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels",
 * JAIR 2021. A class's threshold is the mean probability that photos labelled with it get for it. A photo is confidently
 * of the most probable class among those whose threshold it reaches; when that is not its label, the label is suspect.
 * Suspects are ranked by self-confidence, the probability of the label they have, lowest first. Probabilities must be
 * out-of-fold: a head that saw the label agrees with it.
 */
export interface ClassErrors {
  /** [found] photos, most suspect first; equal ones by row. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** [found] class that the photo has. */
  readonly given: Int32Array<ArrayBuffer>;
  /** [found] class that it more likely is. */
  readonly suggested: Int32Array<ArrayBuffer>;
  /** [found] probability of the given class, 0..1. */
  readonly selfConfidence: Float64Array<ArrayBuffer>;
  /** [classCount][classCount] photos by given class (row) and confident class (column): the confident joint, as counts. */
  readonly joint: Uint32Array<ArrayBuffer>;
}

/**
 * Likely wrong classes; see [Note: confident learning]. A class that every photo has a probability of 0 for was not taught:
 * no photo is suspected of it, and none of its own.
 *
 * @param given [rows] classes; photos without one are left out
 * @param probabilities [rows][classCount] out-of-fold
 * @throws RangeError when the sizes do not match
 */
export function likelyClassErrors(
  given: Classes,
  probabilities: Float32Array | Float64Array,
  classCount: number,
): ClassErrors {
  checkClasses('given', given, given.length, classCount);
  if (probabilities.length !== given.length * classCount) {
    throw new RangeError(`${probabilities.length} probabilities; expected ${given.length} x ${classCount}`);
  }
  const sums = new Float64Array(classCount);
  const counts = new Float64Array(classCount);
  const isTaught = new Uint8Array(classCount);
  probabilities.forEach((p, at) => {
    if (p !== 0) isTaught[at % classCount] = 1;
  });
  given.forEach((c, row) => {
    if (c === noClass) return;
    sums[c]! += probabilities[row * classCount + c]!;
    counts[c]!++;
  });
  // A class without photos has no threshold that could be reached, nor has one that was not taught.
  const thresholds = sums.map((sum, c) =>
    counts[c] === 0 || isTaught[c] === 0 ? Number.POSITIVE_INFINITY : sum / counts[c]!,
  );
  const joint = new Uint32Array(classCount * classCount);
  const suspects: { row: number; given: number; suggested: number; selfConfidence: number }[] = [];
  given.forEach((c, row) => {
    if (c === noClass) return;
    const first = row * classCount;
    let confident = -1;
    for (let k = 0; k < classCount; k++) {
      const p = probabilities[first + k]!;
      if (p >= thresholds[k]! && (confident === -1 || p > probabilities[first + confident]!)) confident = k;
    }
    if (confident === -1) return;
    joint[c * classCount + confident]!++;
    if (confident === c || isTaught[c] === 0) return;
    suspects.push({ row, given: c, suggested: confident, selfConfidence: probabilities[first + c]! });
  });
  suspects.sort((a, b) => a.selfConfidence - b.selfConfidence || a.row - b.row);
  return {
    rows: Uint32Array.from(suspects, (s) => s.row),
    given: Int32Array.from(suspects, (s) => s.given),
    suggested: Int32Array.from(suspects, (s) => s.suggested),
    selfConfidence: Float64Array.from(suspects, (s) => s.selfConfidence),
    joint,
  };
}

/** Photo-label pairs that are likely wrong, most suspect first; equal ones by label, then row. [found] each. */
export interface LabelErrors {
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly labels: Uint32Array<ArrayBuffer>;
  /** 1: the label was given and is likely wrong. 0: it was ruled out and is likely there. */
  readonly given: Uint8Array<ArrayBuffer>;
  /** Probability of what was said, 0..1. */
  readonly selfConfidence: Float64Array<ArrayBuffer>;
}

/**
 * Likely wrong labels of a multi-label set: confident learning on each label against its absence, one label a step.
 * Unknown entries are neither used nor suspected. A label that is known to be absent (or present) nowhere has no threshold
 * for it, and yields nothing.
 *
 * @param columns scores are out-of-fold probabilities, 0..1
 * @param isTaught of a label by its number: what was not taught has no scores that say anything
 * @yields the number of labels done
 */
export function* likelyLabelErrorSteps(
  columns: LabelColumns,
  isTaught: (label: number) => boolean = () => true,
): Generator<number, LabelErrors> {
  const suspects: { row: number; label: number; given: number; selfConfidence: number }[] = [];
  for (let label = 0; label < columns.labelCount; label++) {
    if (!isTaught(label)) continue;
    const truth = columns.truthOf(label);
    const scores = columns.scoresOf(label);
    const probability =
      scores instanceof Uint8Array
        ? (row: number) => byteToScore(scores[row]!)
        : (row: number) => scores[row]!;
    const sums = [0, 0];
    const counts = [0, 0];
    truth.forEach((entry, row) => {
      if (entry === unknown) return;
      sums[entry]! += entry === present ? probability(row) : 1 - probability(row);
      counts[entry]!++;
    });
    const thresholdOf = (entry: number) =>
      counts[entry] === 0 ? Number.POSITIVE_INFINITY : sums[entry]! / counts[entry]!;
    const [absentFrom, presentFrom] = [thresholdOf(0), thresholdOf(1)];
    truth.forEach((entry, row) => {
      if (entry === unknown) return;
      const p = probability(row);
      const mayBeAbsent = 1 - p >= absentFrom;
      const mayBePresent = p >= presentFrom;
      // Like `likelyClassErrors` with the classes absent, present: the first wins a tie.
      const confident = mayBePresent && (!mayBeAbsent || p > 1 - p) ? 1 : mayBeAbsent ? 0 : entry;
      if (confident !== entry) {
        suspects.push({ row, label, given: entry, selfConfidence: entry === present ? p : 1 - p });
      }
    });
    yield label + 1;
  }
  suspects.sort((a, b) => a.selfConfidence - b.selfConfidence || a.label - b.label || a.row - b.row);
  return {
    rows: Uint32Array.from(suspects, (s) => s.row),
    labels: Uint32Array.from(suspects, (s) => s.label),
    given: Uint8Array.from(suspects, (s) => s.given),
    selfConfidence: Float64Array.from(suspects, (s) => s.selfConfidence),
  };
}
