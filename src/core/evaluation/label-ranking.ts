import { byteToScore } from '../tagging/score-codec.ts';
import type { Scores } from './label-columns.ts';
import { present, unknown } from './truth.ts';

/**
 * One label's photos ranked by score, kept as counts at each different score: all that curves, tables, histograms and
 * threshold choice need, and nothing that a threshold changes. Photos whose truth is unknown are not in it.
 */
export interface LabelRanking {
  /** [points] the different scores, highest first. A photo is predicted when its score is at least the threshold. */
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** [points] photos with the label that score at least the threshold. */
  readonly truePositives: Uint32Array<ArrayBuffer>;
  /** [points] photos without the label that score at least the threshold. */
  readonly falsePositives: Uint32Array<ArrayBuffer>;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Ranks a label. Bytes are counted, O(rows); numbers are sorted, O(rows log rows).
 *
 * @param truth [rows] `absent`, `present` or `unknown`
 * @param scores [rows]
 * @throws RangeError when the lengths differ or a judged score is not a number
 */
export function rankLabel(truth: Uint8Array, scores: Scores): LabelRanking {
  if (truth.length !== scores.length) {
    throw new RangeError(`${truth.length} truths for ${scores.length} scores`);
  }
  return scores instanceof Uint8Array ? rankBytes(truth, scores) : rankNumbers(truth, scores);
}

function rankBytes(truth: Uint8Array, scores: Uint8Array): LabelRanking {
  // Counts of [truth][score] in one table: no branch for each photo.
  const counts = new Uint32Array(3 * 256);
  for (let row = 0; row < truth.length; row++) counts[(truth[row]! << 8) | scores[row]!]!++;
  const thresholds = new Float64Array(256);
  const truePositives = new Uint32Array(256);
  const falsePositives = new Uint32Array(256);
  let points = 0;
  let tp = 0;
  let fp = 0;
  for (let byte = 255; byte >= 0; byte--) {
    const here = counts[byte]! + counts[256 + byte]!;
    if (here === 0) continue;
    fp += counts[byte]!;
    tp += counts[256 + byte]!;
    thresholds[points] = byteToScore(byte);
    truePositives[points] = tp;
    falsePositives[points++] = fp;
  }
  return {
    thresholds: thresholds.slice(0, points),
    truePositives: truePositives.slice(0, points),
    falsePositives: falsePositives.slice(0, points),
    positives: tp,
    negatives: fp,
  };
}

function rankNumbers(truth: Uint8Array, scores: Float32Array | Float64Array): LabelRanking {
  const rows = truth.length;
  const withLabel = scores.slice();
  const without = scores.slice();
  let positives = 0;
  let negatives = 0;
  for (let row = 0; row < rows; row++) {
    if (truth[row] === unknown) continue;
    const score = scores[row]!;
    if (Number.isNaN(score)) throw new RangeError(`The score of photo ${row} is not a number`);
    if (truth[row] === present) withLabel[positives++] = score;
    else without[negatives++] = score;
  }
  // Sorting the two kinds apart needs no row numbers, so the engine's own sort of numbers does it.
  const high = withLabel.subarray(0, positives).sort();
  const low = without.subarray(0, negatives).sort();
  const thresholds = new Float64Array(positives + negatives);
  const truePositives = new Uint32Array(positives + negatives);
  const falsePositives = new Uint32Array(positives + negatives);
  let points = 0;
  let p = positives;
  let n = negatives;
  while (p > 0 || n > 0) {
    const score = Math.max(p > 0 ? high[p - 1]! : -Infinity, n > 0 ? low[n - 1]! : -Infinity);
    while (p > 0 && high[p - 1] === score) p--;
    while (n > 0 && low[n - 1] === score) n--;
    thresholds[points] = score;
    truePositives[points] = positives - p;
    falsePositives[points++] = negatives - n;
  }
  return {
    thresholds: thresholds.slice(0, points),
    truePositives: truePositives.slice(0, points),
    falsePositives: falsePositives.slice(0, points),
    positives,
    negatives,
  };
}

/** How many of a ranking's points are at or above the threshold, by binary search: 0..points. */
export function pointsAbove({ thresholds }: LabelRanking, threshold: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
