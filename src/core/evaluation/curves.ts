import type { LabelRanking } from './label-ranking.ts';
import { ratesOf } from './rates.ts';

/** Precision, recall and F1 at each different score, highest threshold first. All [points + 1]. */
export interface PrecisionRecallCurve {
  /** Begins with Infinity: nothing predicted. */
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** Begins with 1, as scikit-learn closes its curve. */
  readonly precision: Float64Array<ArrayBuffer>;
  /** Rises from 0 to 1. Without positives 1 from the first score on, as in scikit-learn. */
  readonly recall: Float64Array<ArrayBuffer>;
  /** 2 tp / (2 tp + fp + fn); 0 at Infinity. */
  readonly f1: Float64Array<ArrayBuffer>;
}

/** scikit-learn's precision_recall_curve, the other way round, with F1 at the same thresholds. */
export function precisionRecallCurve(ranking: LabelRanking): PrecisionRecallCurve {
  const { truePositives, falsePositives, positives } = ranking;
  const points = truePositives.length + 1;
  const curve = {
    thresholds: withFirst(Number.POSITIVE_INFINITY, ranking.thresholds),
    precision: new Float64Array(points),
    recall: new Float64Array(points),
    f1: new Float64Array(points),
  };
  curve.precision[0] = 1;
  for (let point = 1; point < points; point++) {
    const tp = truePositives[point - 1]!;
    const rates = ratesOf(tp, falsePositives[point - 1]!, positives - tp, 0);
    curve.precision[point] = rates.precision;
    curve.recall[point] = positives === 0 ? 1 : rates.recall;
    curve.f1[point] = rates.f1;
  }
  return curve;
}

/**
 * Average precision: the sum over thresholds of the precision times the recall gained there (not interpolated), as
 * scikit-learn's average_precision_score. 0..1; NaN without positives, where scikit-learn warns and says 0.
 */
export function averagePrecision({ truePositives, falsePositives, positives }: LabelRanking): number {
  if (positives === 0) return Number.NaN;
  let area = 0;
  let before = 0;
  for (let point = 0; point < truePositives.length; point++) {
    const tp = truePositives[point]!;
    if (tp === before) continue;
    area += (tp - before) * (tp / (tp + falsePositives[point]!));
    before = tp;
  }
  return area / positives;
}

/** All [points + 1], highest threshold first, from (0, 0) at Infinity to (1, 1). */
export interface RocCurve {
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** Share of the photos without the label that are predicted; NaN when there are none. */
  readonly falsePositiveRate: Float64Array<ArrayBuffer>;
  /** Recall; NaN without positives. */
  readonly truePositiveRate: Float64Array<ArrayBuffer>;
}

/** scikit-learn's roc_curve with every point kept (`drop_intermediate=False`). */
export function rocCurve(ranking: LabelRanking): RocCurve {
  return {
    thresholds: withFirst(Number.POSITIVE_INFINITY, ranking.thresholds),
    falsePositiveRate: withFirst(0, ranking.falsePositives).map((count) => count / ranking.negatives),
    truePositiveRate: withFirst(0, ranking.truePositives).map((count) => count / ranking.positives),
  };
}

/** Area under the ROC curve by trapezia, 0..1; NaN unless there are photos with and without the label. */
export function rocArea({ truePositives, falsePositives, positives, negatives }: LabelRanking): number {
  let twice = 0;
  let tp = 0;
  let fp = 0;
  for (let point = 0; point < truePositives.length; point++) {
    twice += (falsePositives[point]! - fp) * (truePositives[point]! + tp);
    tp = truePositives[point]!;
    fp = falsePositives[point]!;
  }
  return twice / (2 * positives * negatives);
}

/**
 * Points of a curve that are enough to draw it: both ends, and others evenly spread along its length, so that steep parts
 * keep theirs.
 *
 * @param x [points] finite
 * @param y [points] finite
 * @param most at least 2
 * @returns point numbers, ascending, at most `most`
 */
export function drawnPoints(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  most: number,
): Uint32Array<ArrayBuffer> {
  if (!(most >= 2)) throw new RangeError(`${most} points; a curve needs 2 at least`);
  if (x.length <= most) return Uint32Array.from({ length: x.length }, (_, point) => point);
  const travelled = new Float64Array(x.length);
  for (let point = 1; point < x.length; point++) {
    travelled[point] =
      travelled[point - 1]! + Math.abs(x[point]! - x[point - 1]!) + Math.abs(y[point]! - y[point - 1]!);
  }
  const stride = travelled.at(-1)! / (most - 1);
  const kept = [0];
  for (let point = 1; point < x.length - 1; point++) {
    if (stride > 0 && travelled[point]! >= kept.length * stride && kept.length < most - 1) kept.push(point);
  }
  return Uint32Array.from([...kept, x.length - 1]);
}

function withFirst(first: number, values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const all = new Float64Array(values.length + 1);
  all[0] = first;
  all.set(values, 1);
  return all;
}
