import {
  type ChosenThreshold,
  thresholdOfBestF1,
  thresholdOfPrecision,
  thresholdOfRecall,
} from '../../core/evaluation/choose-threshold.ts';
import { commonPairs } from '../../core/evaluation/common-pairs.ts';
import { compareRuns, labelVerdicts } from '../../core/evaluation/compare-runs.ts';
import { drawnPoints, precisionRecallCurve, rocArea, rocCurve } from '../../core/evaluation/curves.ts';
import { figuresJson, labelTableCsv } from '../../core/evaluation/export-figures.ts';
import type { LabelColumns } from '../../core/evaluation/label-columns.ts';
import { likelyLabelErrorSteps } from '../../core/evaluation/label-errors.ts';
import { labelIntervalSteps } from '../../core/evaluation/label-intervals.ts';
import { type LabelRanking, pointsAbove } from '../../core/evaluation/label-ranking.ts';
import { columnsOf, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { photoFigureSteps } from '../../core/evaluation/photo-figures.ts';
import { ratesOf } from '../../core/evaluation/rates.ts';
import { reliability, scoreHistogram } from '../../core/evaluation/score-bins.ts';
import { ThresholdedFigures } from '../../core/evaluation/thresholded-figures.ts';
import type {
  ExportKind,
  FiguresEvent,
  LabelChange,
  LabelCurves,
  LabelFigures,
  LikelyError,
  ThresholdGoal,
} from '../../protocol/figures.ts';
import { breathe, runInSlices } from './run-in-slices.ts';

/** Points that a curve is drawn with. */
const curvePoints = 200;
/** Bins of charts; links to their bars and points say how many there are. */
const histogramBins = 20;
const reliabilityBins = 10;
/** Pairs of labels that are listed. */
const mostPairs = 200;
/** The same photos give the same intervals every time. */
const seed = 20_231_126;

/** The figures of a set in which a photo has any number of labels, at thresholds that can be moved. */
export class LabelJudging {
  readonly #photos: LabelledPhotos;
  readonly #columns: LabelColumns;
  readonly #figures: ThresholdedFigures;

  /** @param rankings of `columnsOf(photos)` */
  constructor(photos: LabelledPhotos, rankings: readonly LabelRanking[], thresholds: readonly number[]) {
    this.#photos = photos;
    this.#columns = columnsOf(photos);
    this.#figures = new ThresholdedFigures(rankings, thresholds, Number.NaN);
  }

  move(thresholds: Float64Array): void {
    thresholds.forEach((threshold, label) => {
      if (this.#figures.thresholds[label] !== threshold) this.#figures.moveThreshold(label, threshold);
    });
  }

  figures(): LabelFigures {
    const figures = this.#figures;
    return {
      photos: this.#photos.ids.length,
      labels: this.#photos.labels,
      thresholds: figures.thresholds.slice(),
      ownThresholds: this.#photos.thresholds,
      table: figures.table(),
      summary: figures.summary(),
      truePositives: figures.truePositives.slice(),
      falsePositives: figures.falsePositives.slice(),
      falseNegatives: figures.falseNegatives.slice(),
      trueNegatives: figures.trueNegatives.slice(),
    };
  }

  /** The slower figures, which need every photo. */
  async follow(wanted: () => boolean, tell: (event: FiguresEvent) => void): Promise<void> {
    const columns = this.#columns;
    const thresholds = this.#figures.thresholds.slice();
    // The answer goes first, and of moves that follow one another closely only the last is worth the work.
    await breathe();
    if (!wanted()) return;
    const photos = await runInSlices(photoFigureSteps(columns, thresholds), wanted);
    if (photos === null) return;
    const pairs = commonPairs(photos, columns.labelCount, mostPairs);
    tell({ kind: 'photos', part: { subsetAccuracy: photos.subsetAccuracy, pairs } });
    const options = { seed, undefinedAs: Number.NaN };
    const steps = labelIntervalSteps(columns, this.#figures.rankings, thresholds, photos.mistakes, options);
    const intervals = await runInSlices(steps, wanted);
    if (intervals !== null) tell({ kind: 'intervals', intervals });
  }

  choose(goal: ThresholdGoal): Float64Array<ArrayBuffer> {
    return Float64Array.from(
      this.#figures.rankings,
      (ranking, label) => chosen(ranking, goal)?.threshold ?? this.#figures.thresholds[label]!,
    );
  }

  curves(label: number): LabelCurves {
    const ranking = this.#figures.rankings[label];
    if (ranking === undefined) throw new RangeError(`Label ${label} of ${this.#photos.labels.length}`);
    return curvesOf(ranking);
  }

  /** Suspects are found label by label; null when nobody waits any more. */
  async errors(most: number, wanted: () => boolean): Promise<LikelyError[] | null> {
    const found = await runInSlices(likelyLabelErrorSteps(this.#columns), wanted);
    if (found === null) return null;
    return Array.from(found.rows.subarray(0, most), (row, n) => ({
      photo: this.#photos.ids[row]!,
      label: this.#photos.labels[found.labels[n]!]!,
      given: found.given[n] === 1,
      suggested: null,
      selfConfidence: found.selfConfidence[n]!,
    }));
  }

  /** What became of each label's photos from the set's own thresholds to the present ones. */
  compare(): LabelChange[] {
    return this.#photos.labels.map((label, n) => {
      const before = this.#photos.thresholds[n]!;
      const after = this.#figures.thresholds[n]!;
      const { fixed, broken } = compareRuns(
        labelVerdicts(this.#columns, n, before),
        labelVerdicts(this.#columns, n, after),
      );
      const ranking = this.#figures.rankings[n]!;
      return {
        label,
        before,
        after,
        f1Before: f1At(ranking, before),
        f1After: f1At(ranking, after),
        fixed: fixed.length,
        broken: broken.length,
      };
    });
  }

  file(kind: ExportKind, nameOf: (id: string) => string): string {
    if (kind === 'json') return figuresJson(this.figures());
    return labelTableCsv(this.#photos.labels.map(nameOf), this.#figures);
  }
}

function f1At(ranking: LabelRanking, threshold: number): number {
  const point = pointsAbove(ranking, threshold) - 1;
  const tp = point < 0 ? 0 : ranking.truePositives[point]!;
  const fp = point < 0 ? 0 : ranking.falsePositives[point]!;
  return ratesOf(tp, fp, ranking.positives - tp, Number.NaN).f1;
}

function chosen(ranking: LabelRanking, goal: ThresholdGoal): ChosenThreshold | null {
  if (goal.kind === 'best-f1') return thresholdOfBestF1(ranking);
  return goal.kind === 'precision'
    ? thresholdOfPrecision(ranking, goal.wanted)
    : thresholdOfRecall(ranking, goal.wanted);
}

function curvesOf(ranking: LabelRanking): LabelCurves {
  const pr = precisionRecallCurve(ranking);
  const prPoints = drawnPoints(pr.recall, pr.precision, curvePoints);
  const roc = rocCurve(ranking);
  const isRoc = ranking.positives > 0 && ranking.negatives > 0;
  const rocPoints = isRoc
    ? drawnPoints(roc.falsePositiveRate, roc.truePositiveRate, curvePoints)
    : new Uint32Array(0);
  const at = (values: Float64Array, points: Uint32Array) => Float64Array.from(points, (p) => values[p]!);
  return {
    precisionRecall: {
      thresholds: at(pr.thresholds, prPoints),
      precision: at(pr.precision, prPoints),
      recall: at(pr.recall, prPoints),
      f1: at(pr.f1, prPoints),
    },
    roc: {
      thresholds: at(roc.thresholds, rocPoints),
      falsePositiveRate: at(roc.falsePositiveRate, rocPoints),
      truePositiveRate: at(roc.truePositiveRate, rocPoints),
    },
    rocArea: rocArea(ranking),
    reliability: reliability(ranking, reliabilityBins),
    histogram: scoreHistogram(ranking, histogramBins),
  };
}
