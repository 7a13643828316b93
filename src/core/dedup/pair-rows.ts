import { moreRows, type RowLists } from '../index/row-lists.ts';
import { signCodes } from '../index/sign-codes.ts';
import { recordBytes, recordSource } from '../index/stored-vectors.ts';
import type { VectorSource } from '../index/trained-index.ts';
import { appended } from './appended.ts';

/** Contents that come in while others are compared. */
export interface MoreRows {
  readonly contents: Uint32Array<ArrayBuffer>;
  /** Stored vectors, [contents][recordBytes(dim)]. */
  readonly records: Uint8Array<ArrayBuffer>;
  /** [contents] milliseconds, see [Note: Wall-clock times]. */
  readonly times: Float64Array<ArrayBuffer>;
}

/** Vectors, codes and times of what is compared, in columns that grow: row n of each is one content. */
export class PairRows {
  readonly #dim: number;
  #contents: Uint32Array;
  #records: Uint8Array;
  #times: Float64Array;
  #codes: Int32Array;
  #source: VectorSource;
  #lists: RowLists;
  #count: number;
  readonly #rowOf = new Map<number, number>();
  /** Rows by time, and the place of each among them. */
  #byTime = new Uint32Array(0);
  #placeInTime = new Uint32Array(0);

  /** @param lists of the same rows */
  constructor(
    dim: number,
    { contents, records, times }: { contents: Uint32Array; records: Uint8Array; times: Float64Array },
    lists: RowLists,
  ) {
    this.#dim = dim;
    this.#contents = contents;
    this.#records = records;
    this.#times = times;
    this.#lists = lists;
    this.#count = contents.length;
    this.#source = recordSource(contents, dim, records);
    this.#codes = signCodes(this.#source, dim);
    this.#number(0);
  }

  get count(): number {
    return this.#count;
  }

  get source(): VectorSource {
    return this.#source;
  }

  /** See [Note: Sign codes]. */
  get codes(): Int32Array {
    return this.#codes;
  }

  get lists(): RowLists {
    return this.#lists;
  }

  get records(): Uint8Array {
    return this.#records;
  }

  content(row: number): number {
    return this.#contents[row]!;
  }

  rowOf(content: number): number | undefined {
    return this.#rowOf.get(content);
  }

  /** Milliseconds between two rows. */
  apart(a: number, b: number): number {
    return Math.abs(this.#times[a]! - this.#times[b]!);
  }

  /** The row so many places later, or earlier, by time. */
  byTime(row: number, steps: number): number | undefined {
    return this.#byTime[this.#placeInTime[row]! + steps];
  }

  /** @param more none of which is here */
  add({ contents, records, times }: MoreRows): void {
    const from = this.#count;
    const codes = signCodes(recordSource(contents, this.#dim, records), this.#dim);
    this.#contents = appended(this.#contents, from, contents, (length) => new Uint32Array(length));
    const size = recordBytes(this.#dim);
    this.#records = appended(this.#records, from * size, records, (length) => new Uint8Array(length));
    this.#times = appended(this.#times, from, times, (length) => new Float64Array(length));
    const words = codes.length / contents.length;
    this.#codes = appended(this.#codes, from * words, codes, (length) => new Int32Array(length));
    this.#count += contents.length;
    this.#source = recordSource(this.#contents.subarray(0, this.#count), this.#dim, this.#records);
    this.#lists = moreRows(this.#lists, this.#source, this.#dim, contents.length);
    this.#number(from);
  }

  #number(from: number): void {
    for (let row = from; row < this.#count; row++) this.#rowOf.set(this.#contents[row]!, row);
    const times = this.#times;
    const isLater = (a: number, b: number) => times[a]! - times[b]! || a - b;
    const fresh = Uint32Array.from({ length: this.#count - from }, (_, n) => from + n).sort(isLater);
    this.#byTime = merged(this.#byTime, fresh, isLater);
    this.#placeInTime = new Uint32Array(this.#count);
    this.#byTime.forEach((row, place) => {
      this.#placeInTime[row] = place;
    });
  }
}

/** Two arrays in order as one. */
function merged(a: Uint32Array, b: Uint32Array, compare: (x: number, y: number) => number) {
  const all = new Uint32Array(a.length + b.length);
  let [i, j] = [0, 0];
  for (let n = 0; n < all.length; n++) {
    const isFirst = j === b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0);
    all[n] = isFirst ? a[i++]! : b[j++]!;
  }
  return all;
}
