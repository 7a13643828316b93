import { packedDotsOfPieces } from './piece-dots.ts';

/**
 * [Note: Two products in one]
 * Scalar JavaScript multiplies one pair of doubles at a time, and a double holds 53 bits. Rows are rounded to integers of
 * at most 2^12 in length (Euclidean), the query too, so a dot product is at most 2^24 (Cauchy-Schwarz) plus rounding.
 * Two rows travel in one double, `low + high * 2^26`: each multiplication then serves both, and the two sums separate
 * exactly at the end. About three times the speed of the best plain loop; the error of a dot is about 1e-4 of the product
 * of the lengths (one part in 4096 per component), far below that of any code stored here.
 */
const lane = 2 ** 26;
const unpackHigh = 1 / lane;
const reach = 4096;
/** Adding and subtracting it rounds a double below 2^51 to a whole number. */
const rounder = 1.5 * 2 ** 52;

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

/** `setQuery` for `dotsOfPieces`: rounded to 1/4096 of the longest piece of `pieceDims` components. */
export function setPieces(
  query: IntegerQuery,
  from: Float32Array,
  start: number,
  dims: number,
  pieceDims: number,
): void {
  let longest = 0;
  for (let piece = start; piece < start + dims; piece += pieceDims) {
    let squared = 0;
    for (let i = piece; i < piece + pieceDims; i++) squared += from[i]! * from[i]!;
    if (squared > longest) longest = squared;
  }
  const length = Math.sqrt(longest);
  const scale = length > 0 ? reach / length : 0;
  const values = query.values;
  for (let i = 0; i < dims; i++) values[i] = from[start + i]! * scale + rounder - rounder;
  query.factor = length / reach;
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
    return ((rows + 7) >>> 3) * dims * 4;
  }

  /** @param matrix [rows][dims], row-major, from `start` */
  static from(matrix: Float32Array, rows: number, dims: number, start = 0): PackedRows {
    let longest = 0;
    for (let r = 0; r < rows; r++) {
      let squared = 0;
      const at = start + r * dims;
      for (let i = 0; i < dims; i++) squared += matrix[at + i]! * matrix[at + i]!;
      longest = Math.max(longest, squared);
    }
    const step = longest > 0 ? Math.sqrt(longest) / reach : 1;
    const packed = new Float64Array(PackedRows.lengthFor(rows, dims));
    for (let r = 0; r < rows; r++) {
      const group = (r >>> 3) * dims * 4 + ((r & 7) >>> 1);
      const weight = r & 1 ? lane : 1;
      for (let i = 0; i < dims; i++) {
        packed[group + i * 4] =
          packed[group + i * 4]! + Math.round(matrix[start + r * dims + i]! / step) * weight;
      }
    }
    return new PackedRows(rows, dims, step, packed);
  }

  /** Copies row `r`, as it is held (rounded), to `out`. */
  row(r: number, out: Float32Array, start = 0): void {
    const group = (r >>> 3) * this.dims * 4 + ((r & 7) >>> 1);
    for (let i = 0; i < this.dims; i++) {
      const both = this.packed[group + i * 4]!;
      const high = Math.round(both * unpackHigh);
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
      const high = both * unpackHigh + rounder - rounder;
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

/** The inner loop: groups [first, last) of eight rows, to out[at..]. */
function packedDots(
  packed: Float64Array<ArrayBufferLike>,
  query: Float64Array,
  dims: number,
  first: number,
  last: number,
  factor: number,
  out: Float64Array,
  at: number,
): void {
  const even = dims & ~1;
  let from = first * dims * 4;
  let to = at;
  for (let group = first; group < last; group++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    // Two components at a time: the sums wait for each other half as often.
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
    split(s1, factor, out, to + 2);
    split(s2, factor, out, to + 4);
    split(s3, factor, out, to + 6);
    to += 8;
  }
}

function packedDotsOfPair(
  packed: Float64Array<ArrayBufferLike>,
  a: Float64Array,
  b: Float64Array,
  dims: number,
  groups: number,
  factorA: number,
  factorB: number,
  outA: Float64Array,
  outB: Float64Array,
): void {
  const even = dims & ~1;
  let from = 0;
  for (let group = 0, to = 0; group < groups; group++, to += 8) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let i = 0; i < even; i += 2) {
      const q = a[i]!;
      const r = b[i]!;
      const q2 = a[i + 1]!;
      const r2 = b[i + 1]!;
      const w = packed[from]!;
      const x = packed[from + 1]!;
      const y = packed[from + 2]!;
      const z = packed[from + 3]!;
      const w2 = packed[from + 4]!;
      const x2 = packed[from + 5]!;
      const y2 = packed[from + 6]!;
      const z2 = packed[from + 7]!;
      s0 += q * w + q2 * w2;
      s1 += q * x + q2 * x2;
      s2 += q * y + q2 * y2;
      s3 += q * z + q2 * z2;
      t0 += r * w + r2 * w2;
      t1 += r * x + r2 * x2;
      t2 += r * y + r2 * y2;
      t3 += r * z + r2 * z2;
      from += 8;
    }
    for (let i = even; i < dims; i++) {
      const q = a[i]!;
      const r = b[i]!;
      const w = packed[from]!;
      const x = packed[from + 1]!;
      const y = packed[from + 2]!;
      const z = packed[from + 3]!;
      s0 += q * w;
      s1 += q * x;
      s2 += q * y;
      s3 += q * z;
      t0 += r * w;
      t1 += r * x;
      t2 += r * y;
      t3 += r * z;
      from += 4;
    }
    split(s0, factorA, outA, to);
    split(s1, factorA, outA, to + 2);
    split(s2, factorA, outA, to + 4);
    split(s3, factorA, outA, to + 6);
    split(t0, factorB, outB, to);
    split(t1, factorB, outB, to + 2);
    split(t2, factorB, outB, to + 4);
    split(t3, factorB, outB, to + 6);
  }
}

/** Writes the two dot products that a double holds. */
export function split(both: number, factor: number, out: Float64Array, to: number): void {
  const high = both * unpackHigh + rounder - rounder;
  out[to] = (both - high * lane) * factor;
  out[to + 1] = high * factor;
}
