import { dot } from '../vector/dot.ts';
import type { TopK } from '../vector/top-k.ts';
import { type IntegerQuery, integerQuery, PackedRows, reach, setQuery } from './packed-rows.ts';
import { isIn } from './segment.ts';
import type { VectorSource } from './trained-index.ts';

/** Vectors may be this long at most; embeddings have length one. */
const longest = 2;
const step = longest / reach;

/**
 * Recent vectors, searched exactly: a first pass on integer products ([Note: Two products in one]) leaves those that can
 * be among the best, whatever its rounding did; floats then decide. 8 bytes a component. Rows move when others go.
 */
export class ExactTail {
  readonly dim: number;
  #count = 0;
  #ids: Uint32Array<ArrayBuffer>;
  /** [capacity][dim] */
  #vectors: Float32Array<ArrayBuffer>;
  #packed: PackedRows;
  #products: Float64Array<ArrayBuffer>;
  readonly #slots = new Map<number, number>();
  readonly #query: IntegerQuery;

  constructor(dim: number, capacity = 64) {
    this.dim = dim;
    const rows = Math.max(8, (capacity + 7) & ~7);
    this.#ids = new Uint32Array(rows);
    this.#vectors = new Float32Array(rows * dim);
    this.#packed = new PackedRows(rows, dim, step, new Float64Array(PackedRows.lengthFor(rows, dim)));
    this.#products = new Float64Array(rows);
    this.#query = integerQuery(dim);
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of its arrays. */
  get bytes(): number {
    return this.#vectors.byteLength + this.#packed.packed.byteLength + this.#ids.byteLength;
  }

  /** [count], in no particular order; valid until the next change. */
  get ids(): Uint32Array {
    return this.#ids.subarray(0, this.#count);
  }

  has(id: number): boolean {
    return this.#slots.has(id);
  }

  /** The vector, valid until the next change. */
  get(id: number): Float32Array | null {
    const slot = this.#slots.get(id);
    return slot === undefined ? null : this.#vectors.subarray(slot * this.dim, (slot + 1) * this.dim);
  }

  /**
   * Adds or replaces.
   *
   * @throws RangeError when a value is not finite or the vector is longer than 2
   */
  add(id: number, vector: Float32Array): void {
    const squared = dot(vector, vector, this.dim);
    // Not `>`: NaN must fail too.
    if (!(squared <= longest * longest)) {
      throw new RangeError(`vector ${id} of length ${Math.sqrt(squared)}; expected a unit vector`);
    }
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      slot = this.#count++;
      if (slot === this.#ids.length) this.#grow();
      this.#slots.set(id, slot);
      this.#ids[slot] = id;
    }
    this.#vectors.set(vector, slot * this.dim);
    this.#packed.set(slot, vector, 0);
  }

  /** @returns whether it was there */
  remove(id: number): boolean {
    const slot = this.#slots.get(id);
    if (slot === undefined) return false;
    this.#slots.delete(id);
    const last = --this.#count;
    if (slot !== last) {
      const moved = this.#ids[last]!;
      this.#ids[slot] = moved;
      this.#slots.set(moved, slot);
      this.#vectors.copyWithin(slot * this.dim, last * this.dim, (last + 1) * this.dim);
      this.#packed.set(slot, this.#vectors, slot * this.dim);
    }
    return true;
  }

  /** A copy of the vectors and their ids, as what is coded next. */
  source(): VectorSource {
    const ids = this.ids.slice();
    const vectors = this.#vectors.slice(0, ids.length * this.dim);
    return {
      count: ids.length,
      id: (n) => ids[n]!,
      read: (first, count, out) => out.set(vectors.subarray(first * this.dim, (first + count) * this.dim)),
    };
  }

  /** Pushes to `top` all that can be among its best, with exact products of at least `minimumScore`. */
  search(query: Float32Array, top: TopK, allowed: Uint32Array | null, minimumScore: number): void {
    const products = this.#products;
    setQuery(this.#query, query);
    this.#packed.dotsOf(this.#query, 0, this.#count, products);
    // Rounding moves each component by half a step at most, the query's and the row's.
    const spread =
      (Math.sqrt(this.dim) / 2) * (this.#query.factor * longest + step * this.#query.factor * reach);
    for (let slot = 0; slot < this.#count; slot++) {
      const upper = products[slot]! + spread;
      if (upper < top.bar || upper < minimumScore) continue;
      const id = this.#ids[slot]!;
      if (!isIn(allowed, id)) continue;
      const score = dot(query, this.#vectors, this.dim, 0, slot * this.dim);
      if (score >= minimumScore) top.push(id, score);
    }
  }

  #grow(): void {
    const rows = this.#ids.length * 2;
    const ids = new Uint32Array(rows);
    ids.set(this.#ids);
    this.#ids = ids;
    const vectors = new Float32Array(rows * this.dim);
    vectors.set(this.#vectors);
    this.#vectors = vectors;
    const packed = new Float64Array(PackedRows.lengthFor(rows, this.dim));
    packed.set(this.#packed.packed);
    this.#packed = new PackedRows(rows, this.dim, step, packed);
    this.#products = new Float64Array(rows);
  }
}
