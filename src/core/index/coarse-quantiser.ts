import { TopK } from '../vector/top-k.ts';
import { CandidateBuffer } from './candidate-buffer.ts';
import { halfSquares } from './k-means.ts';
import { type Assigner, assignerFor, strongestDims } from './lead-nearest.ts';
import { integerQuery, PackedRows, setQuery } from './packed-rows.ts';
import { dotsWithRows } from './row-dots.ts';

/** Which lists a query visits first: those whose centroid is nearest, or has the highest dot product. */
export type ProbeOrder = 'distance' | 'product';

/** Lists in the order of a visit. */
export interface ProbeList {
  /** [n] */
  readonly lists: Uint32Array<ArrayBuffer>;
  /** [n], dot products of the query with their centroids. */
  readonly products: Float64Array<ArrayBuffer>;
}

/** Components that choose which centroids a query is compared with in full. */
const leadDims = 64;

/**
 * The centroids of the inverted lists. A vector belongs to the list of its nearest centroid. A query is first compared
 * with all centroids in the 64 components in which they differ most ([Note: Two products in one]), then with the best of
 * them in all components. Holds the scratch of a search: one at a time.
 */
export class CoarseQuantiser {
  readonly lists: number;
  readonly dims: number;
  /** [lists][dims] */
  readonly centroids: Float32Array;
  readonly order: ProbeOrder;
  readonly #halves: Float32Array;
  readonly #leads: Int32Array | null;
  readonly #leadHalves: Float32Array;
  readonly #packed: PackedRows;
  readonly #query;
  readonly #piece: Float32Array<ArrayBuffer>;
  readonly #rough: Float64Array<ArrayBuffer>;
  readonly #exactQuery: Float64Array<ArrayBuffer>;
  readonly #exact: Float64Array<ArrayBuffer>;
  #shortlist = new CandidateBuffer(1);
  #nearest: Assigner | null = null;
  #reach = 0;

  /** @throws RangeError when the centroids are not [lists][dims] */
  constructor(centroids: Float32Array, lists: number, dims: number, order: ProbeOrder) {
    if (centroids.length !== lists * dims) {
      throw new RangeError(`centroids of ${centroids.length} values; expected ${lists} x ${dims}`);
    }
    this.lists = lists;
    this.dims = dims;
    this.centroids = centroids;
    this.order = order;
    this.#halves = halfSquares(centroids, lists, dims);
    const leads = dims > leadDims ? strongestDims(centroids, lists, dims, leadDims) : null;
    this.#leads = leads;
    const width = leads?.length ?? dims;
    const rough = leads === null ? centroids : new Float32Array(lists * width);
    leads?.forEach((dim, i) => {
      for (let list = 0; list < lists; list++) rough[list * width + i] = centroids[list * dims + dim]!;
    });
    this.#leadHalves = halfSquares(rough, lists, width);
    this.#packed = PackedRows.from(rough, lists, width);
    this.#query = integerQuery(width);
    this.#piece = new Float32Array(width);
    this.#rough = new Float64Array((lists + 7) & ~7);
    this.#exactQuery = new Float64Array(dims);
    this.#exact = new Float64Array(lists);
  }

  /** Bytes that a search needs. */
  get bytes(): number {
    return this.centroids.byteLength + this.#packed.packed.byteLength + this.lists * 16;
  }

  /** The list of each of `count` vectors, [count][dims] from `start`. */
  assign(vectors: Float32Array, start: number, count: number, longest: number, out: Int32Array): void {
    if (this.#nearest === null || longest > this.#reach) {
      this.#reach = longest * 1.25;
      this.#nearest = assignerFor(this.centroids, this.lists, this.dims, this.#reach);
    }
    this.#nearest.assign(vectors, start, this.dims, count, out);
  }

  /** Frees what only `assign` needs; the next call makes it anew. */
  endAssigning(): void {
    this.#nearest = null;
  }

  /**
   * The `count` lists to visit first, in order, and the query's exact dot products with their centroids.
   *
   * @param query [dims]
   * @param count 1 or more
   */
  nearest(query: Float32Array, count: number): ProbeList {
    const { order, lists, dims } = this;
    const leads = this.#leads;
    const piece = this.#piece;
    if (leads === null) piece.set(query);
    else for (let i = 0; i < leads.length; i++) piece[i] = query[leads[i]!]!;
    setQuery(this.#query, piece);
    const rough = this.#rough;
    this.#packed.dots(this.#query, rough);
    const wanted = Math.min(count, lists);
    // Half as many again, and a few: what the leading components misjudge is nearly always among them.
    const length = Math.min(lists, wanted + (wanted >>> 1) + 8);
    if (this.#shortlist.wanted !== length) this.#shortlist = new CandidateBuffer(length);
    const shortlist = this.#shortlist;
    shortlist.restart(Number.NEGATIVE_INFINITY);
    const roughHalves = order === 'distance' ? this.#leadHalves : null;
    for (let list = 0; list < lists; list++) {
      const score = roughHalves === null ? rough[list]! : rough[list]! - roughHalves[list]!;
      if (score > shortlist.bar) shortlist.push(list, score);
    }
    shortlist.trim();
    const exact = this.#exact;
    this.#exactQuery.set(query);
    dotsWithRows(this.#exactQuery, this.centroids, dims, shortlist.positions, shortlist.count, exact);
    const best = new TopK(wanted);
    for (let n = 0; n < shortlist.count; n++) {
      const list = shortlist.positions[n]!;
      const score = order === 'distance' ? exact[n]! - this.#halves[list]! : exact[n]!;
      best.push(n, score);
    }
    const { ids, scores } = best.sorted();
    for (let n = 0; n < ids.length; n++) {
      const list = shortlist.positions[ids[n]!]!;
      ids[n] = list;
      if (order === 'distance') scores[n] = scores[n]! + this.#halves[list]!;
    }
    return { lists: ids, products: scores };
  }
}
