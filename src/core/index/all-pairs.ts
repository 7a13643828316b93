import { sortByKey } from './counting-sort.ts';
import { integerQuery, PackedRows, setQuery } from './packed-rows.ts';
import type { RowLists } from './row-lists.ts';
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
  /** Cosines, within some 1e-4. */
  readonly scores: Float32Array<ArrayBuffer>;
}

/** Rows of a list that are compared at once: they fit a core's cache. */
const tileRows = 256;
/** Rows asked about between two steps. */
const stepRows = 256;

/**
 * Range search for many rows at once, for duplicates: list by list, the rows of a list are packed once
 * ([Note: Two products in one]) and all that visit it are compared with them. Scores are of the vectors themselves, not of
 * codes. A pair is found from either side if both are asked about, so both would have to miss it.
 *
 * @param source vectors of length 1
 * @param asked rows
 * @yields 0..1, the share done
 */
export function* nearestRows(
  source: VectorSource,
  dims: number,
  lists: RowLists,
  asked: ArrayLike<number>,
  { minimumScore, most, nprobe }: NearestOptions,
): Generator<number, NearestRows> {
  const best = new Best(asked.length, most, minimumScore);
  const visits = yield* visitors(source, dims, lists, asked, nprobe);
  const vector = new Float32Array(dims);
  const queries = [integerQuery(dims), integerQuery(dims)] as const;
  const dots = [new Float64Array(tileRows), new Float64Array(tileRows)] as const;
  const tile = new Float32Array(tileRows * dims);
  for (let list = 0; list < lists.count; list++) {
    const who = visits.of(list);
    const rows = lists.rows(list);
    for (let first = 0; first < rows.length && who.length > 0; first += tileRows) {
      const members = rows.subarray(first, first + tileRows);
      members.forEach((row, n) => {
        source.read(row, 1, vector);
        tile.set(vector, n * dims);
      });
      const packed = PackedRows.from(tile, members.length, dims);
      for (let n = 0; n < who.length; n += 2) {
        const pair = [who[n]!, who[n + 1] ?? who[n]!] as const;
        for (const side of [0, 1] as const) {
          source.read(asked[pair[side]]!, 1, vector);
          setQuery(queries[side], vector);
        }
        packed.dotsOfPair(queries[0], queries[1], dots[0], dots[1]);
        best.offer(pair[0], asked[pair[0]]!, members, dots[0]);
        if (pair[1] !== pair[0]) best.offer(pair[1], asked[pair[1]]!, members, dots[1]);
      }
      yield 0.5 + (0.5 * (list + first / rows.length)) / lists.count;
    }
  }
  return best.sorted();
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

  /** Takes of `rows`, all but `own`, what is good enough for n. */
  offer(n: number, own: number, rows: Uint32Array, scores: Float64Array): void {
    let bar = this.#bars[n]!;
    for (let i = 0; i < rows.length; i++) {
      if (scores[i]! < bar || rows[i] === own) continue;
      bar = this.#put(n, rows[i]!, scores[i]!);
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
