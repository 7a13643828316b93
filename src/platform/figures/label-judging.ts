import {
  type ChosenThreshold,
  thresholdOfBestF1,
  thresholdOfPrecision,
  thresholdOfRecall,
} from '../../core/evaluation/choose-threshold.ts';
import { commonPairs } from '../../core/evaluation/common-pairs.ts';
import type { JudgedSet } from '../../core/evaluation/judged-set.ts';
import { type TruthBits, truthBitSteps } from '../../core/evaluation/label-bits.ts';
import type { LabelColumns } from '../../core/evaluation/label-columns.ts';
import { likelyLabelErrorSteps } from '../../core/evaluation/label-errors.ts';
import { LabelBootstrap, type LabelIntervals } from '../../core/evaluation/label-intervals.ts';
import type { LabelRanking } from '../../core/evaluation/label-ranking.ts';
import { columnsOf, isTaught, type LabelledPhotos } from '../../core/evaluation/labelled-photos.ts';
import { photoFigureSteps } from '../../core/evaluation/photo-figures.ts';
import { ThresholdedFigures } from '../../core/evaluation/thresholded-figures.ts';
import type {
  ChosenThresholds,
  ExportKind,
  FiguresEvent,
  Judged,
  LabelCurves,
  LabelFigures,
  LikelyError,
  PhotoPart,
  ThresholdGoal,
} from '../../protocol/figures.ts';
import { curvesOf } from './drawn-curves.ts';
import { labelFigureFile } from './figure-files.ts';
import { breathe, runInSlices } from './run-in-slices.ts';

/** Pairs of labels that are listed. */
const mostPairs = 200;
/** Intervals of fewer resamples are not shown, and not more often than that. */
const fewestResamples = 40;
const progressMilliseconds = 2000;
/** The same photos give the same intervals every time. */
const seed = 20_231_126;

/** The figures of a set in which a photo has any number of labels, at thresholds that can be moved. */
export class LabelJudging {
  readonly #photos: LabelledPhotos;
  readonly #columns: LabelColumns;
  readonly #figures: ThresholdedFigures;
  #truth: TruthBits | null = null;
  #bootstrap: LabelBootstrap | null = null;
  /** The slower figures at the present thresholds, as far as they are there. */
  #photoPart: PhotoPart | null = null;
  #intervals: LabelIntervals | null = null;

  /** @param rankings of `columnsOf(photos)` */
  constructor(photos: LabelledPhotos, rankings: readonly LabelRanking[], thresholds: readonly number[]) {
    this.#photos = photos;
    this.#columns = columnsOf(photos);
    this.#figures = new ThresholdedFigures(rankings, thresholds);
  }

  /** [labels] as they are now. */
  get thresholds(): Float64Array {
    return this.#figures.thresholds;
  }

  move(thresholds: Float64Array): void {
    this.#photoPart = null;
    this.#intervals = null;
    thresholds.forEach((threshold, label) => {
      if (this.#figures.thresholds[label] !== threshold) this.#figures.moveThreshold(label, threshold);
    });
  }

  /** What is judged, at the set's own thresholds. */
  get judged(): JudgedSet {
    return { kind: 'labels', photos: this.#photos };
  }

  figures(): Judged {
    return { kind: 'labels', figures: this.#labelFigures() };
  }

  #labelFigures(): LabelFigures {
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
    this.#truth ??= await runInSlices(truthBitSteps(columns), wanted);
    if (this.#truth === null) return;
    const photos = await runInSlices(photoFigureSteps(columns, thresholds, this.#truth), wanted);
    if (photos === null) return;
    const { subsetAccuracy, verdicts } = photos;
    this.#photoPart = { subsetAccuracy, pairs: commonPairs(photos, columns.labelCount, mostPairs) };
    tell({ kind: 'photos', part: this.#photoPart });
    const options = { seed };
    this.#bootstrap ??= new LabelBootstrap(columns, this.#figures.rankings, verdicts, options);
    // Of large sets the first intervals are shown early and become steadier.
    let told = performance.now();
    const intervals = await runInSlices(this.#bootstrap.steps(thresholds, verdicts), wanted, (run) => {
      if (run.done < fewestResamples || performance.now() - told < progressMilliseconds) return;
      tell({ kind: 'intervals', intervals: run.intervals() });
      told = performance.now();
    });
    if (intervals === null) return;
    this.#intervals = intervals;
    tell({ kind: 'intervals', intervals });
  }

  choose(goal: ThresholdGoal): ChosenThresholds {
    const found = this.#figures.rankings.map((ranking) => chosen(ranking, goal)?.threshold ?? null);
    return {
      thresholds: Float64Array.from(
        found,
        (threshold, label) => threshold ?? this.#figures.thresholds[label]!,
      ),
      unreached: found.filter((threshold) => threshold === null).length,
    };
  }

  curves(label: number): LabelCurves {
    const ranking = this.#figures.rankings[label];
    if (ranking === undefined) throw new RangeError(`Label ${label} of ${this.#photos.labels.length}`);
    return curvesOf(ranking);
  }

  /** Suspects are found label by label; null when nobody waits any more. */
  async errors(most: number, wanted: () => boolean): Promise<LikelyError[] | null> {
    const steps = likelyLabelErrorSteps(this.#columns, (label) => isTaught(this.#photos, label));
    const found = await runInSlices(steps, wanted);
    if (found === null) return null;
    return Array.from(found.rows.subarray(0, most), (row, n) => ({
      photo: this.#photos.ids[row]!,
      label: this.#photos.labels[found.labels[n]!]!,
      given: found.given[n] === 1,
      suggested: null,
      selfConfidence: found.selfConfidence[n]!,
    }));
  }

  file(kind: ExportKind, nameOf: (id: string) => string): string {
    return labelFigureFile(kind, nameOf, {
      figures: this.#labelFigures(),
      thresholded: this.#figures,
      photos: this.#photoPart,
      intervals: this.#intervals,
    });
  }
}

function chosen(ranking: LabelRanking, goal: ThresholdGoal): ChosenThreshold | null {
  if (goal.kind === 'best-f1') return thresholdOfBestF1(ranking);
  return goal.kind === 'precision'
    ? thresholdOfPrecision(ranking, goal.wanted)
    : thresholdOfRecall(ranking, goal.wanted);
}
