import { outputsOf, type TaughtHead } from '../learning/head.ts';
import type { TeachReport } from '../learning/teach-report.ts';
import type { LeftOut } from '../learning/teachable.ts';
import type { TeachProgress } from '../learning/teaching.ts';
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
  /** Learn as strictly as the last time, in place of trying it out again: sooner. */
  readonly sameStrictness: boolean;
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
  /** [photos][signatureBytes]: their looks; zeros: not known. */
  readonly signatures: Uint8Array<ArrayBuffer>;
  /** [photos]: not 0 where a photo judges; null: folds. */
  readonly validation: Uint8Array<ArrayBuffer> | null;
  readonly refuses: boolean;
  readonly warmStart: TaughtHead | null;
  /** Penalties of the last teaching, by the groups' names; null: to be chosen. */
  readonly knownPenalties: ReadonlyMap<string, number> | null;
  readonly choices: TeachChoices;
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

/** Which labels a head gives to consecutive contents, see `GivenTags`. */
export interface TaughtChunk {
  readonly set: number;
  readonly chunk: number;
  /** [rows]: how many labels each content gets; 65535: it was not scored. */
  readonly lengths: Uint16Array<ArrayBuffer>;
  /** Their numbers, content by content. */
  readonly labels: Uint32Array<ArrayBuffer>;
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

/**
 * The head with what is said of further photos; those that it has already, and those that are not here (null), are passed
 * over. The same object where nothing is new.
 *
 * @param heldOut [photos][outputs], row-major
 */
export function withPhotos(
  head: StoredHead,
  photos: readonly (PhotoId | null)[],
  heldOut: Float32Array,
): StoredHead {
  const outputs = outputsOf(head.head.groups);
  if (heldOut.length !== photos.length * outputs) return head;
  const rows = new Map<number, Float32Array>();
  head.photos.forEach((photo, row) => {
    rows.set(photo, head.heldOut.subarray(row * outputs, (row + 1) * outputs));
  });
  photos.forEach((photo, row) => {
    if (photo !== null && !rows.has(photo))
      rows.set(photo, heldOut.subarray(row * outputs, (row + 1) * outputs));
  });
  if (rows.size === head.photos.length) return head;
  const all = Uint32Array.from(rows.keys()).sort();
  const whole = new Float32Array(all.length * outputs);
  all.forEach((photo, row) => {
    whole.set(rows.get(photo)!, row * outputs);
  });
  return { ...head, photos: all, heldOut: whole };
}
