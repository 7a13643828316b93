import type { ClassFigures } from '../core/evaluation/class-figures.ts';
import type { ClassIntervals } from '../core/evaluation/class-intervals.ts';
import type { CommonPairs } from '../core/evaluation/common-pairs.ts';
import type { ComparedSets } from '../core/evaluation/compare-sets.ts';
import type { PrecisionRecallCurve, RocCurve } from '../core/evaluation/curves.ts';
import type { JudgedSet } from '../core/evaluation/judged-set.ts';
import type { LabelIntervals } from '../core/evaluation/label-intervals.ts';
import type { MovedThresholds, Run } from '../core/evaluation/run.ts';
import type { Reliability, ScoreHistogram } from '../core/evaluation/score-bins.ts';
import type { LabelSummary, LabelTable } from '../core/evaluation/thresholded-figures.ts';
import type { JudgedScope } from '../core/library/judged-photos.ts';
import type { KeepProblem, StoredVersion } from '../core/library/kept-versions.ts';

export type { StoredVersion as KeptVersion } from '../core/library/kept-versions.ts';

/** What the figures worker asks the library worker for, over the port that joins them. Arrays are handed over. */
export interface FiguresSource {
  /** See `JudgedPhotos.judged`. */
  judged(set: string, scope: JudgedScope): Promise<JudgedSet | null>;
  /** Answers of a kept version, without truth; null: it is gone. */
  version(number: number): Promise<JudgedSet | null>;
}

/** The versions that the person keeps ([Note: Versions]): verbs of the library worker. `set`: `builtInSet` for the model's. */
export interface VersionsApi {
  /** Latest first. */
  keptVersions(set: number): Promise<readonly StoredVersion[]>;
  /** Keeps what the set says now of all judged photos, at these thresholds. */
  keepVersion(set: number, name: string, moved: MovedThresholds): Promise<StoredVersion | KeepProblem>;
  deleteVersion(number: number): Promise<void>;
  /** Takes a deletion of this session back. */
  restoreVersion(number: number): Promise<void>;
}

/** What is judged: a set of labels on some photos. */
export interface FiguresRequest {
  readonly set: string;
  readonly scope: JudgedScope;
  /** Moved thresholds; the others are the set's own. Those of groups of classes go by `wholeOf`. */
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
  /** A label's own figures are NaN where they are 0 / 0; means count that as 0, see `AverageRates`. */
  readonly table: LabelTable;
  readonly summary: LabelSummary;
  readonly truePositives: Uint32Array<ArrayBuffer>;
  readonly falsePositives: Uint32Array<ArrayBuffer>;
  readonly falseNegatives: Uint32Array<ArrayBuffer>;
  readonly trueNegatives: Uint32Array<ArrayBuffer>;
}

/** Figures of a question with one answer per photo. */
export interface GroupFigures {
  /** '' where there is no other. */
  readonly name: string;
  /** [classes] text ids of labels. */
  readonly classes: readonly string[];
  /** Photos of which the class is known. */
  readonly photos: number;
  /** [classes][classes], row: actual, column: predicted. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Below this probability a photo is refused ("none of these"); 0: never. */
  readonly threshold: number;
  /** The set's own. */
  readonly ownThreshold: number;
  /** [classes] photos that are refused. */
  readonly refused: Uint32Array<ArrayBuffer>;
  readonly figures: ClassFigures;
  /** [classes] average precision of each class against the rest. */
  readonly averagePrecision: Float64Array<ArrayBuffer>;
  /** Share of photos whose class is among the first 1, 2, ... guesses; 10 at most. */
  readonly topK: Float64Array<ArrayBuffer>;
  /** [classes] class numbers: most mistakes first; those taken for each other side by side. */
  readonly byConfusion: Uint32Array<ArrayBuffer>;
  readonly byClusters: Uint32Array<ArrayBuffer>;
}

/** The figures of a set, by its kind. */
export type Judged =
  | { readonly kind: 'labels'; readonly figures: LabelFigures }
  | { readonly kind: 'classes'; readonly photos: number; readonly groups: readonly GroupFigures[] };

/** What was said of a photo and is likely wrong. */
export interface LikelyError {
  readonly photo: number;
  /** Text id: what was said, or what was ruled out. */
  readonly label: string;
  readonly given: boolean;
  /** The class that it more likely is; null in sets whose photos have any number of labels. */
  readonly suggested: string | null;
  /** Probability of what was said, 0..1. */
  readonly selfConfidence: number;
}

/**
 * For spreadsheets the table of labels (or confusion matrices), or the points and bars of all charts as drawn, a row each;
 * for programs all figures and charts.
 */
export type ExportKind = 'csv' | 'curves' | 'json';

/** Figures that need each photo's labels together; they follow a move of a threshold. */
export interface PhotoPart {
  /** See `PhotoFigures.subsetAccuracy`. */
  readonly subsetAccuracy: number;
  readonly pairs: CommonPairs;
}

/** What follows the answer, step by step; a newer request ends what is under way. */
export type FiguresEvent =
  | { readonly kind: 'photos'; readonly part: PhotoPart }
  | { readonly kind: 'intervals'; readonly intervals: LabelIntervals }
  | { readonly kind: 'class-intervals'; readonly group: number; readonly intervals: ClassIntervals };

/** Curves and bins of one label; they do not depend on thresholds. */
export interface LabelCurves {
  /** Thinned out to what a chart can show. */
  readonly precisionRecall: PrecisionRecallCurve;
  /** [points of precisionRecall] photos that score at least the threshold. */
  readonly predicted: Uint32Array<ArrayBuffer>;
  readonly roc: RocCurve;
  /** [points of roc] photos that score at least the threshold. */
  readonly rocPredicted: Uint32Array<ArrayBuffer>;
  /** 0..1; NaN unless there are photos with and without the label. */
  readonly rocArea: number;
  readonly reliability: Reliability;
  readonly histogram: ScoreHistogram;
}

/** Ways to choose a threshold for every label from the judged photos. */
export type ThresholdGoal =
  | { readonly kind: 'best-f1' }
  | { readonly kind: 'precision' | 'recall'; readonly wanted: number };

export interface ChosenThresholds {
  /** [labels]; a label for which the goal cannot be reached keeps its present one. */
  readonly thresholds: Float64Array<ArrayBuffer>;
  /** Labels that do. */
  readonly unreached: number;
}

/** What the figures worker answers to the page (Comlink). */
export interface FiguresApi {
  /** Loads truth and scores, anew when photos may have changed. Null: there is no such set, or no model yet. */
  open(request: FiguresRequest, listener: (event: FiguresEvent) => void): Promise<Judged | null>;
  /**
   * Thresholds of [labels], or of [groups] in a set of classes; the rest follows through the listener.
   */
  move(thresholds: Float64Array): Promise<Judged>;
  /**
   * Number of a label in `LabelFigures.labels`, or of a class, counted through the groups, against the rest; behind the
   * classes, of a group: its first guesses, right against wrong.
   */
  curves(label: number): Promise<LabelCurves>;
  /** For sets of labels only. */
  choose(goal: ThresholdGoal): Promise<ChosenThresholds>;
  /** Likely wrong labels by confident learning, most suspect first; some hundreds at most. */
  errors(): Promise<readonly LikelyError[]>;
  /** Two runs side by side; null: a version is gone, or was of another kind, or a newer call took this one's place. */
  compare(before: Run, after: Run): Promise<ComparedSets | null>;
  /** The figures as text of a file. `names`: of labels, by text id. */
  file(kind: ExportKind, names: Readonly<Record<string, string>>): Promise<string>;
}
