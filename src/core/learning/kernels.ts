// The two products that teaching and scoring spend their time in. Sums are kept in double precision; the products are
// cut into blocks of two photos by four outputs (or four by two) so that the sums stay in registers.

/**
 * Scores of some rows: `out[r * outputs + o] = bias[o] + weights[o] . row(r)`.
 *
 * @param data [rows of the set][dims], row-major
 * @param rows which rows of `data`; `rows[first]` to `rows[first + count - 1]` are scored
 * @param weights [outputs][dims], row-major
 * @param bias [outputs]
 * @param out [count][outputs], row-major, at least
 */
export function scoreRows(
  data: Float32Array,
  dims: number,
  rows: Uint32Array,
  first: number,
  count: number,
  weights: Float64Array,
  bias: Float64Array,
  outputs: number,
  out: Float64Array,
): void {
  const sums = new Float64Array(8);
  for (let o = 0; o < outputs; o += 4) {
    const width = Math.min(4, outputs - o);
    for (let r = 0; r < count; r += 2) {
      const x0 = rows[first + r]! * dims;
      // A lone last row is taken twice and its twin thrown away.
      const x1 = r + 1 < count ? rows[first + r + 1]! * dims : x0;
      if (width === 4) dots2x4(data, x0, x1, weights, o * dims, dims, sums);
      else dots2xFew(data, x0, x1, weights, o * dims, dims, width, sums);
      const to = r * outputs + o;
      for (let k = 0; k < width; k++) out[to + k] = sums[k]! + bias[o + k]!;
      if (r + 1 < count) for (let k = 0; k < width; k++) out[to + outputs + k] = sums[4 + k]! + bias[o + k]!;
    }
  }
}

/** sums[0..3] = row x0 with four weight rows, sums[4..7] = row x1 with them. */
function dots2x4(
  x: Float32Array,
  x0: number,
  x1: number,
  w: Float64Array,
  w0: number,
  dims: number,
  sums: Float64Array,
): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  const w1 = w0 + dims;
  const w2 = w1 + dims;
  const w3 = w2 + dims;
  for (let j = 0; j < dims; j++) {
    const a = x[x0 + j]!;
    const b = x[x1 + j]!;
    const p = w[w0 + j]!;
    const q = w[w1 + j]!;
    const r = w[w2 + j]!;
    const s = w[w3 + j]!;
    a0 += a * p;
    a1 += a * q;
    a2 += a * r;
    a3 += a * s;
    b0 += b * p;
    b1 += b * q;
    b2 += b * r;
    b3 += b * s;
  }
  sums[0] = a0;
  sums[1] = a1;
  sums[2] = a2;
  sums[3] = a3;
  sums[4] = b0;
  sums[5] = b1;
  sums[6] = b2;
  sums[7] = b3;
}

/** The same for the last one to three outputs. */
function dots2xFew(
  x: Float32Array,
  x0: number,
  x1: number,
  w: Float64Array,
  w0: number,
  dims: number,
  width: number,
  sums: Float64Array,
): void {
  for (let k = 0; k < width; k++) {
    const start = w0 + k * dims;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let j = 0;
    for (; j + 1 < dims; j += 2) {
      const p = w[start + j]!;
      const q = w[start + j + 1]!;
      a += x[x0 + j]! * p;
      b += x[x1 + j]! * p;
      c += x[x0 + j + 1]! * q;
      d += x[x1 + j + 1]! * q;
    }
    if (j < dims) {
      a += x[x0 + j]! * w[start + j]!;
      b += x[x1 + j]! * w[start + j]!;
    }
    sums[k] = a + c;
    sums[4 + k] = b + d;
  }
}

/**
 * Adds the rows, weighted, to the sums of each output: `sums[o] += sum over r of residuals[r][o] * row(r)`.
 *
 * @param data [rows of the set][dims], row-major
 * @param rows which rows of `data`: `count` of them from `first` on
 * @param residuals [count][outputs], row-major
 * @param sums [outputs][dims], row-major
 */
export function addWeightedRows(
  data: Float32Array,
  dims: number,
  rows: Uint32Array,
  first: number,
  count: number,
  residuals: Float64Array,
  outputs: number,
  sums: Float64Array,
): void {
  for (let o = 0; o < outputs; o += 2) {
    const pair = o + 1 < outputs;
    const s0 = o * dims;
    for (let r = 0; r < count; r += 4) {
      const last = count - 1;
      const r0 = r;
      const r1 = Math.min(r + 1, last);
      const r2 = Math.min(r + 2, last);
      const r3 = Math.min(r + 3, last);
      const x0 = rows[first + r0]! * dims;
      const x1 = rows[first + r1]! * dims;
      const x2 = rows[first + r2]! * dims;
      const x3 = rows[first + r3]! * dims;
      // Rows past the end count for nothing.
      const m1 = r + 1 < count ? 1 : 0;
      const m2 = r + 2 < count ? 1 : 0;
      const m3 = r + 3 < count ? 1 : 0;
      const a0 = residuals[r0 * outputs + o]!;
      const a1 = residuals[r1 * outputs + o]! * m1;
      const a2 = residuals[r2 * outputs + o]! * m2;
      const a3 = residuals[r3 * outputs + o]! * m3;
      if (!pair) {
        add4x1(data, x0, x1, x2, x3, a0, a1, a2, a3, dims, sums, s0);
        continue;
      }
      const b0 = residuals[r0 * outputs + o + 1]!;
      const b1 = residuals[r1 * outputs + o + 1]! * m1;
      const b2 = residuals[r2 * outputs + o + 1]! * m2;
      const b3 = residuals[r3 * outputs + o + 1]! * m3;
      const s1 = s0 + dims;
      for (let j = 0; j < dims; j++) {
        const p = data[x0 + j]!;
        const q = data[x1 + j]!;
        const s = data[x2 + j]!;
        const t = data[x3 + j]!;
        sums[s0 + j] = sums[s0 + j]! + (a0 * p + a1 * q + (a2 * s + a3 * t));
        sums[s1 + j] = sums[s1 + j]! + (b0 * p + b1 * q + (b2 * s + b3 * t));
      }
    }
  }
}

function add4x1(
  data: Float32Array,
  x0: number,
  x1: number,
  x2: number,
  x3: number,
  a0: number,
  a1: number,
  a2: number,
  a3: number,
  dims: number,
  sums: Float64Array,
  s0: number,
): void {
  for (let j = 0; j < dims; j++) {
    sums[s0 + j] =
      sums[s0 + j]! + (a0 * data[x0 + j]! + a1 * data[x1 + j]! + (a2 * data[x2 + j]! + a3 * data[x3 + j]!));
  }
}
