import type { BuildProgress } from '../index/sealed-part.ts';
import type { Chunk, ChunkList, Joined } from '../index/snapshot-chunks.ts';
import type { ModelKey } from './photo.ts';
import type { VectorChunk } from './stored-rows.ts';

/** `live`: what searches use. `build`: what a build under way, or cut off, has finished. */
export type IndexSlot = 'live' | 'build';

/** What is kept beside the bytes of an index. */
export interface IndexNote {
  readonly factory: string;
  /** What training and coding have taken, tries that were cut off included. */
  readonly buildMilliseconds: number;
  /** Contents that a build is made of, ascending; null once it is done. */
  readonly contents: Uint32Array<ArrayBuffer> | null;
}

/** See snapshot-chunks.ts. */
export interface StoredIndex {
  readonly note: IndexNote;
  /** Its chunks, put together; refused when one of them was lost by the storage. */
  readonly joined: Joined;
}

/**
 * Chunks that are stored already need not be given; those that no index of the model refers to any more are deleted in
 * the same transaction, so what is stored is always one whole index.
 */
export type IndexChange = { readonly model: ModelKey; readonly slot: IndexSlot } & (
  | {
      readonly kind: 'put';
      readonly note: IndexNote;
      readonly list: ChunkList;
      readonly chunks: readonly Chunk[];
    }
  | { readonly kind: 'drop' }
);

export interface BuildTask {
  readonly factory: string;
  /** Components of a vector. */
  readonly dim: number;
  /** Goes into the snapshot. */
  readonly model: string;
  /** Contents whose vectors the index is to hold, ascending. */
  readonly contents: Uint32Array<ArrayBuffer>;
  /** What an earlier build of the same contents has finished, as its chunks join; null: from the beginning. */
  readonly resume: ArrayBuffer | null;
}

/** What a build has finished (a training record or a snapshot): the chunks that are new since it told last. */
export interface KeptBuild {
  readonly list: ChunkList;
  readonly chunks: readonly Chunk[];
}

export type BuildOutcome =
  | { readonly kind: 'built'; readonly snapshot: ArrayBuffer; readonly list: ChunkList }
  /** `why`: the error's words. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface RunningBuild {
  /** Never rejects. */
  readonly done: Promise<BuildOutcome>;
  cancel(): void;
}

/** Trains and codes, somewhere else. */
export interface IndexBuilder {
  /**
   * Once the build is over, nothing is called any more.
   *
   * @param vectors visits all stored vectors, in the order of contents
   * @param progress called some times a second
   * @param kept called whenever a phase or a piece is finished: what a later build can go on from
   */
  start(
    task: BuildTask,
    vectors: (visit: (chunk: VectorChunk) => Promise<boolean>) => Promise<void>,
    progress: (progress: BuildProgress) => void,
    kept: (kept: KeptBuild) => void,
  ): RunningBuild;
}
