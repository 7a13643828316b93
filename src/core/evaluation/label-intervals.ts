import type { LabelColumns } from './label-columns.ts';
import { type LabelRanking, pointsAbove } from './label-ranking.ts';
import { matchingRows } from './matching-rows.ts';
import { type RankedPhotos, rankedPhotos } from './ranked-photos.ts';
import { averageRates, meanOfDefined, ratesOf } from './rates.ts';
import {
  type BootstrapOptions,
  type Interval,
  type PackedWeights,
  packedResampler,
  packedResamples,
  percentileInterval,
  resampleCount,
} from './resample.ts';
import { notKnown, right } from './truth.ts';

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
const stepSize = 1 << 19;

/** What does not depend on thresholds, of one label, [resamples] each. */
interface Fixed {
  readonly averagePrecision: Float64Array<ArrayBuffer>;
  /** Photos with the label, as often as they were drawn. */
  readonly positives: Float64Array<ArrayBuffer>;
}

/**
 * Intervals by resampling photos (those with a known label), four resamples at a time, in steps of a few milliseconds.
 * Average precision is resampled once; after a threshold move only photos above the thresholds are read again.
 * Memory: 4 bytes per judged photo-label pair, 16 per label and resample.
 */
export class LabelBootstrap {
  readonly #rowCount: number;
  readonly #judged: Uint32Array<ArrayBuffer>;
  readonly #rankings: readonly LabelRanking[];
  readonly #photos: RankedPhotos[] = [];
  readonly #columns: LabelColumns;
  readonly #seed: number;
  readonly #resamples: number;
  readonly #fixed: readonly Fixed[];
  /** Resamples of which `#fixed` is complete. */
  #fixedUpTo = 0;

  /**
   * @param rankings [labels] of the same columns
   * @param verdicts [rows] of `PhotoFigures`, at any thresholds: they tell which photos are judged
   */
  constructor(
    columns: LabelColumns,
    rankings: readonly LabelRanking[],
    verdicts: Uint8Array,
    options: BootstrapOptions,
  ) {
    if (rankings.length !== columns.labelCount || verdicts.length !== columns.rowCount) {
      throw new RangeError(
        `${rankings.length} rankings, ${verdicts.length} photos; expected ${columns.labelCount}, ${columns.rowCount}`,
      );
    }
    this.#columns = columns;
    this.#rankings = rankings;
    this.#rowCount = columns.rowCount;
    this.#judged = matchingRows(columns.rowCount, (row) => verdicts[row] !== notKnown);
    this.#seed = options.seed;
    this.#resamples = resampleCount(options);
    this.#fixed = rankings.map(() => ({
      averagePrecision: new Float64Array(this.#resamples),
      positives: new Float64Array(this.#resamples),
    }));
  }

  /**
   * Intervals at some thresholds; stop calling to cancel.
   *
   * @param thresholds [labels]
   * @param verdicts [rows] of `PhotoFigures` at these thresholds
   * @yields a run that tells how far it is and what it has by then
   */
  *steps(thresholds: ArrayLike<number>, verdicts: Uint8Array): Generator<LabelRun, LabelIntervals> {
    const labels = this.#rankings.length;
    if (thresholds.length !== labels || verdicts.length !== this.#rowCount) {
      throw new RangeError(
        `${thresholds.length} thresholds, ${verdicts.length} photos; expected ${labels}, ${this.#rowCount}`,
      );
    }
    const run = new LabelRun(labels, this.#resamples, this.#fixed);
    for (let label = this.#photos.length; label < labels; label++) {
      const { truthOf, scoresOf } = this.#columns;
      this.#photos.push(rankedPhotos(truthOf(label), scoresOf(label), this.#rankings[label]!));
      yield run;
    }
    const cuts = this.#rankings.map((ranking, label) => {
      const point = pointsAbove(ranking, thresholds[label]!) - 1;
      return point < 0
        ? { positives: 0, negatives: 0 }
        : { positives: ranking.truePositives[point]!, negatives: ranking.falsePositives[point]! };
    });
    const faultless = matchingRows(this.#rowCount, (row) => verdicts[row] === right);
    const draw = packedResampler(this.#judged, this.#rowCount, this.#seed);
    const sums = new Float64Array(packedResamples);
    let read = 0;
    for (let first = 0; first < this.#resamples; first += packedResamples) {
      const weights = draw();
      read += 2 * packedResamples * this.#judged.length;
      for (let label = 0; label < labels; label++) {
        const photos = this.#photos[label]!;
        const { positives, negatives } = cuts[label]!;
        if (first >= this.#fixedUpTo) {
          resampleLabel(photos, weights, first, this.#fixed[label]!);
          read += photos.positives.length + (photos.negativesAt.at(-1) ?? 0);
        }
        addWeights(photos.positives, 0, positives, weights, sums.fill(0));
        run.truePositives.set(sums, label * packedResamples);
        addWeights(photos.negatives, 0, negatives, weights, sums.fill(0));
        run.falsePositives.set(sums, label * packedResamples);
        read += positives + negatives;
        if (read >= stepSize) {
          read = 0;
          yield run;
        }
      }
      addWeights(faultless, 0, faultless.length, weights, sums.fill(0));
      this.#fixedUpTo = Math.max(this.#fixedUpTo, first + packedResamples);
      run.complete(first, sums, this.#judged.length);
    }
    return run.intervals();
  }
}

/** One run through the resamples: what was found by now. */
export class LabelRun {
  /** [labels][packedResamples] weighted counts of the resamples under way. */
  readonly truePositives: Float64Array<ArrayBuffer>;
  readonly falsePositives: Float64Array<ArrayBuffer>;
  readonly #resamples: number;
  readonly #fixed: readonly Fixed[];
  readonly #means: readonly Float64Array<ArrayBuffer>[];
  readonly #labelF1: readonly Float64Array<ArrayBuffer>[];
  /** Resamples that are complete. */
  done = 0;

  constructor(labels: number, resamples: number, fixed: readonly Fixed[]) {
    this.truePositives = new Float64Array(labels * packedResamples);
    this.falsePositives = new Float64Array(labels * packedResamples);
    this.#resamples = resamples;
    this.#fixed = fixed;
    this.#means = Array.from({ length: 5 }, () => new Float64Array(resamples));
    this.#labelF1 = fixed.map(() => new Float64Array(resamples));
  }

  /** Takes in the figures of the resamples under way. */
  complete(first: number, faultless: Float64Array, judged: number): void {
    const labels = this.#fixed.length;
    const outcomes = {
      truePositives: new Float64Array(labels),
      falsePositives: new Float64Array(labels),
      falseNegatives: new Float64Array(labels),
    };
    const precisions = new Float64Array(labels);
    const last = Math.min(packedResamples, this.#resamples - first);
    for (let r = 0; r < last; r++) {
      const n = first + r;
      for (let label = 0; label < labels; label++) {
        const tp = this.truePositives[label * packedResamples + r]!;
        const fp = this.falsePositives[label * packedResamples + r]!;
        const fn = this.#fixed[label]!.positives[n]! - tp;
        outcomes.truePositives[label] = tp;
        outcomes.falsePositives[label] = fp;
        outcomes.falseNegatives[label] = fn;
        precisions[label] = this.#fixed[label]!.averagePrecision[n]!;
        this.#labelF1[label]![n] = ratesOf(tp, fp, fn, Number.NaN).f1;
      }
      const averages = averageRates(outcomes);
      const figures = [
        meanOfDefined(precisions),
        averages.micro.f1,
        averages.macro.f1,
        averages.cf1,
        faultless[r]! / judged,
      ];
      figures.forEach((figure, at) => {
        this.#means[at]![n] = figure;
      });
    }
    this.done = first + last;
  }

  /** From the resamples that are complete. */
  intervals(): LabelIntervals {
    const of = (values: Float64Array) => percentileInterval(values.subarray(0, this.done));
    const [map, microF1, macroF1, cf1, subset] = this.#means.map(of);
    return {
      meanAveragePrecision: map!,
      microF1: microF1!,
      macroF1: macroF1!,
      cf1: cf1!,
      subsetAccuracy: subset!,
      labelF1: this.#labelF1.map(of),
      labelAveragePrecision: this.#fixed.map(({ averagePrecision }) => of(averagePrecision)),
    };
  }
}

/** Average precision and photos with the label, of four resamples. */
function resampleLabel(
  { positives, negatives, positivesAt, negativesAt }: RankedPhotos,
  weights: PackedWeights,
  first: number,
  { averagePrecision, positives: drawn }: Fixed,
): void {
  const all = new Float64Array(packedResamples);
  const found = new Float64Array(packedResamples);
  const gained = new Float64Array(packedResamples);
  const area = new Float64Array(packedResamples);
  let positive = 0;
  let negative = 0;
  for (let step = 0; step < positivesAt.length; step++) {
    const lastPositive = positivesAt[step]!;
    const lastNegative = negativesAt[step]!;
    if (lastNegative > negative) addWeights(negatives, negative, lastNegative, weights, all);
    gained.fill(0);
    addWeights(positives, positive, lastPositive, weights, gained);
    for (let r = 0; r < packedResamples; r++) {
      const gain = gained[r]!;
      if (gain === 0) continue;
      all[r]! += gain;
      found[r]! += gain;
      area[r]! += (gain * found[r]!) / all[r]!;
    }
    positive = lastPositive;
    negative = lastNegative;
  }
  for (let r = 0; r < packedResamples && first + r < averagePrecision.length; r++) {
    averagePrecision[first + r] = found[r] === 0 ? Number.NaN : area[r]! / found[r]!;
    drawn[first + r] = found[r]!;
  }
}

/** Adds up how often some photos were drawn, in each of four resamples. */
function addWeights(
  rows: Uint32Array,
  from: number,
  to: number,
  { words, addable }: PackedWeights,
  sums: Float64Array,
): void {
  for (let start = from; start < to; start += addable) {
    const end = Math.min(to, start + addable);
    let packed = 0;
    for (let n = start; n < end; n++) packed = (packed + words[rows[n]!]!) | 0;
    sums[0]! += packed & 255;
    sums[1]! += (packed >>> 8) & 255;
    sums[2]! += (packed >>> 16) & 255;
    sums[3]! += packed >>> 24;
  }
}
