import type { FoundBlock } from '../core/dedup/find-pairs.ts';
import type { PairOutcome, PairTask } from '../core/library/pair-ports.ts';
import type { ContentId } from '../core/library/photo.ts';
import type { StoredThumbnail, VectorChunk } from '../core/library/stored-rows.ts';

/** What a builder worker answers about duplicates, beside `IndexBuilderApi`. One search each. */
export interface PairFinderApi {
  beginPairs(task: PairTask): Promise<void>;
  /** Stored vectors, in the order of contents. */
  takePairVectors(chunks: readonly VectorChunk[]): Promise<void>;
  /** To be called when all vectors are there. */
  runPairs(
    pictures: (contents: readonly ContentId[]) => Promise<(StoredThumbnail | null)[]>,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
  ): Promise<PairOutcome>;
}
