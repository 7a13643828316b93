import { drawnPoints, precisionRecallCurve, rocArea, rocCurve } from '../../core/evaluation/curves.ts';
import { type LabelRanking, pointsAbove } from '../../core/evaluation/label-ranking.ts';
import { reliability, scoreHistogram } from '../../core/evaluation/score-bins.ts';
import type { LabelCurves } from '../../protocol/figures.ts';

/** Points that a curve is drawn with. */
const curvePoints = 200;
/** Bins of charts; links to their bars and points say how many there are. */
const histogramBins = 20;
const reliabilityBins = 10;

/** Curves and bins of a label, as charts need them. */
export function curvesOf(ranking: LabelRanking): LabelCurves {
  const pr = precisionRecallCurve(ranking);
  const prPoints = drawnPoints(pr.recall, pr.precision, curvePoints);
  const roc = rocCurve(ranking);
  const isRoc = ranking.positives > 0 && ranking.negatives > 0;
  const rocPoints = isRoc
    ? drawnPoints(roc.falsePositiveRate, roc.truePositiveRate, curvePoints)
    : new Uint32Array(0);
  const at = (values: Float64Array, points: Uint32Array) => Float64Array.from(points, (p) => values[p]!);
  const predicted = (thresholds: Float64Array, points: Uint32Array) =>
    Uint32Array.from(points, (p) => {
      const point = pointsAbove(ranking, thresholds[p]!) - 1;
      return point < 0 ? 0 : ranking.truePositives[point]! + ranking.falsePositives[point]!;
    });
  return {
    precisionRecall: {
      thresholds: at(pr.thresholds, prPoints),
      precision: at(pr.precision, prPoints),
      recall: at(pr.recall, prPoints),
      f1: at(pr.f1, prPoints),
    },
    predicted: predicted(pr.thresholds, prPoints),
    roc: {
      thresholds: at(roc.thresholds, rocPoints),
      falsePositiveRate: at(roc.falsePositiveRate, rocPoints),
      truePositiveRate: at(roc.truePositiveRate, rocPoints),
    },
    rocPredicted: predicted(roc.thresholds, rocPoints),
    rocArea: rocArea(ranking),
    reliability: reliability(ranking, reliabilityBins),
    histogram: scoreHistogram(ranking, histogramBins),
  };
}
