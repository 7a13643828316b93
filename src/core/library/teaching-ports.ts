import type { TaughtHead } from '../learning/head.ts';
import type { TeachProgress } from '../learning/teach.ts';
import type { LeftOut } from '../learning/teachable.ts';
import type { GroupTruth } from '../learning/truth.ts';
import type { ModelKey, PhotoId } from './photo.ts';

/** How the thresholds of sigmoid labels are chosen, on held-out photos. */
export type ThresholdRule =
  | { readonly kind: 'best-f1' }
  /** The most photos at a precision of `wanted`, 0..1. */
  | { readonly kind: 'precision'; readonly wanted: number }
  /** The fewest photos at a recall of `wanted`, 0..1. */
  | { readonly kind: 'recall'; readonly wanted: number };

/** What the person can choose of teaching. */
export interface TeachChoices {
  readonly thresholds: ThresholdRule;
  /** Rare labels weigh as much as common ones. */
  readonly balanced: boolean;
  /** Near-duplicates stay on one side of a split. */
  readonly together: boolean;
}

/** What is taught: labelled photos with their vectors. */
export interface TeachTask {
  /** [photos][dims], row-major, unit length. */
  readonly embeddings: Float32Array<ArrayBuffer>;
  readonly dims: number;
  readonly model: ModelKey;
  /** Labels are given by their numbers, as texts. */
  readonly groups: readonly GroupTruth[];
  /** [photos]: equal numbers are equal bytes. */
  readonly contents: Uint32Array<ArrayBuffer>;
  /** [photos]: not 0 where a photo judges; null: folds. */
  readonly validation: Uint8Array<ArrayBuffer> | null;
  readonly refuses: boolean;
  readonly warmStart: TaughtHead | null;
  readonly choices: TeachChoices;
}

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
  /** Photos of which anything is known. */
  readonly photos: number;
  readonly heldOutBy: 'folds' | 'split';
  /** Whether near-duplicates were kept on one side: if not, the figures may flatter. */
  readonly together: boolean;
  /** Photos that have a near-duplicate among the others: each lot stays on one side. */
  readonly nearDuplicates: number;
  /** Photos that were to judge but teach, since a near-duplicate does. */
  readonly moved: number;
  readonly penalty: number;
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

export type TeachOutcome =
  | {
      readonly kind: 'taught';
      readonly head: TaughtHead;
      /** [photos][outputs], row-major: by models that never saw the photo; NaN: not held out. */
      readonly heldOut: Float32Array<ArrayBuffer>;
      readonly report: TeachReport;
    }
  | { readonly kind: 'refused'; readonly leftOut: readonly LeftOut[] }
  /** `why`: the error's words. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface RunningTeaching {
  /** Never rejects. */
  readonly done: Promise<TeachOutcome>;
  cancel(): void;
}

/** Teaches, somewhere else. */
export interface HeadTeacher {
  /** @param progress called some times a second */
  teach(task: TeachTask, progress: (progress: TeachProgress) => void): RunningTeaching;
}

/** The last teaching of a set. */
export interface StoredHead {
  readonly set: number;
  /** 1, 2, ...: grows with each teaching of the set. */
  readonly version: number;
  readonly model: ModelKey;
  /** Milliseconds since 1970. */
  readonly taughtAt: number;
  /** Labels by number, as texts. */
  readonly head: TaughtHead;
  /** [rows]: the labelled photos of that teaching, ascending. */
  readonly photos: Uint32Array<ArrayBuffer>;
  /** [rows][outputs], as `TeachOutcome`'s. */
  readonly heldOut: Float32Array<ArrayBuffer>;
  /** Null for a head that was imported. */
  readonly report: TeachReport | null;
}

/** For `PhotoId`s, where rows of a stored head are sought. */
export function rowOfPhoto({ photos }: StoredHead, photo: PhotoId): number {
  let low = 0;
  let high = photos.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (photos[middle]! < photo) low = middle + 1;
    else high = middle;
  }
  return photos[low] === photo ? low : -1;
}
