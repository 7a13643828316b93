import { longestOf } from './longest.ts';
import { lane, packRows, perLane, rounder } from './packed-dots.ts';
import { type IntegerQuery, integerQuery, setPieces } from './packed-rows.ts';

/**
 * [Note: Four products in one]
 * As in [Note: Two products in one], but rows and queries are rounded to 1/61 of their length, so that a dot product needs
 * 13 bits and four rows travel in one double. The error of a dot is about half a percent of the product of the lengths:
 * enough to tell which rows are worth an exact product, at half of the time.
 */
/** A dot product of integer vectors must stay below half a lane, 64 x 64, whatever the rounding added to their lengths. */
const most = 63.9;
/** Of four rows in a double. */
const quarter = 2 ** 13;
const perQuarter = 1 / quarter;

/** A matrix for rough dot products with all of its rows at once. 2 bytes a component. */
export class RoughRows {
  readonly dims: number;
  /** Rows and queries are this long at most, in steps. */
  readonly #reach: number;
  /** A component of a row is `integer * step`. */
  readonly #step: number;
  readonly #packed: Float64Array<ArrayBuffer>;
  readonly #query: IntegerQuery;

  /** @param matrix [rows][dims], row-major; dims up to 4096 */
  constructor(matrix: Float32Array, rows: number, dims: number) {
    this.dims = dims;
    this.#reach = most - Math.sqrt(dims) / 2;
    const longest = longestOf(matrix, rows, dims);
    this.#step = longest > 0 ? longest / this.#reach : 1;
    this.#packed = packRows(matrix, 0, rows, dims, this.#step, 4);
    this.#query = integerQuery(dims);
  }

  get bytes(): number {
    return this.#packed.byteLength;
  }

  /**
   * Dot products of the query with all rows.
   *
   * @param query [dims]
   * @param out [rows], rounded up to sixteen
   */
  dots(query: Float32Array, out: Float64Array): void {
    const { dims } = this;
    setPieces(this.#query, query, 0, dims, dims, this.#reach);
    const { values, factor } = this.#query;
    roughDots(this.#packed, values, dims, factor * this.#step, out);
  }
}

/** `packedDots` for four rows a double: shared with it, its splits are no longer inlined, which costs a sixth of the time. */
function roughDots(
  packed: Float64Array,
  query: Float64Array,
  dims: number,
  factor: number,
  out: Float64Array,
): void {
  const even = dims & ~1;
  for (let from = 0, to = 0; from < packed.length; to += 16) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < even; i += 2) {
      const q = query[i]!;
      const r = query[i + 1]!;
      s0 += q * packed[from]! + r * packed[from + 4]!;
      s1 += q * packed[from + 1]! + r * packed[from + 5]!;
      s2 += q * packed[from + 2]! + r * packed[from + 6]!;
      s3 += q * packed[from + 3]! + r * packed[from + 7]!;
      from += 8;
    }
    if (even < dims) {
      const q = query[even]!;
      s0 += q * packed[from]!;
      s1 += q * packed[from + 1]!;
      s2 += q * packed[from + 2]!;
      s3 += q * packed[from + 3]!;
      from += 4;
    }
    split(s0, factor, out, to);
    split(s1, factor, out, to + 4);
    split(s2, factor, out, to + 8);
    split(s3, factor, out, to + 12);
  }
}

function split(all: number, factor: number, out: Float64Array, to: number): void {
  const high = all * perLane + rounder - rounder;
  const low = all - high * lane;
  const third = high * perQuarter + rounder - rounder;
  const first = low * perQuarter + rounder - rounder;
  out[to] = (low - first * quarter) * factor;
  out[to + 1] = first * factor;
  out[to + 2] = (high - third * quarter) * factor;
  out[to + 3] = third * factor;
}
