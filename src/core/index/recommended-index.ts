/** What index suits a library, and how to search it. */
export interface Recommendation {
  /** Factory string; null: everything stays exact. */
  readonly factory: string | null;
  readonly nprobe: number;
  readonly rerank: number;
}

/** Up to here exact search takes under a millisecond and costs 8 bytes a component; there is nothing to train. */
export const exactUpTo = 4096;

/**
 * [Note: The default index]
 * Product codes of 32 bytes with a calibrated scale are scanned, the best of them scored again by a grid code of what is
 * left. Measured on 256-dimensional embeddings of photos (see FORMAT.md for the layout, scripts/bench for the bench): 192
 * principal axes hold 99.6 % of the variance, and 5 bits on these beat 4 bits on all 256 at fewer bytes.
 *
 * @param rows photos
 * @param dims components of a vector
 */
export function recommendedIndex(rows: number, dims: number): Recommendation {
  if (rows <= exactUpTo) return { factory: null, nprobe: 1, rerank: 0 };
  const lists = Math.max(32, Math.min(4096, 2 ** Math.round(Math.log2(2.3 * Math.sqrt(rows)))));
  const inner = innerFor(dims);
  const bits = inner <= 192 ? 5 : 4;
  const subspaces = subspacesFor(inner);
  const transform = inner < dims || dims % 32 === 0 ? `PCA${inner},` : '';
  return {
    factory: `${transform}IVF${lists},PQ${subspaces}c,Refine(SQ${bits})`,
    // Seen on 200,000 photos, 1024 lists: recall@10 is 0.905 at 16, 0.951 at 32, 0.969 at 64.
    nprobe: Math.max(8, Math.min(64, Math.round(lists / 10))),
    rerank: 100,
  };
}

/** Three quarters of the dimensions, in steps of 32, 256 at most. */
function innerFor(dims: number): number {
  if (dims < 64) return dims;
  return Math.min(256, Math.max(32, Math.round((dims * 0.75) / 32) * 32));
}

/** 32 bytes, or as many as divide a small vector evenly. */
function subspacesFor(inner: number): number {
  for (let m = 32; m > 1; m--) if (inner % m === 0) return m;
  return 1;
}
