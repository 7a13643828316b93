import type { LeftOut } from './teachable.ts';

/** How good a taught label is on photos that its model never saw; shares are 0..1, NaN where there is nothing to tell. */
export interface LabelFigures {
  /** The label's number, as a text. */
  readonly label: string;
  readonly positives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly averagePrecision: number;
}

export interface GroupFigures {
  readonly name: string;
  /** Held-out photos with a known class. */
  readonly photos: number;
  readonly accuracy: number;
}

export interface TeachReport {
  /** Photos that were learned from; those that a split sets apart are not among them. */
  readonly photos: number;
  /** Photos that a split sets apart to judge; missing: none, or it is not known (of before that was counted). */
  readonly judging?: number | undefined;
  readonly heldOutBy: 'folds' | 'split';
  /** Whether near-duplicates were kept on one side: if not, the figures may flatter. */
  readonly together: boolean;
  /** Photos that have a near-duplicate among the others: each lot stays on one side. */
  readonly nearDuplicates: number;
  /** Photos that were to judge but teach, since a near-duplicate does. */
  readonly moved: number;
  /** Of each taught group; missing in reports of before there was one for each. */
  readonly penalties?: readonly number[] | undefined;
  readonly converged: boolean;
  readonly notCalibrated: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly labels: readonly LabelFigures[];
  /** Of groups with one label per photo. */
  readonly groups: readonly GroupFigures[];
  /** Mean of the labels' average precisions. */
  readonly meanAveragePrecision: number;
  /** What teaching took. */
  readonly milliseconds: number;
}
