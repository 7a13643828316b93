import { highest } from './highest.ts';
import { halfSquares } from './k-means.ts';
import { type Assigner, assignerFor, strongestDims } from './lead-nearest.ts';
import { RoughRows } from './rough-rows.ts';
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
 * with all centroids in the 64 components in which they differ most ([Note: Four products in one]), then with the best of
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
  readonly #roughRows: RoughRows;
  readonly #piece: Float32Array<ArrayBuffer>;
  readonly #rough: Float64Array<ArrayBuffer>;
  readonly #exactQuery: Float64Array<ArrayBuffer>;
  readonly #exact: Float64Array<ArrayBuffer>;
  readonly #shortlist: Int32Array<ArrayBuffer>;
  readonly #ordered: Int32Array<ArrayBuffer>;
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
    this.#roughRows = new RoughRows(rough, lists, width);
    this.#piece = new Float32Array(width);
    this.#rough = new Float64Array((lists + 15) & ~15);
    this.#shortlist = new Int32Array(lists);
    this.#ordered = new Int32Array(lists);
    this.#exactQuery = new Float64Array(dims);
    this.#exact = new Float64Array(lists);
  }

  /** Bytes that a search needs. */
  get bytes(): number {
    return this.centroids.byteLength + this.#roughRows.bytes + this.lists * 16;
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
    const rough = this.#rough;
    this.#roughRows.dots(piece, rough);
    if (order === 'distance') {
      const halves = this.#leadHalves;
      for (let list = 0; list < lists; list++) rough[list] = rough[list]! - halves[list]!;
    }
    const wanted = Math.min(count, lists);
    // A quarter more, and a few: what the leading components misjudge is nearly always among them.
    const shortlist = this.#shortlist;
    const length = highest(rough, lists, wanted + (wanted >>> 2) + 8, shortlist);
    const exact = this.#exact;
    this.#exactQuery.set(query);
    dotsWithRows(this.#exactQuery, this.centroids, dims, shortlist, length, exact);
    const ordered = this.#ordered;
    for (let n = 0; n < length; n++) {
      ordered[n] = n;
      rough[n] = order === 'distance' ? exact[n]! - this.#halves[shortlist[n]!]! : exact[n]!;
    }
    sortByScore(ordered, length, rough);
    const found = { lists: new Uint32Array(wanted), products: new Float64Array(wanted) };
    for (let n = 0; n < wanted; n++) {
      found.lists[n] = shortlist[ordered[n]!]!;
      found.products[n] = exact[ordered[n]!]!;
    }
    return found;
  }
}

const gaps = [701, 301, 132, 57, 23, 10, 4, 1];

/** Shell's sort: highest score first. In place and without a callback, the fastest for tens to thousands. */
function sortByScore(items: Int32Array, count: number, scores: Float64Array): void {
  for (const gap of gaps) {
    for (let n = gap; n < count; n++) {
      const item = items[n]!;
      const score = scores[item]!;
      let place = n;
      for (; place >= gap && scores[items[place - gap]!]! < score; place -= gap) {
        items[place] = items[place - gap]!;
      }
      items[place] = item;
    }
  }
}
