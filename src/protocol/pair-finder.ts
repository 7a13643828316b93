import type { CheckPairs, FoundBlock } from '../core/dedup/find-pairs.ts';
import type { PairCheck } from '../core/dedup/pair-tier.ts';
import type { MorePairs, PairOutcome, PairTask } from '../core/library/pair-ports.ts';
import type { StoredThumbnail, VectorChunk } from '../core/library/stored-rows.ts';

/** What a builder worker answers that looks for pairs, beside `IndexBuilderApi`. One search each. */
export interface PairFinderApi {
  beginPairs(task: PairTask): Promise<void>;
  /** Stored vectors, in the order of contents. */
  takePairVectors(chunks: readonly VectorChunk[]): Promise<void>;
  /** To be called when all vectors are there. */
  runPairs(
    check: CheckPairs,
    found: (blocks: readonly FoundBlock[]) => Promise<void>,
    more: () => Promise<MorePairs | null>,
  ): Promise<PairOutcome>;
}

/** Some pairs to compare point by point, and the pictures of those contents. */
export interface CheckJob {
  readonly pairs: readonly (readonly [number, number])[];
  /** By content; null where there is none. */
  readonly thumbnails: ReadonlyMap<number, StoredThumbnail | null>;
}

/** What a builder worker answers that compares pictures for a search for pairs. */
export interface PairCheckerApi {
  /** One answer for each pair; null: different pictures. */
  checkPairs(job: CheckJob): Promise<readonly (PairCheck | null)[]>;
}
