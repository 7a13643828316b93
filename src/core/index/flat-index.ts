import { dot } from '../vector/dot.ts';
import { type Ranked, TopK } from '../vector/top-k.ts';
import type { SearchOptions, VectorIndex } from './vector-index.ts';

/** Rows of one block: it grows by blocks, so that nothing is ever copied. */
const blockRows = 4096;

interface Block {
  /** [blockRows x dim], row-major. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** 1 where there is a vector. [blockRows] */
  readonly present: Uint8Array;
}

/** The exact index: compares the query with every vector. */
export class FlatIndex implements VectorIndex {
  readonly dim: number;
  size = 0;
  readonly #blocks: (Block | undefined)[] = [];

  /** @param dim components of a vector, a whole number from 1 */
  constructor(dim: number) {
    if (!Number.isInteger(dim) || dim < 1) throw new RangeError(`index of ${dim} components; at least 1`);
    this.dim = dim;
  }

  add(row: number, vector: Float32Array): void {
    if (vector.length !== this.dim) {
      throw new RangeError(`vector of ${vector.length} components; the index has ${this.dim}`);
    }
    if (!Number.isInteger(row) || row < 0) throw new RangeError(`row ${row}; a whole number from 0`);
    const number = Math.floor(row / blockRows);
    let block = this.#blocks[number];
    if (block === undefined) {
      block = { vectors: new Float32Array(blockRows * this.dim), present: new Uint8Array(blockRows) };
      this.#blocks[number] = block;
    }
    const at = row % blockRows;
    block.vectors.set(vector, at * this.dim);
    if (block.present[at] === 0) this.size++;
    block.present[at] = 1;
  }

  remove(row: number): void {
    const block = this.#blocks[Math.floor(row / blockRows)];
    const at = row % blockRows;
    if (block?.present[at] !== 1) return;
    block.present[at] = 0;
    block.vectors.fill(0, at * this.dim, (at + 1) * this.dim);
    this.size--;
  }

  get(row: number): Float32Array | null {
    const block = this.#blocks[Math.floor(row / blockRows)];
    const at = row % blockRows;
    return block?.present[at] === 1 ? block.vectors.subarray(at * this.dim, (at + 1) * this.dim) : null;
  }

  search(query: Float32Array, k: number, { allowed, minimumScore = -1 }: SearchOptions = {}): Ranked {
    const { dim } = this;
    if (query.length !== dim) {
      throw new RangeError(`query of ${query.length} components; the index has ${dim}`);
    }
    const best = new TopK(k);
    for (let number = 0; number < this.#blocks.length; number++) {
      const block = this.#blocks[number];
      if (block === undefined) continue;
      const { vectors, present } = block;
      const first = number * blockRows;
      for (let at = 0; at < blockRows; at++) {
        if (present[at] === 0) continue;
        const row = first + at;
        if (allowed !== undefined && ((allowed[row >> 5] ?? 0) & (1 << (row & 31))) === 0) continue;
        // Rounding may take the product of unit vectors a little out of range.
        const score = Math.min(1, Math.max(-1, dot(query, vectors, dim, 0, at * dim)));
        if (score >= minimumScore) best.push(row, score);
      }
    }
    return best.sorted();
  }
}
