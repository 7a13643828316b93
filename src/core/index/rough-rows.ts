/**
 * [Note: Four products in one]
 * As in [Note: Two products in one], but rows and queries are rounded to 1/61 of their length, so that a dot product needs
 * 13 bits and four rows travel in one double. The error of a dot is about half a percent of the product of the lengths:
 * enough to tell which rows are worth an exact product, at half of the time.
 */
const lane = 2 ** 13;
const perLane = 1 / lane;
const pair = 2 ** 26;
const perPair = 1 / pair;
/** Adding and subtracting it rounds a double below 2^51 to a whole number. */
const rounder = 1.5 * 2 ** 52;
/** A dot product of integer vectors must stay below half a lane, 64 x 64, whatever the rounding added to their lengths. */
const most = 63.9;

/** A matrix for rough dot products with all of its rows at once. 2 bytes a component. */
export class RoughRows {
  readonly dims: number;
  readonly #reach: number;
  /** A component of a row is `integer * step`. */
  readonly #step: number;
  /** [groups of 16 rows][dims][4]: row 4 j + l of a group in lane l of double j. */
  readonly #packed: Float64Array<ArrayBuffer>;
  readonly #query: Float64Array<ArrayBuffer>;

  /** @param matrix [rows][dims], row-major; dims up to 4096 */
  constructor(matrix: Float32Array, rows: number, dims: number) {
    this.dims = dims;
    this.#reach = most - Math.sqrt(dims) / 2;
    let longest = 0;
    for (let r = 0; r < rows; r++) {
      let squared = 0;
      for (let i = r * dims; i < (r + 1) * dims; i++) squared += matrix[i]! * matrix[i]!;
      longest = Math.max(longest, squared);
    }
    this.#step = longest > 0 ? Math.sqrt(longest) / this.#reach : 1;
    this.#packed = new Float64Array(((rows + 15) >>> 4) * dims * 4);
    for (let r = 0; r < rows; r++) {
      const group = (r >>> 4) * dims * 4 + ((r & 15) >>> 2);
      const weight = lane ** (r & 3);
      for (let i = 0; i < dims; i++) {
        const at = group + i * 4;
        this.#packed[at] = this.#packed[at]! + Math.round(matrix[r * dims + i]! / this.#step) * weight;
      }
    }
    this.#query = new Float64Array(dims);
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
    const integers = this.#query;
    let squared = 0;
    for (let i = 0; i < dims; i++) squared += query[i]! * query[i]!;
    const length = Math.sqrt(squared);
    const scale = length > 0 ? this.#reach / length : 0;
    for (let i = 0; i < dims; i++) integers[i] = query[i]! * scale + rounder - rounder;
    roughDots(this.#packed, integers, dims, (length / this.#reach) * this.#step, out);
  }
}

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
  const high = all * perPair + rounder - rounder;
  const low = all - high * pair;
  const third = high * perLane + rounder - rounder;
  const first = low * perLane + rounder - rounder;
  out[to] = (low - first * lane) * factor;
  out[to + 1] = first * factor;
  out[to + 2] = (high - third * lane) * factor;
  out[to + 3] = third * factor;
}
