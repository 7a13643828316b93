import {
  type ChosenThreshold,
  thresholdOfBestF1,
  thresholdOfPrecision,
  thresholdOfRecall,
} from '../../core/evaluation/choose-threshold.ts';
import { commonPairs } from '../../core/evaluation/common-pairs.ts';
import { drawnPoints, precisionRecallCurve, rocArea, rocCurve } from '../../core/evaluation/curves.ts';
import type { LabelColumns } from '../../core/evaluation/label-columns.ts';
import { labelIntervalSteps } from '../../core/evaluation/label-intervals.ts';
import type { LabelRanking } from '../../core/evaluation/label-ranking.ts';
import { columnsOf, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { photoFigureSteps } from '../../core/evaluation/photo-figures.ts';
import { reliability, scoreHistogram } from '../../core/evaluation/score-bins.ts';
import { rankLabelSteps, ThresholdedFigures } from '../../core/evaluation/thresholded-figures.ts';
import type {
  FiguresApi,
  FiguresEvent,
  FiguresRequest,
  FiguresSource,
  LabelCurves,
  LabelFigures,
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

interface Opened {
  readonly photos: LabelledPhotos;
  readonly columns: LabelColumns;
  readonly figures: ThresholdedFigures;
  readonly listener: (event: FiguresEvent) => void;
}

/** Computes figures of one set at a time, in a worker of their own. Newest wins: a newer call ends what is under way. */
export class FiguresService implements FiguresApi {
  readonly #source: FiguresSource;
  #opened: Opened | null = null;
  /** Grows with each change: what began before is dropped. */
  #turn = 0;

  constructor(source: FiguresSource) {
    this.#source = source;
  }

  async open(
    { set, scope, thresholds }: FiguresRequest,
    listener: (event: FiguresEvent) => void,
  ): Promise<LabelFigures | null> {
    const turn = ++this.#turn;
    const photos = await this.#source.labelled(set, scope);
    if (photos === null) return null;
    const columns = columnsOf(photos);
    const rankings = await runInSlices(rankLabelSteps(columns), () => turn === this.#turn);
    if (rankings === null) return null;
    const moved = photos.labels.map((label, n) => thresholds[label] ?? photos.thresholds[n]!);
    const figures = new ThresholdedFigures(rankings, moved, Number.NaN);
    this.#opened = { photos, columns, figures, listener };
    void this.#follow(turn);
    return this.#present();
  }

  async move(thresholds: Float64Array): Promise<LabelFigures> {
    const { figures } = this.#open;
    thresholds.forEach((threshold, label) => {
      if (figures.thresholds[label] !== threshold) figures.moveThreshold(label, threshold);
    });
    void this.#follow(++this.#turn);
    return this.#present();
  }

  async curves(label: number): Promise<LabelCurves> {
    const ranking = this.#open.figures.rankings[label];
    if (ranking === undefined) throw new RangeError(`Label ${label} of ${this.#open.photos.labels.length}`);
    return curvesOf(ranking);
  }

  async choose(goal: ThresholdGoal): Promise<Float64Array<ArrayBuffer>> {
    const { figures } = this.#open;
    return Float64Array.from(
      figures.rankings,
      (ranking, label) => chosen(ranking, goal)?.threshold ?? figures.thresholds[label]!,
    );
  }

  get #open(): Opened {
    if (this.#opened === null) throw new Error('no set is open; call open first');
    return this.#opened;
  }

  #present(): LabelFigures {
    const { photos, figures } = this.#open;
    return {
      photos: photos.ids.length,
      labels: photos.labels,
      thresholds: figures.thresholds.slice(),
      ownThresholds: photos.thresholds,
      table: figures.table(),
      summary: figures.summary(),
      truePositives: figures.truePositives.slice(),
      falsePositives: figures.falsePositives.slice(),
      falseNegatives: figures.falseNegatives.slice(),
      trueNegatives: figures.trueNegatives.slice(),
    };
  }

  /** The slower figures, which need every photo: told when they are there, unless something newer came. */
  async #follow(turn: number): Promise<void> {
    const { columns, figures, listener } = this.#open;
    const wanted = () => turn === this.#turn;
    const thresholds = figures.thresholds.slice();
    // The answer goes first, and of moves that follow one another closely only the last is worth the work.
    await breathe();
    if (!wanted()) return;
    const photos = await runInSlices(photoFigureSteps(columns, thresholds), wanted);
    if (photos === null) return;
    const pairs = commonPairs(photos, columns.labelCount, mostPairs);
    listener({ kind: 'photos', part: { subsetAccuracy: photos.subsetAccuracy, pairs } });
    const options = { seed, undefinedAs: Number.NaN };
    const steps = labelIntervalSteps(columns, figures.rankings, thresholds, photos.mistakes, options);
    const intervals = await runInSlices(steps, wanted);
    if (intervals !== null) listener({ kind: 'intervals', intervals });
  }
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
