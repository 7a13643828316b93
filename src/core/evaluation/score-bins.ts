import type { Scores } from './label-columns.ts';
import type { LabelRanking } from './label-ranking.ts';
import { matchingRows } from './matching-rows.ts';
import { type absent, type present, unknown } from './truth.ts';

/** Photos with and without a label by score, in equal bins of 0..1. */
export interface ScoreHistogram {
  /** [bins + 1] from 0 to 1. A bin holds its lower edge; the last one both, as in numpy.histogram. */
  readonly edges: Float64Array<ArrayBuffer>;
  /** [bins] photos that have the label. */
  readonly positives: Uint32Array<ArrayBuffer>;
  /** [bins] photos that do not. */
  readonly negatives: Uint32Array<ArrayBuffer>;
}

/**
 * Histogram of a label's scores.
 *
 * @throws RangeError for scores outside 0..1
 */
export function scoreHistogram(ranking: LabelRanking, bins: number): ScoreHistogram {
  const edges = binEdges(bins);
  const positives = new Uint32Array(bins);
  const negatives = new Uint32Array(bins);
  forEachScore(ranking, (score, withLabel, without) => {
    const bin = histogramBin(edges, score);
    positives[bin]! += withLabel;
    negatives[bin]! += without;
  });
  return { edges, positives, negatives };
}

/** The photos behind one bar: those with the label (`present`) or without (`absent`) whose score is in the bin. */
export function rowsOfHistogramBar(
  truth: Uint8Array,
  scores: Scores,
  bins: number,
  bin: number,
  kind: typeof present | typeof absent,
): Uint32Array<ArrayBuffer> {
  const edges = binEdges(bins);
  const unit = unitOf(scores);
  return matchingRows(
    truth.length,
    (row) => truth[row] === kind && histogramBin(edges, scores[row]! / unit) === bin,
  );
}

/** How often the label is there among photos of about the same score; the closer to the score, the better calibrated. */
export interface Reliability {
  /** [bins] photos in each bin; a bin holds its upper edge, the first one 0 too, as scikit-learn's calibration_curve. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** [bins] mean score, 0..1; NaN in an empty bin. */
  readonly meanScore: Float64Array<ArrayBuffer>;
  /** [bins] share of the photos that have the label, 0..1; NaN in an empty bin. */
  readonly shareTrue: Float64Array<ArrayBuffer>;
  /**
   * Expected calibration error, 0..1: the mean distance between the two, weighted by photos (Naeini et al., "Obtaining
   * well calibrated probabilities using Bayesian binning", 2015); NaN without photos.
   */
  readonly expectedError: number;
}

/**
 * Reliability diagram in equal bins of 0..1. For a set with one class per photo, use `firstGuesses`.
 *
 * @throws RangeError for scores outside 0..1
 */
export function reliability(ranking: LabelRanking, bins: number): Reliability {
  const edges = binEdges(bins);
  const counts = new Uint32Array(bins);
  const scoreSums = new Float64Array(bins);
  const trueCounts = new Float64Array(bins);
  forEachScore(ranking, (score, withLabel, without) => {
    const bin = reliabilityBin(edges, score);
    counts[bin]! += withLabel + without;
    scoreSums[bin]! += score * (withLabel + without);
    trueCounts[bin]! += withLabel;
  });
  let distance = 0;
  for (let bin = 0; bin < bins; bin++) distance += Math.abs(scoreSums[bin]! - trueCounts[bin]!);
  return {
    counts,
    meanScore: scoreSums.map((sum, bin) => sum / counts[bin]!),
    shareTrue: trueCounts.map((count, bin) => count / counts[bin]!),
    expectedError: distance / (ranking.positives + ranking.negatives),
  };
}

/** The photos behind one point of the reliability diagram. */
export function rowsOfReliabilityBin(
  truth: Uint8Array,
  scores: Scores,
  bins: number,
  bin: number,
): Uint32Array<ArrayBuffer> {
  const edges = binEdges(bins);
  const unit = unitOf(scores);
  return matchingRows(
    truth.length,
    (row) => truth[row] !== unknown && reliabilityBin(edges, scores[row]! / unit) === bin,
  );
}

/** [bins + 1], each the product that numpy.linspace(0, 1, bins + 1) computes. */
function binEdges(bins: number): Float64Array<ArrayBuffer> {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`${bins} bins; expected a whole number from 1`);
  return Float64Array.from({ length: bins + 1 }, (_, edge) => (edge === bins ? 1 : edge * (1 / bins)));
}

function histogramBin(edges: Float64Array, score: number): number {
  const last = edges.length - 2;
  let bin = Math.min(last, guess(score, last + 1));
  // The product may land beside the edge by one rounding.
  while (bin > 0 && score < edges[bin]!) bin--;
  while (bin < last && score >= edges[bin + 1]!) bin++;
  return bin;
}

function reliabilityBin(edges: Float64Array, score: number): number {
  const last = edges.length - 2;
  let bin = Math.min(last, guess(score, last + 1));
  while (bin > 0 && score <= edges[bin]!) bin--;
  while (bin < last && score > edges[bin + 1]!) bin++;
  return bin;
}

function guess(score: number, bins: number): number {
  if (!(score >= 0 && score <= 1)) throw new RangeError(`Score ${score}; bins need scores from 0 to 1`);
  return Math.floor(score * bins);
}

function unitOf(scores: Scores): number {
  return scores instanceof Uint8Array ? 255 : 1;
}

function forEachScore(
  { thresholds, truePositives, falsePositives }: LabelRanking,
  visit: (score: number, withLabel: number, without: number) => void,
): void {
  for (let point = 0; point < thresholds.length; point++) {
    visit(
      thresholds[point]!,
      truePositives[point]! - (point === 0 ? 0 : truePositives[point - 1]!),
      falsePositives[point]! - (point === 0 ? 0 : falsePositives[point - 1]!),
    );
  }
}
