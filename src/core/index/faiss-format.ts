import type { Metric } from './trained-index.ts';

/**
 * Files of Faiss (write_index / read_index), as plain data: flat, 8-bit scalar, product quantiser, inverted lists of the
 * first and the third, a linear transform before and an id map around them. `readFaiss` and `writeFaiss` are exact inverses.
 */
export interface FaissHeader {
  readonly dims: number;
  readonly count: number;
  readonly metric: Metric;
}

export interface FaissFlat extends FaissHeader {
  readonly kind: 'flat';
  /** [count][dims] */
  readonly vectors: Float32Array;
}

export interface FaissScalar extends FaissHeader {
  readonly kind: 'scalar';
  /** [dims] least values, [dims] widths. */
  readonly ranges: Float32Array;
  /** [count][dims] */
  readonly codes: Uint8Array;
}

export interface FaissQuantiser {
  readonly subspaces: number;
  /** [subspaces][256][dims / subspaces] */
  readonly codebooks: Float32Array;
}

export interface FaissProduct extends FaissHeader {
  readonly kind: 'product';
  readonly quantiser: FaissQuantiser;
  /** [count][subspaces] */
  readonly codes: Uint8Array;
}

export interface FaissList {
  readonly ids: readonly number[];
  /** [ids][code size] */
  readonly codes: Uint8Array;
}

export interface FaissInverted extends FaissHeader {
  readonly kind: 'inverted';
  readonly nprobe: number;
  /** The centroids; its metric is the order in which lists are visited. */
  readonly coarse: FaissFlat;
  /** Null: the lists hold float vectors. Else codes of what a vector has over its centroid. */
  readonly quantiser: FaissQuantiser | null;
  readonly lists: readonly FaissList[];
}

export interface FaissTransform {
  /** "LTra", "rrot" or "PcAm"/"Pcam": what the file called it. */
  readonly tag: string;
  readonly inDims: number;
  readonly outDims: number;
  /** [outDims][inDims] */
  readonly matrix: Float32Array;
  /** [outDims], or empty. */
  readonly bias: Float32Array;
  /** What a PCA keeps beside its matrix, as bytes; empty for others. */
  readonly extra: Uint8Array;
}

export interface FaissTransformed extends FaissHeader {
  readonly kind: 'transformed';
  readonly transforms: readonly FaissTransform[];
  readonly inner: FaissIndex;
}

export interface FaissMapped extends FaissHeader {
  readonly kind: 'mapped';
  /** "IxMp" or "IxM2". */
  readonly tag: string;
  readonly ids: readonly number[];
  readonly inner: FaissIndex;
}

export type FaissIndex =
  | FaissFlat
  | FaissScalar
  | FaissProduct
  | FaissInverted
  | FaissTransformed
  | FaissMapped;
