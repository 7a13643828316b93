import type { FoundBlock } from '../dedup/find-pairs.ts';
import type { PairChunk } from '../dedup/pair-columns.ts';
import type { MoreRows } from '../dedup/pair-rows.ts';
import type { ContentId } from './photo.ts';
import type { StoredThumbnail, VectorChunk } from './stored-rows.ts';

/** What one search for pairs has found and finished: written in one transaction. */
export interface StoredPairs extends PairChunk {
  /** 1, 2, ... */
  readonly chunk: number;
  /** Number of the model by whose vectors they were found. */
  readonly model: number;
  /** Contents that are compared with all that were there. */
  readonly compared: Uint32Array<ArrayBuffer>;
}

export interface PairTask {
  readonly dim: number;
  /** Ascending. */
  readonly contents: Uint32Array<ArrayBuffer>;
  /** [contents] milliseconds, see [Note: Wall-clock times]. */
  readonly times: Float64Array<ArrayBuffer>;
  /** [contents, signatureBytes], see [Note: Photo signature]; zeros where there is none. */
  readonly signatures: Uint8Array<ArrayBuffer>;
  /** Of those the ones that are to be compared with all. */
  readonly fresh: Uint32Array<ArrayBuffer>;
  /** Copies that are known: first and second of each, [2 x n]. */
  readonly known: Uint32Array<ArrayBuffer>;
}

/** Contents that came in since a search began: they are compared with all, too. None of them is in its task. */
export interface MorePairs extends MoreRows {
  /** As of `PairTask`. */
  readonly signatures: Uint8Array<ArrayBuffer>;
}

export type PairOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface RunningPairs {
  /** Never rejects. */
  readonly done: Promise<PairOutcome>;
  cancel(): void;
}

/** Searches for pairs, somewhere else. */
export interface PairFinder {
  /**
   * @param vectors visits all stored vectors, in the order of contents
   * @param pictures thumbnails of contents; null where there is none
   * @param found called with what is finished; the search goes on when it is kept
   * @param more asked when all is compared and kept, answers when there is more or there will be none: null
   * @param isInBackground asked again and again: something more urgent goes on, as little as will do
   */
  start(
    task: PairTask,
    vectors: (visit: (chunk: VectorChunk) => Promise<boolean>) => Promise<void>,
    pictures: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
    more: () => Promise<MorePairs | null>,
    isInBackground: () => boolean,
  ): RunningPairs;
}
