import { recordBytes } from '../index/stored-vectors.ts';
import type { VectorChunk } from './stored-rows.ts';

/** The stored vectors of some contents, gathered from the chunks of all of them. */
export class CollectedVectors {
  readonly #contents: Uint32Array;
  readonly #dim: number;
  /** [contents][recordBytes(dim)] */
  readonly records: Uint8Array<ArrayBuffer>;
  /** Chunks that came, ascending, have filled records before this one. */
  #filled = 0;

  /** @param contents ascending */
  constructor(contents: Uint32Array, dim: number) {
    this.#contents = contents;
    this.#dim = dim;
    this.records = new Uint8Array(contents.length * recordBytes(dim));
  }

  /** @param chunk chunks come in the order of contents; those of another dimension are left out */
  take({ firstContent, rows, dim, records }: VectorChunk): void {
    if (dim !== this.#dim) return;
    const size = recordBytes(dim);
    for (; this.#filled < this.#contents.length; this.#filled++) {
      const row = this.#contents[this.#filled]! - firstContent;
      if (row >= rows) return;
      if (row >= 0) this.records.set(records.subarray(row * size, (row + 1) * size), this.#filled * size);
    }
  }
}
