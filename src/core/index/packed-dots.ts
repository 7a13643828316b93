/**
 * [Note: Two products in one]
 * Scalar JavaScript multiplies one pair of doubles at a time, and a double holds 53 bits. Rows are rounded to integers of
 * at most 2^12 in length (Euclidean), the query too, so a dot product is at most 2^24 (Cauchy-Schwarz) plus rounding.
 * Two rows travel in one double, `low + high * 2^26`: each multiplication then serves both, and the two sums separate
 * exactly at the end. About three times the speed of the best plain loop; the error of a dot is about 1e-4 of the product
 * of the lengths (one part in 4096 per component), far below that of any code stored here.
 */
export const lane = 2 ** 26;
export const perLane = 1 / lane;
/** Adding and subtracting it rounds a double below 2^51 to a whole number. */
export const rounder = 1.5 * 2 ** 52;

/** Rows that travel in one double: see [Note: Two products in one], [Note: Four products in one]. */
type PerDouble = 2 | 4;

/**
 * Rows as integers, `perDouble` in a double: [groups of 4 doubles][dims][4], row `perDouble` j + l of a group in lane l of
 * double j.
 *
 * @param matrix [rows][dims], row-major, from `start`
 * @param step a component is about `integer * step`
 */
export function packRows(
  matrix: Float32Array,
  start: number,
  rows: number,
  dims: number,
  step: number,
  perDouble: PerDouble,
): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(packedLength(rows, dims, perDouble));
  const perGroup = 4 * perDouble;
  const laneOfRow = 2 ** (52 / perDouble);
  for (let r = 0; r < rows; r++) {
    const group = Math.floor(r / perGroup) * dims * 4 + Math.floor((r % perGroup) / perDouble);
    const weight = laneOfRow ** (r % perDouble);
    for (let i = 0; i < dims; i++) {
      const at = group + i * 4;
      // Math.round takes three times as long.
      packed[at] = packed[at]! + Math.floor(matrix[start + r * dims + i]! / step + 0.5) * weight;
    }
  }
  return packed;
}

export function packedLength(rows: number, dims: number, perDouble: PerDouble): number {
  return Math.ceil(rows / (4 * perDouble)) * dims * 4;
}

/**
 * Dot products of the query with groups [first, last) of eight rows, two a double, to out[at..].
 *
 * @param factor multiplies the whole-number products
 */
export function packedDots(
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

/** `packedDots` of two queries at once. */
export function packedDotsOfPair(
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

/** Dot products of each piece of the query with its own share of the rows: `groups` groups of eight for each piece. */
export function packedDotsOfPieces(
  packed: Float64Array<ArrayBufferLike>,
  query: Float64Array,
  dims: number,
  pieces: number,
  groups: number,
  factor: number,
  out: Float64Array,
): void {
  if (dims === 4 || dims === 6 || dims === 8) {
    packedDotsOfShortPieces(packed, query, dims, pieces, groups, factor, out);
    return;
  }
  for (let piece = 0; piece < pieces; piece++) {
    const first = piece * groups;
    const part = query.subarray(piece * dims, (piece + 1) * dims);
    packedDots(packed, part, dims, first, first + groups, factor, out, first * 8);
  }
}

/**
 * For the usual lengths: the piece stays in registers, which saves a quarter of the time. A kernel for each length would
 * save a tenth more of it, a hundredth of a search.
 */
function packedDotsOfShortPieces(
  packed: Float64Array<ArrayBufferLike>,
  query: Float64Array,
  dims: 4 | 6 | 8,
  pieces: number,
  groups: number,
  factor: number,
  out: Float64Array,
): void {
  let from = 0;
  let to = 0;
  for (let start = 0; start < pieces * dims; start += dims) {
    const a = query[start]!;
    const b = query[start + 1]!;
    const c = query[start + 2]!;
    const d = query[start + 3]!;
    const e = dims > 4 ? query[start + 4]! : 0;
    const f = dims > 4 ? query[start + 5]! : 0;
    const g = dims > 6 ? query[start + 6]! : 0;
    const h = dims > 6 ? query[start + 7]! : 0;
    for (let group = 0; group < groups; group++) {
      let s0 = a * packed[from]! + b * packed[from + 4]! + (c * packed[from + 8]! + d * packed[from + 12]!);
      let s1 =
        a * packed[from + 1]! + b * packed[from + 5]! + (c * packed[from + 9]! + d * packed[from + 13]!);
      let s2 =
        a * packed[from + 2]! + b * packed[from + 6]! + (c * packed[from + 10]! + d * packed[from + 14]!);
      let s3 =
        a * packed[from + 3]! + b * packed[from + 7]! + (c * packed[from + 11]! + d * packed[from + 15]!);
      if (dims > 4) {
        s0 += e * packed[from + 16]! + f * packed[from + 20]!;
        s1 += e * packed[from + 17]! + f * packed[from + 21]!;
        s2 += e * packed[from + 18]! + f * packed[from + 22]!;
        s3 += e * packed[from + 19]! + f * packed[from + 23]!;
      }
      if (dims > 6) {
        s0 += g * packed[from + 24]! + h * packed[from + 28]!;
        s1 += g * packed[from + 25]! + h * packed[from + 29]!;
        s2 += g * packed[from + 26]! + h * packed[from + 30]!;
        s3 += g * packed[from + 27]! + h * packed[from + 31]!;
      }
      split(s0, factor, out, to);
      split(s1, factor, out, to + 2);
      split(s2, factor, out, to + 4);
      split(s3, factor, out, to + 6);
      from += dims * 4;
      to += 8;
    }
  }
}

/** Writes the two dot products that a double holds. */
function split(both: number, factor: number, out: Float64Array, to: number): void {
  const high = both * perLane + rounder - rounder;
  out[to] = (both - high * lane) * factor;
  out[to + 1] = high * factor;
}
