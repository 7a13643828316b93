import { longestOf } from './longest.ts';
import {
  lane,
  packedDots,
  packedDotsOfPair,
  packedDotsOfPieces,
  packedLength,
  packRows,
  perLane,
  rounder,
} from './packed-dots.ts';

/** Rows and queries are this long at most, in steps. */
export const reach = 4096;

/** The query side of `PackedRows.dots`: integers in doubles, and the factor that turns sums back into dot products. */
export interface IntegerQuery {
  /** [dims] whole numbers. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Multiplies a whole-number dot by this (and the rows' own factor). */
  factor: number;
}

export function integerQuery(dims: number): IntegerQuery {
  return { values: new Float64Array(dims), factor: 0 };
}

/** Rounds `dims` floats from `start` into `query`. */
export function setQuery(
  query: IntegerQuery,
  from: Float32Array,
  start = 0,
  dims = query.values.length,
): void {
  setPieces(query, from, start, dims, dims);
}

/** `setQuery` for `dotsOfPieces`: rounded to 1/4096 of the longest piece of `pieceDims` components; or to 1/`steps`. */
export function setPieces(
  query: IntegerQuery,
  from: Float32Array,
  start: number,
  dims: number,
  pieceDims: number,
  steps = reach,
): void {
  const longest = longestOf(from, dims / pieceDims, pieceDims, start);
  const scale = longest > 0 ? steps / longest : 0;
  const values = query.values;
  for (let i = 0; i < dims; i++) values[i] = from[start + i]! * scale + rounder - rounder;
  query.factor = longest / steps;
}

/** A matrix prepared for many fast dot products with its rows: see [Note: Two products in one]. 4 bytes a component. */
export class PackedRows {
  readonly rows: number;
  readonly dims: number;
  /** A component is `integer * step`. */
  readonly step: number;
  /** Rows in groups of eight: [ceil(rows / 8)][dims][4], row 2j of a group low and 2j + 1 high in double j. */
  readonly packed: Float64Array<ArrayBufferLike>;

  constructor(rows: number, dims: number, step: number, packed: Float64Array<ArrayBufferLike>) {
    this.rows = rows;
    this.dims = dims;
    this.step = step;
    this.packed = packed;
  }

  static lengthFor(rows: number, dims: number): number {
    return packedLength(rows, dims, 2);
  }

  /** @param matrix [rows][dims], row-major, from `start` */
  static from(matrix: Float32Array, rows: number, dims: number, start = 0): PackedRows {
    const longest = longestOf(matrix, rows, dims, start);
    const step = longest > 0 ? longest / reach : 1;
    return new PackedRows(rows, dims, step, packRows(matrix, start, rows, dims, step, 2));
  }

  /** Copies row `r`, as it is held (rounded), to `out`. */
  row(r: number, out: Float32Array, start = 0): void {
    const group = (r >>> 3) * this.dims * 4 + ((r & 7) >>> 1);
    for (let i = 0; i < this.dims; i++) {
      const both = this.packed[group + i * 4]!;
      const high = Math.round(both * perLane);
      out[start + i] = (r & 1 ? high : both - high * lane) * this.step;
    }
  }

  /** Replaces row `r` with `dims` floats of `from` at `start`; none may make the row longer than 4096 steps. */
  set(r: number, from: Float32Array, start: number): void {
    const group = (r >>> 3) * this.dims * 4 + ((r & 7) >>> 1);
    const { packed, dims } = this;
    const perStep = 1 / this.step;
    const odd = (r & 1) === 1;
    for (let i = 0, at = group; i < dims; i++, at += 4) {
      const both = packed[at]!;
      const high = both * perLane + rounder - rounder;
      const value = from[start + i]! * perStep + rounder - rounder;
      packed[at] = odd ? both + (value - high) * lane : value + high * lane;
    }
  }

  /**
   * Dot products of the query with rows [first, last): out[at..]. Both are multiples of eight, or `last` is `rows`; then
   * `out` needs room for the last eight all the same.
   */
  dotsOf(query: IntegerQuery, first: number, last: number, out: Float64Array, at = 0): void {
    const factor = query.factor * this.step;
    packedDots(this.packed, query.values, this.dims, first >>> 3, (last + 7) >>> 3, factor, out, at);
  }

  /** `dots` of two queries at once: every load of a row serves four products, so a pair costs little more than one. */
  dotsOfPair(a: IntegerQuery, b: IntegerQuery, outA: Float64Array, outB: Float64Array): void {
    const groups = (this.rows + 7) >>> 3;
    const factorA = a.factor * this.step;
    const factorB = b.factor * this.step;
    packedDotsOfPair(this.packed, a.values, b.values, this.dims, groups, factorA, factorB, outA, outB);
  }

  /**
   * A query of `pieces` times as many components as a row: each piece's dot products with its own share of the rows
   * (a multiple of eight), out[row].
   */
  dotsOfPieces(query: IntegerQuery, pieces: number, out: Float64Array): void {
    const factor = query.factor * this.step;
    packedDotsOfPieces(this.packed, query.values, this.dims, pieces, this.rows / pieces / 8, factor, out);
  }

  /** Dot products of the query with all rows: out[r]. `out` holds at least `rows` rounded up to eight. */
  dots(query: IntegerQuery, out: Float64Array): void {
    this.dotsOf(query, 0, this.rows, out);
  }
}
