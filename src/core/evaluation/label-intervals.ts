import type { LabelColumns } from './label-columns.ts';
import { type LabelRanking, pointsAbove } from './label-ranking.ts';
import { matchingRows } from './matching-rows.ts';
import { notJudged } from './photo-figures.ts';
import { averageRates, meanOf, ratesOf } from './rates.ts';
import {
  type BootstrapOptions,
  type Interval,
  percentileInterval,
  resampleCount,
  resampler,
} from './resample.ts';
import { present, unknown } from './truth.ts';

/** 95 % bootstrap intervals of the main figures of a multi-label set. */
export interface LabelIntervals {
  readonly meanAveragePrecision: Interval;
  readonly microF1: Interval;
  readonly macroF1: Interval;
  readonly cf1: Interval;
  readonly subsetAccuracy: Interval;
  /** [labels] each. */
  readonly labelF1: readonly Interval[];
  readonly labelAveragePrecision: readonly Interval[];
}

/** Photo-label pairs that one step reads: a few milliseconds' worth. */
const stepSize = 1 << 21;

/**
 * Intervals by resampling photos (those with a known label), in steps of a few milliseconds; stop calling to cancel.
 * Each resample walks every label once, best score first. Memory: 4 bytes per judged photo-label pair.
 *
 * @param rankings [labels] of the same columns
 * @param thresholds [labels]
 * @param mistakes [rows] of `PhotoFigures` at these thresholds
 * @yields the number of resamples done
 */
export function* labelIntervalSteps(
  columns: LabelColumns,
  rankings: readonly LabelRanking[],
  thresholds: ArrayLike<number>,
  mistakes: Uint16Array,
  options: BootstrapOptions,
): Generator<number, LabelIntervals> {
  const labels = columns.labelCount;
  if (rankings.length !== labels || thresholds.length !== labels || mistakes.length !== columns.rowCount) {
    throw new RangeError(
      `${rankings.length} rankings, ${thresholds.length} thresholds, ${mistakes.length} photos; expected ${labels}, ${labels}, ${columns.rowCount}`,
    );
  }
  const resamples = resampleCount(options);
  const undefinedAs = options.undefinedAs ?? 0;
  const judged = matchingRows(columns.rowCount, (row) => mistakes[row] !== notJudged);
  const draw = resampler(judged, columns.rowCount, options.seed);
  const orders: Uint32Array[] = [];
  const cuts: number[] = [];
  for (let label = 0; label < labels; label++) {
    const ranking = rankings[label]!;
    orders.push(rankedEntries(columns.truthOf(label), columns.scoresOf(label), ranking));
    const point = pointsAbove(ranking, thresholds[label]!) - 1;
    cuts.push(point < 0 ? 0 : ranking.truePositives[point]! + ranking.falsePositives[point]!);
    yield 0;
  }
  const means = Array.from({ length: 5 }, () => new Float64Array(resamples));
  const labelF1 = rankings.map(() => new Float64Array(resamples));
  const labelPrecision = rankings.map(() => new Float64Array(resamples));
  const outcomes = {
    truePositives: new Float64Array(labels),
    falsePositives: new Float64Array(labels),
    falseNegatives: new Float64Array(labels),
  };
  const precisions = new Float64Array(labels);
  const walk: Walk = { truePositives: 0, all: 0, counted: 0, area: 0 };
  let read = 0;
  for (let n = 0; n < resamples; n++) {
    const weights = draw();
    for (let label = 0; label < labels; label++) {
      const order = orders[label]!;
      walk.truePositives = 0;
      walk.all = 0;
      walk.counted = 0;
      walk.area = 0;
      walkEntries(order, 0, cuts[label]!, weights, walk);
      const tp = walk.truePositives;
      const fp = walk.all - tp;
      walkEntries(order, cuts[label]!, order.length, weights, walk);
      const fn = walk.truePositives - tp;
      outcomes.truePositives[label] = tp;
      outcomes.falsePositives[label] = fp;
      outcomes.falseNegatives[label] = fn;
      precisions[label] = walk.truePositives === 0 ? undefinedAs : walk.area / walk.truePositives;
      labelF1[label]![n] = ratesOf(tp, fp, fn, undefinedAs).f1;
      labelPrecision[label]![n] = precisions[label]!;
      read += order.length;
      if (read >= stepSize) {
        read = 0;
        yield n;
      }
    }
    const averages = averageRates(outcomes, undefinedAs);
    let faultless = 0;
    for (const row of judged) if (mistakes[row] === 0) faultless += weights[row]!;
    means[0]![n] = meanOf(precisions, null, undefinedAs);
    means[1]![n] = averages.micro.f1;
    means[2]![n] = averages.macro.f1;
    means[3]![n] = averages.cf1;
    means[4]![n] = faultless / judged.length;
  }
  const [map, microF1, macroF1, cf1, subset] = means;
  return {
    meanAveragePrecision: percentileInterval(map!),
    microF1: percentileInterval(microF1!),
    macroF1: percentileInterval(macroF1!),
    cf1: percentileInterval(cf1!),
    subsetAccuracy: percentileInterval(subset!),
    labelF1: labelF1.map(percentileInterval),
    labelAveragePrecision: labelPrecision.map(percentileInterval),
  };
}

interface Walk {
  truePositives: number;
  all: number;
  /** True positives that `area` has taken in. */
  counted: number;
  /** Sum of precision times photos with the label gained. */
  area: number;
}

/**
 * A label's judged photos, best score first, as row << 2 | last of its score << 1 | has the label.
 * By counting: the ranking says where each score's photos begin.
 */
function rankedEntries(
  truth: Uint8Array,
  scores: Float32Array | Float64Array | Uint8Array,
  ranking: LabelRanking,
): Uint32Array<ArrayBuffer> {
  const { thresholds, truePositives, falsePositives } = ranking;
  const entries = new Uint32Array(ranking.positives + ranking.negatives);
  const ends = Uint32Array.from(thresholds, (_, point) => truePositives[point]! + falsePositives[point]!);
  const places = ends.map((_, point) => (point === 0 ? 0 : ends[point - 1]!));
  const unit = scores instanceof Uint8Array ? 255 : 1;
  for (let row = 0; row < truth.length; row++) {
    const entry = truth[row]!;
    if (entry === unknown) continue;
    const point = pointsAbove(ranking, scores[row]! / unit) - 1;
    const place = places[point]!++;
    const isLast = place === ends[point]! - 1;
    entries[place] = (row << 2) | (isLast ? 2 : 0) | (entry === present ? 1 : 0);
  }
  return entries;
}

function walkEntries(order: Uint32Array, from: number, to: number, weights: Uint16Array, walk: Walk): void {
  let { truePositives, all, counted, area } = walk;
  for (let i = from; i < to; i++) {
    const entry = order[i]!;
    const weight = weights[entry >>> 2]!;
    all += weight;
    truePositives += weight * (entry & 1);
    // The precision counts once for all photos of one score.
    if ((entry & 2) !== 0 && truePositives !== counted) {
      area += ((truePositives - counted) * truePositives) / all;
      counted = truePositives;
    }
  }
  walk.truePositives = truePositives;
  walk.all = all;
  walk.counted = counted;
  walk.area = area;
}
