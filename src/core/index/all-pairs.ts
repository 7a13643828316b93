import type { LiveIndex } from './live-index.ts';
import type { VectorSource } from './trained-index.ts';

/** Pairs of rows at least as similar as asked for, each pair once. */
export interface SimilarPairs {
  /** [pairs], the smaller id. */
  readonly first: Uint32Array<ArrayBuffer>;
  /** [pairs], the larger id. */
  readonly second: Uint32Array<ArrayBuffer>;
  /** [pairs], cosines. */
  readonly scores: Float32Array<ArrayBuffer>;
  /** Rows that had more neighbours than `most`, so that some of their pairs may be missing. */
  readonly crowded: number;
}

export interface AllPairsOptions {
  /** Least cosine. */
  readonly minimumScore: number;
  /** Neighbours looked at per row. Default 64. */
  readonly most?: number;
  /** Lists visited per row. Default 8: what is nearly equal lies in the same list or the next ones. */
  readonly nprobe?: number;
}

/** A pair is kept as one number below 2^52: smaller id times this, plus the larger. */
const pairBase = 2 ** 26;
/** Rows searched between two steps. */
const stepRows = 64;

/**
 * All pairs of rows of at least `minimumScore`, for duplicates: every vector of the source is searched for in the index.
 * A pair is found from either side, so both would have to miss it.
 *
 * @param source the stored vectors of the index's rows
 * @yields 0..1, the share done, every 64 rows
 * @throws RangeError when a row's number is 2^26 or more
 */
export function* similarPairs(
  index: LiveIndex,
  source: VectorSource,
  { minimumScore, most = 64, nprobe = 8 }: AllPairsOptions,
): Generator<number, SimilarPairs> {
  const pairs = new Map<number, number>();
  let crowded = 0;
  const block = new Float32Array(stepRows * index.dim);
  for (let first = 0; first < source.count; first += stepRows) {
    const rows = Math.min(stepRows, source.count - first);
    source.read(first, rows, block);
    for (let n = 0; n < rows; n++) {
      const id = source.id(first + n);
      if (!index.has(id)) continue;
      if (id >= pairBase) throw new RangeError(`row ${id}; pairs are for rows below ${pairBase}`);
      const query = block.subarray(n * index.dim, (n + 1) * index.dim);
      // One more: a row finds itself.
      const { ids, scores } = index.search(query, most + 1, { minimumScore, nprobe });
      if (ids.length > most) crowded++;
      ids.forEach((other, at) => {
        if (other === id) return;
        const key = Math.min(id, other) * pairBase + Math.max(id, other);
        pairs.set(key, Math.max(scores[at]!, pairs.get(key) ?? -1));
      });
    }
    yield (first + rows) / source.count;
  }
  const keys = Float64Array.from(pairs.keys()).sort();
  return {
    first: Uint32Array.from(keys, (key) => Math.floor(key / pairBase)),
    second: Uint32Array.from(keys, (key) => key % pairBase),
    scores: Float32Array.from(keys, (key) => pairs.get(key)!),
    crowded,
  };
}
