import { averagePrecision } from './curves.ts';
import type { LabelColumns } from './label-columns.ts';
import { type LabelRanking, pointsAbove, rankLabel } from './label-ranking.ts';
import {
  type AverageRates,
  averageRates,
  type LabelRates,
  labelRates,
  meanOfDefined,
  ratio,
} from './rates.ts';

/** The table of labels: a row per label, [labels] each. */
export interface LabelTable extends LabelRates {
  /** Average precision; does not depend on the threshold. NaN for a label that no photo has. */
  readonly averagePrecision: Float64Array<ArrayBuffer>;
}

/** The figures over all labels that thresholds change, and mAP. */
export interface LabelSummary extends AverageRates {
  /** Mean of the average precisions of the labels that some photo has, 0..1; NaN without any. */
  readonly meanAveragePrecision: number;
  /** Share of the judged photo-label pairs that are wrong, 0..1; NaN without any. */
  readonly hammingLoss: number;
}

/**
 * Ranks every label, one a step, so that a worker can stay responsive, show labels as they come, or stop.
 *
 * @yields the number of labels done
 */
export function* rankLabelSteps(columns: LabelColumns): Generator<number, LabelRanking[]> {
  const rankings: LabelRanking[] = [];
  for (let label = 0; label < columns.labelCount; label++) {
    rankings.push(rankLabel(columns.truthOf(label), columns.scoresOf(label)));
    yield label + 1;
  }
  return rankings;
}

/**
 * The 2x2 of every label under movable thresholds. Moving one is a binary search in that label's ranking; no figure reads
 * photos again, and average precision is computed once.
 */
export class ThresholdedFigures {
  readonly #rankings: LabelRanking[];
  /** [labels] a photo is predicted when its score is at least this. Moved by `moveThreshold`; not to be written to. */
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** [labels] each; live. */
  readonly truePositives: Uint32Array<ArrayBuffer>;
  readonly falsePositives: Uint32Array<ArrayBuffer>;
  readonly falseNegatives: Uint32Array<ArrayBuffer>;
  readonly trueNegatives: Uint32Array<ArrayBuffer>;
  readonly #averagePrecisions: Float64Array<ArrayBuffer>;

  /**
   * @param rankings one per label
   * @param thresholds one for all, or [labels]
   */
  constructor(rankings: readonly LabelRanking[], thresholds: number | ArrayLike<number>) {
    const labels = rankings.length;
    if (typeof thresholds !== 'number' && thresholds.length !== labels) {
      throw new RangeError(`${thresholds.length} thresholds for ${labels} labels`);
    }
    this.#rankings = [...rankings];
    this.thresholds = new Float64Array(labels);
    this.truePositives = new Uint32Array(labels);
    this.falsePositives = new Uint32Array(labels);
    this.falseNegatives = new Uint32Array(labels);
    this.trueNegatives = new Uint32Array(labels);
    this.#averagePrecisions = Float64Array.from(rankings, averagePrecision);
    for (let label = 0; label < labels; label++) {
      this.moveThreshold(label, typeof thresholds === 'number' ? thresholds : thresholds[label]!);
    }
  }

  /** [labels] as they are now. */
  get rankings(): readonly LabelRanking[] {
    return this.#rankings;
  }

  /** After a label of a photo was corrected: takes the label's new ranking, at its threshold. */
  replaceRanking(label: number, ranking: LabelRanking): void {
    if (label < 0 || label >= this.#rankings.length) {
      throw new RangeError(`Label ${label} of ${this.#rankings.length}`);
    }
    this.#rankings[label] = ranking;
    this.#averagePrecisions[label] = averagePrecision(ranking);
    this.moveThreshold(label, this.thresholds[label]!);
  }

  /** O(log photos). */
  moveThreshold(label: number, threshold: number): void {
    const ranking = this.#rankings[label];
    if (ranking === undefined) throw new RangeError(`Label ${label} of ${this.#rankings.length}`);
    if (Number.isNaN(threshold)) throw new RangeError(`The threshold of label ${label} is not a number`);
    const point = pointsAbove(ranking, threshold) - 1;
    const tp = point < 0 ? 0 : ranking.truePositives[point]!;
    const fp = point < 0 ? 0 : ranking.falsePositives[point]!;
    this.thresholds[label] = threshold;
    this.truePositives[label] = tp;
    this.falsePositives[label] = fp;
    this.falseNegatives[label] = ranking.positives - tp;
    this.trueNegatives[label] = ranking.negatives - fp;
  }

  /** One threshold for every label. */
  moveAll(threshold: number): void {
    for (let label = 0; label < this.#rankings.length; label++) this.moveThreshold(label, threshold);
  }

  /** Precision, recall, F1, AP and support of every label, as they are now. */
  table(): LabelTable {
    return { ...labelRates(this), averagePrecision: this.#averagePrecisions.slice() };
  }

  /** The figures over all labels, as they are now. */
  summary(): LabelSummary {
    let wrong = 0;
    let judged = 0;
    this.#rankings.forEach(({ positives, negatives }, label) => {
      wrong += this.falsePositives[label]! + this.falseNegatives[label]!;
      judged += positives + negatives;
    });
    return {
      ...averageRates(this),
      meanAveragePrecision: meanOfDefined(this.#averagePrecisions),
      hammingLoss: ratio(wrong, judged, Number.NaN),
    };
  }

  /** Labels with fewer positives than that, whose figures are little more than chance; label numbers, ascending. */
  labelsWithFewPositives(fewest = 10): number[] {
    return [...this.#rankings.keys()].filter((label) => this.#rankings[label]!.positives < fewest);
  }
}
