import type { CommonPairs } from '../core/evaluation/common-pairs.ts';
import type { PrecisionRecallCurve, RocCurve } from '../core/evaluation/curves.ts';
import type { LabelIntervals } from '../core/evaluation/label-intervals.ts';
import type { LabelledPhotos } from '../core/evaluation/labelled-photos.ts';
import type { Reliability, ScoreHistogram } from '../core/evaluation/score-bins.ts';
import type { LabelSummary, LabelTable } from '../core/evaluation/thresholded-figures.ts';
import type { PhotoQuery } from '../core/library/photo-query.ts';

/** What the figures worker asks the library worker for, over the port that joins them. Arrays are handed over. */
export interface FiguresSource {
  /** See `JudgedPhotos.labelled`. */
  labelled(set: string, scope: PhotoQuery | null): Promise<LabelledPhotos | null>;
}

/** What is judged: a set of labels on the photos of a query, or on all. */
export interface FiguresRequest {
  readonly set: string;
  readonly scope: PhotoQuery | null;
  /** Moved thresholds by label id; the others are the set's own. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** Figures at the present thresholds; [labels] each, in the order of `labels`. */
export interface LabelFigures {
  /** Photos of which at least one label is known. */
  readonly photos: number;
  /** Text ids. */
  readonly labels: readonly string[];
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** The set's own. */
  readonly ownThresholds: Float64Array<ArrayBuffer>;
  /** What is 0 / 0 is NaN and left out of means, as scikit-learn has it with `zero_division=nan`. */
  readonly table: LabelTable;
  readonly summary: LabelSummary;
  readonly truePositives: Uint32Array<ArrayBuffer>;
  readonly falsePositives: Uint32Array<ArrayBuffer>;
  readonly falseNegatives: Uint32Array<ArrayBuffer>;
  readonly trueNegatives: Uint32Array<ArrayBuffer>;
}

/** Figures that need each photo's labels together; they follow a move of a threshold. */
export interface PhotoPart {
  /** See `PhotoFigures.subsetAccuracy`. */
  readonly subsetAccuracy: number;
  readonly pairs: CommonPairs;
}

/** What follows the answer, step by step; a newer request ends what is under way. */
export type FiguresEvent =
  | { readonly kind: 'photos'; readonly part: PhotoPart }
  | { readonly kind: 'intervals'; readonly intervals: LabelIntervals };

/** Curves and bins of one label; they do not depend on thresholds. */
export interface LabelCurves {
  /** Thinned out to what a chart can show. */
  readonly precisionRecall: PrecisionRecallCurve;
  readonly roc: RocCurve;
  /** 0..1; NaN unless there are photos with and without the label. */
  readonly rocArea: number;
  readonly reliability: Reliability;
  readonly histogram: ScoreHistogram;
}

/** Ways to choose a threshold for every label from the judged photos. */
export type ThresholdGoal =
  | { readonly kind: 'best-f1' }
  | { readonly kind: 'precision' | 'recall'; readonly wanted: number };

/** What the figures worker answers to the page (Comlink). */
export interface FiguresApi {
  /** Loads truth and scores, anew when photos may have changed. Null: there is no such set, or no model yet. */
  open(request: FiguresRequest, listener: (event: FiguresEvent) => void): Promise<LabelFigures | null>;
  /** [labels] thresholds; the rest follows through the listener. */
  move(thresholds: Float64Array): Promise<LabelFigures>;
  /** Number of a label in `LabelFigures.labels`. */
  curves(label: number): Promise<LabelCurves>;
  /** [labels] thresholds; a label for which the goal cannot be reached keeps its present one. */
  choose(goal: ThresholdGoal): Promise<Float64Array<ArrayBuffer>>;
}
