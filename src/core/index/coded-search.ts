import { type Ranked, TopK } from '../vector/top-k.ts';
import { CandidateBuffer } from './candidate-buffer.ts';
import type { ProbeList } from './coarse-quantiser.ts';
import { ProductCode } from './product-code.ts';
import { isIn, type Segment } from './segment.ts';
import { innerDims, type TrainedIndex } from './trained-index.ts';

/** Parameters of one search; nothing of them is stored in an index. */
export interface CodedSearchOptions {
  /** Hits wanted, at most; a whole number from 1. */
  readonly k: number;
  /** Lists to visit, 1..lists. With a filter more are visited, for about the same time. */
  readonly nprobe: number;
  /** How many of the first scan are scored again by the finer code, k or more. */
  readonly rerank: number;
  /** Ids that may be found: bit id & 31 of element id >> 5, long enough for all ids. Null: all. */
  readonly allowed: Uint32Array | null;
  /** Least score. -Infinity: none. */
  readonly minimumScore: number;
}

/** Without a coarse quantiser one list holds everything, and its centroid is zero. */
const singleList: ProbeList = { lists: new Uint32Array(1), products: new Float64Array(1) };
/** What looking at an id costs against scoring its row. */
const skipCost = 0.1;
/** Above this share of allowed rows the scan tests hits; below, it tests ids first. */
const denseShare = 0.3;

/** Hits up to which the best so far raise the bar of the scan at once. */
const mostLeaders = 64;
/**
 * [Note: What a scan leaves out]
 * A row counts that may be among the hits: one that scores less than the last of the hits so far by more than
 * `shortlistSpreads` spreads of the first code's error is not scored again; a list whose centroid lies more than
 * `listSpreads` spreads of the codes below the bar is passed over; a row ends early ([Note: Early end of a row]).
 * Embeddings have heavier tails than normal values: with 20,000 photos, 24 of 256 lists, recall@10 is 0.967 with all of
 * this and without, in 15 % less time; with 200,000 photos and 64 of 1024 lists, `PQ32`, 0.466, in half of the time.
 */
const shortlistSpreads = 3;
const listSpreads = 6;
const rowSpreads = 5;
/** The bar of what is scored again is lower already. */
const rerankedRowSpreads = 4;

/** Searches segments of one trained index. Holds the scratch of a search: one at a time. */
export class CodedSearch {
  readonly #trained: TrainedIndex;
  readonly #query: Float32Array<ArrayBuffer>;
  #buffer = new CandidateBuffer(1);
  /** How far above its centroid's product a row of a list may score. */
  #reach = Number.POSITIVE_INFINITY;
  /** Rows that the scan compared, or passed over with their list. */
  #seen = 0;
  #positions = new Int32Array(0);
  /** Which of the buffer's items lie in the segment at hand. */
  #chosen = new Int32Array(0);
  #dots = new Float64Array(0);

  constructor(trained: TrainedIndex) {
    this.#trained = trained;
    this.#query = new Float32Array(innerDims(trained));
  }

  /**
   * @param query [dims], finite
   * @returns ids, and scores as the metric gives them: from the finest code there is
   */
  search(segments: readonly Segment[], query: Float32Array, options: CodedSearchOptions): Ranked {
    const { transform, code, metric } = this.#trained;
    if (transform === null) this.#query.set(query);
    else transform.apply(query, 0, this.#query, 0);
    code.setQuery(this.#query, 0);
    const squared = metric === 'distance' ? dotSelf(this.#query) : 0;
    // Inside, a score is q.x, less half the square of x for distances.
    const floor = metric === 'distance' ? (options.minimumScore + squared) / 2 : options.minimumScore;
    const buffer = this.#scan(segments, options, floor);
    const ranked = this.#rank(segments, buffer, options.k, floor);
    if (metric === 'distance') {
      for (let n = 0; n < ranked.scores.length; n++) ranked.scores[n] = 2 * ranked.scores[n]! - squared;
    }
    return ranked;
  }

  /** The first scan: the shortlist. */
  #scan(segments: readonly Segment[], options: CodedSearchOptions, floor: number): CandidateBuffer {
    const { coarse, code, fine, error, metric } = this.#trained;
    const { k, nprobe, rerank, allowed } = options;
    const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
    // A finer code may still lift a row by a few spreads of the first code's error.
    const lowered = fine === null ? floor : floor - 5 * Math.sqrt(error / this.#query.length);
    const wanted = Math.max(1, Math.min(rows, fine === null ? k : Math.max(k, rerank)));
    const leaders = k <= mostLeaders ? k : 0;
    if (this.#buffer.wanted !== wanted || this.#buffer.leaders !== leaders) {
      this.#buffer = new CandidateBuffer(wanted, lowered, leaders);
    }
    const buffer = this.#buffer;
    const spread = Math.sqrt((error * dotSelf(this.#query)) / this.#query.length);
    buffer.restart(lowered, fine === null ? 0 : shortlistSpreads * spread);
    this.#reach =
      metric === 'product' && code instanceof ProductCode
        ? code.mean + listSpreads * code.spread
        : Number.POSITIVE_INFINITY;
    const share = allowed === null ? 1 : Math.min(1, countBits(allowed) / Math.max(1, rows));
    const lists = coarse?.lists ?? 1;
    // With a filter: as many lists as cost what nprobe full ones do, and on until there are k.
    const least = Math.min(nprobe, lists);
    const budget = (least * rows) / lists;
    const reach = Math.min(lists, Math.ceil(least / Math.max(share, skipCost)));
    let order = this.#order(reach);
    let spent = 0;
    this.#seen = 0;
    for (let n = 0; n < lists; n++) {
      // The bar may come from a least score: then lists further away hold nothing either.
      const enough = share === 1 || floor > Number.NEGATIVE_INFINITY || this.#seen >= wanted;
      if (n >= least && (enough ? share === 1 || spent >= budget : spent >= 2 * budget && buffer.count >= k))
        break;
      if (n === order.lists.length) order = this.#orderOfRest(order);
      spent += this.#visit(segments, order.lists[n]!, order.products[n]!, share, allowed, buffer);
    }
    buffer.trim();
    return buffer;
  }

  /** The `count` lists to visit first. */
  #order(count: number): ProbeList {
    const { coarse } = this.#trained;
    return coarse === null ? singleList : coarse.nearest(this.#query, count);
  }

  /** All lists, those of `visited` first. */
  #orderOfRest(visited: ProbeList): ProbeList {
    const all = this.#order(this.#trained.coarse?.lists ?? 1);
    const seen = new Set(visited.lists);
    const isRest = (_: number, n: number) => !seen.has(all.lists[n]!);
    return {
      lists: Uint32Array.from([...visited.lists, ...all.lists.filter(isRest)]),
      products: Float64Array.from([...visited.products, ...all.products.filter(isRest)]),
    };
  }

  /** Scans one list, of a centroid whose dot product is `base`, in all segments. Returns the cost in rows scored. */
  #visit(
    segments: readonly Segment[],
    list: number,
    base: number,
    share: number,
    allowed: Uint32Array | null,
    buffer: CandidateBuffer,
  ): number {
    const { code, metric } = this.#trained;
    let spent = 0;
    let shift = 0;
    for (const segment of segments) {
      const first = segment.offsets[list]!;
      const last = segment.offsets[list + 1]!;
      if (first < last) {
        if (base + this.#reach <= buffer.bar) {
          // Counts as scanned: a filter is not to look for more lists because of it.
          spent += last - first;
          this.#seen += (last - first) * share;
        } else if (share >= denseShare && metric === 'product' && code instanceof ProductCode) {
          const { codes, scales, ids } = segment;
          const spreads = this.#trained.fine === null ? rowSpreads : rerankedRowSpreads;
          code.scan(codes, scales, ids, allowed, first, last, base, buffer, shift, spreads);
          spent += last - first;
          this.#seen += (last - first) * share;
        } else {
          spent += this.#scanSome(segment, first, last, allowed, base, buffer, shift);
        }
      }
      shift += segment.rows;
    }
    return spent;
  }

  /** Scans rows [first, last) that are allowed; any code, any metric. Returns the cost in rows scored. */
  #scanSome(
    segment: Segment,
    first: number,
    last: number,
    allowed: Uint32Array | null,
    base: number,
    buffer: CandidateBuffer,
    shift: number,
  ): number {
    const { code } = this.#trained;
    this.#reserve(last - first);
    const positions = this.#positions;
    const dots = this.#dots;
    let count = 0;
    for (let row = first; row < last; row++) if (isIn(allowed, segment.ids[row]!)) positions[count++] = row;
    this.#seen += count;
    code.dots(segment.codes, positions, count, dots);
    const { scales, halves } = segment;
    for (let n = 0; n < count; n++) {
      const row = positions[n]!;
      const scale = scales === null ? 1 : code.scaleTable![scales[row]!]!;
      buffer.push(row + shift, base + scale * dots[n]! - (halves === null ? 0 : halves[row]!));
    }
    return count + (last - first) * skipCost;
  }

  /** Scores the shortlist by the finer code, if there is one, and sorts the best k out. */
  #rank(segments: readonly Segment[], buffer: CandidateBuffer, k: number, floor: number): Ranked {
    const { fine } = this.#trained;
    const top = new TopK(Math.min(k, buffer.count));
    this.#reserve(buffer.count);
    const positions = this.#positions;
    fine?.setQuery(this.#query, 0);
    const chosen = this.#chosen;
    let shift = 0;
    for (const segment of segments) {
      let count = 0;
      for (let n = 0; n < buffer.count; n++) {
        const row = buffer.positions[n]! - shift;
        if (row >= 0 && row < segment.rows) {
          positions[count] = row;
          chosen[count++] = n;
        }
      }
      if (fine !== null) fine.dots(segment.fine!, positions, count, this.#dots);
      for (let n = 0; n < count; n++) {
        const row = positions[n]!;
        let score = buffer.scores[chosen[n]!]!;
        if (fine !== null) {
          const scale = segment.fineScales === null ? 1 : fine.scaleTable![segment.fineScales[row]!]!;
          score += scale * this.#dots[n]!;
        }
        if (score >= floor) top.push(segment.ids[row]!, score);
      }
      shift += segment.rows;
    }
    return top.sorted();
  }

  #reserve(count: number): void {
    if (this.#positions.length >= count) return;
    this.#positions = new Int32Array(count * 2);
    this.#chosen = new Int32Array(count * 2);
    this.#dots = new Float64Array(count * 2);
  }
}

function dotSelf(query: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * query[i]!;
  return sum;
}

function countBits(bits: Uint32Array): number {
  let count = 0;
  for (let n = 0; n < bits.length; n++) {
    let w = bits[n]!;
    w -= (w >>> 1) & 0x55555555;
    w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
    count += (((w + (w >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}
