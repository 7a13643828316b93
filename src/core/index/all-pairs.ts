import { sortByKey } from './counting-sort.ts';
import { dotsWithRows } from './row-dots.ts';
import type { RowLists } from './row-lists.ts';
import { codesWithin, type MostBits, mostBits, signWords } from './sign-codes.ts';
import type { VectorSource } from './trained-index.ts';

export interface NearestOptions {
  /** Least cosine. */
  readonly minimumScore: number;
  /** Neighbours kept per row: the nearest. */
  readonly most: number;
  /** Lists visited per row: what is nearly equal lies in the same list or the next ones. */
  readonly nprobe: number;
}

/** The nearest other rows of some rows, nearest first. */
export interface NearestRows {
  /** [rows asked about + 1]: where each one's neighbours begin. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Cosines. */
  readonly scores: Float32Array<ArrayBuffer>;
}

/** Rows asked about between two steps. */
const stepRows = 256;

/**
 * Range search for many rows at once, for duplicates: list by list, all rows that visit it are compared with its own,
 * first by code ([Note: Sign codes]), then, where that says that they may be near enough, by the vectors themselves. A pair
 * is found from either side if both are asked about, so both would have to miss it.
 *
 * @param source vectors of length 1
 * @param codes of all of them, see `signCodes`
 * @param asked rows
 * @yields 0..1, the share done
 */
export function* nearestRows(
  source: VectorSource,
  dims: number,
  codes: Int32Array,
  lists: RowLists,
  asked: ArrayLike<number>,
  { minimumScore, most, nprobe }: NearestOptions,
): Generator<number, NearestRows> {
  const best = new Best(asked.length, most, minimumScore);
  const visits = yield* visitors(source, dims, lists, asked, nprobe);
  const vector = new Float32Array(dims);
  const query = new Float64Array(dims);
  let list = new ListVectors(0, dims);
  for (let number = 0; number < lists.count; number++) {
    const who = visits.of(number);
    const rows = lists.rows(number);
    if (who.length === 0 || rows.length === 0) continue;
    if (rows.length > list.room) list = new ListVectors(rows.length, dims);
    list.fill(source, codes, rows);
    for (const n of who) {
      const own = asked[n]!;
      const near = list.within(codes, own, mostBits(best.bar(n)));
      if (near === 0) continue;
      source.read(own, 1, vector);
      query.set(vector);
      best.offer(n, own, rows, list.near, near, list.dots(query, near));
    }
    yield 0.5 + (0.5 * number) / lists.count;
  }
  return best.sorted();
}

/** The rows of one list, side by side. */
class ListVectors {
  readonly room: number;
  /** Places in the list of the rows that `within` found. */
  readonly near: Int32Array;
  readonly #dims: number;
  readonly #codes: Int32Array;
  readonly #vectors: Float32Array;
  readonly #products: Float64Array;
  #count = 0;

  constructor(room: number, dims: number) {
    this.room = room;
    this.#dims = dims;
    this.near = new Int32Array(room);
    this.#codes = new Int32Array(room * signWords);
    this.#vectors = new Float32Array(room * dims);
    this.#products = new Float64Array(room);
  }

  fill(source: VectorSource, codes: Int32Array, rows: Uint32Array): void {
    const vector = new Float32Array(this.#dims);
    rows.forEach((row, n) => {
      this.#codes.set(codes.subarray(row * signWords, (row + 1) * signWords), n * signWords);
      source.read(row, 1, vector);
      this.#vectors.set(vector, n * this.#dims);
    });
    this.#count = rows.length;
  }

  within(codes: Int32Array, own: number, most: MostBits): number {
    return codesWithin(this.#codes, this.#count, codes, own, most, this.near);
  }

  /** Products of the query with the rows that `within` found. */
  dots(query: Float64Array, count: number): Float64Array {
    dotsWithRows(query, this.#vectors, this.#dims, this.near, count, this.#products);
    return this.#products;
  }
}

/** Which of the asked visit each list. */
function* visitors(
  source: VectorSource,
  dims: number,
  lists: RowLists,
  asked: ArrayLike<number>,
  nprobe: number,
): Generator<number, { of(list: number): Uint32Array }> {
  const probes = Math.min(nprobe, lists.count);
  const listOf = new Int32Array(asked.length * probes);
  const vector = new Float32Array(dims);
  for (let n = 0; n < asked.length; n++) {
    source.read(asked[n]!, 1, vector);
    const nearest = lists.nearest(vector, probes);
    for (let p = 0; p < probes; p++) listOf[n * probes + p] = nearest[p]!;
    if (n % stepRows === stepRows - 1) yield (0.5 * n) / asked.length;
  }
  const { starts, items } = sortByKey(listOf, lists.count);
  const who = items.map((visit) => Math.floor(visit / probes));
  return { of: (list) => who.subarray(starts[list]!, starts[list + 1]!) };
}

/** The best few of each of many, in flat arrays. */
class Best {
  readonly #most: number;
  readonly #counts: Uint32Array;
  readonly #rows: Uint32Array;
  readonly #scores: Float32Array;
  /** What the next one must exceed. */
  readonly #bars: Float32Array;

  constructor(count: number, most: number, minimumScore: number) {
    this.#most = most;
    this.#counts = new Uint32Array(count);
    this.#rows = new Uint32Array(count * most);
    this.#scores = new Float32Array(count * most);
    this.#bars = new Float32Array(count).fill(minimumScore);
  }

  /** What one must exceed to be of the best of n. */
  bar(n: number): number {
    return this.#bars[n]!;
  }

  /** Takes of `rows`, at `places`, all but `own`, what is good enough for n. */
  offer(
    n: number,
    own: number,
    rows: Uint32Array,
    places: Int32Array,
    count: number,
    scores: Float64Array,
  ): void {
    let bar = this.#bars[n]!;
    for (let i = 0; i < count; i++) {
      const row = rows[places[i]!]!;
      if (scores[i]! < bar || row === own) continue;
      bar = this.#put(n, row, scores[i]!);
    }
  }

  /** @returns the new bar */
  #put(n: number, row: number, score: number): number {
    const base = n * this.#most;
    let at = this.#counts[n]!;
    if (at < this.#most) this.#counts[n] = at + 1;
    else {
      at = 0;
      for (let i = 1; i < this.#most; i++) if (this.#scores[base + i]! < this.#scores[base + at]!) at = i;
    }
    this.#rows[base + at] = row;
    this.#scores[base + at] = score;
    if (this.#counts[n] === this.#most) {
      let least = 2;
      for (let i = 0; i < this.#most; i++) least = Math.min(least, this.#scores[base + i]!);
      this.#bars[n] = least;
    }
    return this.#bars[n]!;
  }

  sorted(): NearestRows {
    const starts = new Uint32Array(this.#counts.length + 1);
    this.#counts.forEach((count, n) => {
      starts[n + 1] = starts[n]! + count;
    });
    const rows = new Uint32Array(starts.at(-1)!);
    const scores = new Float32Array(rows.length);
    this.#counts.forEach((count, n) => {
      const base = n * this.#most;
      const places = Array.from({ length: count }, (_, i) => base + i);
      places.sort((a, b) => this.#scores[b]! - this.#scores[a]! || this.#rows[a]! - this.#rows[b]!);
      places.forEach((place, i) => {
        rows[starts[n]! + i] = this.#rows[place]!;
        scores[starts[n]! + i] = this.#scores[place]!;
      });
    });
    return { starts, rows, scores };
  }
}
