import type { Ranked } from '../vector/top-k.ts';

export interface SearchOptions {
  /** Rows that may be found: bit r & 31 of element r >> 5. All, if absent. */
  readonly allowed?: Uint32Array;
  /** Least cosine, -1..1. None, if absent. */
  readonly minimumScore?: number;
}

/**
 * Finds the vectors most like a query. All vectors are of one model and of unit length, so that the dot product is
 * their cosine. Rows are numbers that the caller gives, best dense from 0.
 */
export interface VectorIndex {
  /** Components of a vector. */
  readonly dim: number;
  /** Vectors in the index. */
  readonly size: number;
  /** Adds or replaces a row. @throws RangeError if the vector has another length */
  add(row: number, vector: Float32Array): void;
  remove(row: number): void;
  /** The row's vector, not to be changed; null if it is not there. */
  get(row: number): Float32Array | null;
  /** Best first: rows and their cosines, at most `k`; equal cosines by lower row. */
  search(query: Float32Array, k: number, options?: SearchOptions): Ranked;
}

/** Whether a row is among those allowed, a bit each. */
export function isAllowed(allowed: Uint32Array, row: number): boolean {
  return ((allowed[row >> 5]! >>> (row & 31)) & 1) === 1;
}

export function allowRow(allowed: Uint32Array, row: number): void {
  allowed[row >> 5]! |= 1 << (row & 31);
}
