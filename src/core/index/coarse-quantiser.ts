import { TopK } from '../vector/top-k.ts';
import { type Assigner, assignerFor } from './lead-nearest.ts';
import { integerQuery, type PackedRows, setQuery } from './packed-rows.ts';

/** Which lists a query visits first: those whose centroid is nearest, or has the highest dot product. */
export type ProbeOrder = 'distance' | 'product';

/**
 * The centroids of the inverted lists. A vector belongs to the list of its nearest centroid. Centroids are held rounded
 * ([Note: Two products in one]); codes are made of what is left after the rounded centroid, so nothing is lost.
 */
export class CoarseQuantiser {
  readonly centroids: PackedRows;
  readonly order: ProbeOrder;
  /** After `measure`: dot product of the query with each centroid, [lists] (rounded up to eight). */
  readonly products: Float64Array<ArrayBuffer>;
  /** Half the squared length of each centroid. */
  readonly #halves: Float64Array<ArrayBuffer>;
  readonly #query;
  #nearest: Assigner | null = null;
  #reach = 0;

  constructor(centroids: PackedRows, order: ProbeOrder) {
    this.centroids = centroids;
    this.order = order;
    this.products = new Float64Array((centroids.rows + 7) & ~7);
    this.#halves = new Float64Array(centroids.rows);
    const row = new Float32Array(centroids.dims);
    for (let r = 0; r < centroids.rows; r++) {
      centroids.row(r, row);
      this.#halves[r] = row.reduce((sum, x) => sum + x * x, 0) / 2;
    }
    this.#query = integerQuery(centroids.dims);
  }

  get lists(): number {
    return this.centroids.rows;
  }

  /** The list of each of `count` vectors, [count][dims] from `start`. */
  assign(vectors: Float32Array, start: number, count: number, longest: number, out: Int32Array): void {
    const { rows, dims } = this.centroids;
    if (this.#nearest === null || longest > this.#reach) {
      const matrix = new Float32Array(rows * dims);
      for (let r = 0; r < rows; r++) this.centroids.row(r, matrix, r * dims);
      this.#reach = longest * 1.25;
      this.#nearest = assignerFor(matrix, rows, dims, this.#reach);
    }
    this.#nearest.assign(vectors, start, dims, count, out);
  }

  /** Frees what only `assign` needs; the next call makes it anew. */
  endAssigning(): void {
    this.#nearest = null;
  }

  /** Fills `products` for the query ([dims] from `start`). */
  measure(query: Float32Array, start: number): void {
    setQuery(this.#query, query, start);
    this.centroids.dots(this.#query, this.products);
  }

  /** After `measure`: the `count` lists to visit first, in order. */
  nearest(count: number): Uint32Array {
    const top = new TopK(Math.min(count, this.lists));
    const { products } = this;
    let bar = top.bar;
    for (let list = 0; list < this.lists; list++) {
      const score = products[list]! - (this.order === 'distance' ? this.#halves[list]! : 0);
      if (score < bar) continue;
      top.push(list, score);
      bar = top.bar;
    }
    return top.sorted().ids;
  }
}
