import { lane, perLane, rounder } from './packed-dots.ts';
import { PackedRows, reach } from './packed-rows.ts';

/**
 * Finds, for many points, the nearest (Euclidean) of a set of rows: `argmax(dot - half a squared length)`, on integers as
 * in [Note: Two products in one], two points at a time so that every load of a row serves four products. Points are
 * rounded to 1/4096 of `longest`; of rows that are equally near within that, either may win, always the same one.
 */
export class NearestRow {
  readonly dims: number;
  readonly rows: number;
  readonly #packed: PackedRows;
  /** -half of each row's squared length, packed like the rows: [groups][4]. */
  readonly #halves: Float64Array<ArrayBuffer>;
  readonly #scale: number;
  readonly #a: Float64Array<ArrayBuffer>;
  readonly #b: Float64Array<ArrayBuffer>;

  /**
   * @param matrix [rows][dims], row-major, from `start`
   * @param longest length (Euclidean) of the longest point that will be asked for, or more
   */
  constructor(matrix: Float32Array, rows: number, dims: number, longest: number, start = 0) {
    this.dims = dims;
    this.rows = rows;
    this.#packed = PackedRows.from(matrix, rows, dims, start);
    // Rows longer than the points would make the halves leave their lane.
    const bound = Math.max(longest, this.#packed.step * reach, 1e-30);
    this.#scale = reach / bound;
    const perUnit = this.#scale / this.#packed.step;
    // Rows that only fill the last group up: farther than any row can be, 1.5 x 2^24.
    this.#halves = new Float64Array(((rows + 7) >>> 3) * 4);
    for (let r = 0; r < this.#halves.length * 2; r++) {
      let half = 1.9 * 2 ** 24;
      if (r < rows) {
        let squared = 0;
        const at = start + r * dims;
        for (let i = 0; i < dims; i++) squared += matrix[at + i]! * matrix[at + i]!;
        half = (squared / 2) * perUnit;
      }
      this.#halves[r >>> 1] = this.#halves[r >>> 1]! - Math.round(half) * (r & 1 ? lane : 1);
    }
    this.#a = new Float64Array(dims);
    this.#b = new Float64Array(dims);
  }

  /**
   * Nearest row of `count` points: point n lies in `points` at `start + n * stride`; the answer goes to out[at + n * outStride].
   *
   * @returns how many entries of `out` changed
   */
  assign(
    points: Float32Array,
    start: number,
    stride: number,
    count: number,
    out: Int32Array | Uint8Array | Uint32Array,
    at = 0,
    outStride = 1,
  ): number {
    const { dims } = this;
    const a = this.#a;
    const b = this.#b;
    const scale = this.#scale;
    let moved = 0;
    for (let n = 0; n < count; n += 2) {
      const from = start + n * stride;
      // An odd last point is compared twice.
      const second = n + 1 < count ? from + stride : from;
      for (let i = 0; i < dims; i++) {
        a[i] = points[from + i]! * scale + rounder - rounder;
        b[i] = points[second + i]! * scale + rounder - rounder;
      }
      nearestOfPair(this.#packed.packed, this.#halves, dims, a, b, found);
      const to = at + n * outStride;
      if (out[to] !== found[0]) moved++;
      out[to] = found[0]!;
      if (n + 1 < count) {
        if (out[to + outStride] !== found[1]) moved++;
        out[to + outStride] = found[1]!;
      }
    }
    return moved;
  }
}

/** Where `nearestOfPair` leaves its two answers. */
const found = new Int32Array(2);

function nearestOfPair(
  packed: Float64Array<ArrayBufferLike>,
  halves: Float64Array,
  dims: number,
  a: Float64Array,
  b: Float64Array,
  out: Int32Array,
): void {
  let bestA = Number.NEGATIVE_INFINITY;
  let bestB = Number.NEGATIVE_INFINITY;
  let rowA = 0;
  let rowB = 0;
  let at = 0;
  for (let h = 0; h < halves.length; h += 4) {
    let s0 = halves[h]!;
    let s1 = halves[h + 1]!;
    let s2 = halves[h + 2]!;
    let s3 = halves[h + 3]!;
    let t0 = s0;
    let t1 = s1;
    let t2 = s2;
    let t3 = s3;
    for (let i = 0; i < dims; i++) {
      const q = a[i]!;
      const r = b[i]!;
      const w = packed[at]!;
      const x = packed[at + 1]!;
      const y = packed[at + 2]!;
      const z = packed[at + 3]!;
      s0 += q * w;
      s1 += q * x;
      s2 += q * y;
      s3 += q * z;
      t0 += r * w;
      t1 += r * x;
      t2 += r * y;
      t3 += r * z;
      at += 4;
    }
    const row = h * 2;
    // Written out: a loop over the eight sums would cost as much as the products of short rows.
    let high: number;
    let low: number;
    high = s0 * perLane + rounder - rounder;
    low = s0 - high * lane;
    if (low > bestA) {
      bestA = low;
      rowA = row;
    }
    if (high > bestA) {
      bestA = high;
      rowA = row + 1;
    }
    high = s1 * perLane + rounder - rounder;
    low = s1 - high * lane;
    if (low > bestA) {
      bestA = low;
      rowA = row + 2;
    }
    if (high > bestA) {
      bestA = high;
      rowA = row + 3;
    }
    high = s2 * perLane + rounder - rounder;
    low = s2 - high * lane;
    if (low > bestA) {
      bestA = low;
      rowA = row + 4;
    }
    if (high > bestA) {
      bestA = high;
      rowA = row + 5;
    }
    high = s3 * perLane + rounder - rounder;
    low = s3 - high * lane;
    if (low > bestA) {
      bestA = low;
      rowA = row + 6;
    }
    if (high > bestA) {
      bestA = high;
      rowA = row + 7;
    }
    high = t0 * perLane + rounder - rounder;
    low = t0 - high * lane;
    if (low > bestB) {
      bestB = low;
      rowB = row;
    }
    if (high > bestB) {
      bestB = high;
      rowB = row + 1;
    }
    high = t1 * perLane + rounder - rounder;
    low = t1 - high * lane;
    if (low > bestB) {
      bestB = low;
      rowB = row + 2;
    }
    if (high > bestB) {
      bestB = high;
      rowB = row + 3;
    }
    high = t2 * perLane + rounder - rounder;
    low = t2 - high * lane;
    if (low > bestB) {
      bestB = low;
      rowB = row + 4;
    }
    if (high > bestB) {
      bestB = high;
      rowB = row + 5;
    }
    high = t3 * perLane + rounder - rounder;
    low = t3 - high * lane;
    if (low > bestB) {
      bestB = low;
      rowB = row + 6;
    }
    if (high > bestB) {
      bestB = high;
      rowB = row + 7;
    }
  }
  out[0] = rowA;
  out[1] = rowB;
}
