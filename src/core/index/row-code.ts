/**
 * How rows are coded: bytes in, approximate dot products out. A code knows nothing of lists, ids or other rows.
 * Search scratch lives in the object: one search at a time, no callbacks in between.
 */
export interface RowCode {
  readonly dims: number;
  /** Bytes of a row, a multiple of 4. */
  readonly bytes: number;
  /** What a row's scale byte multiplies its decoded vector by: [256]; null: rows have no scale byte. */
  readonly scaleTable: Float64Array | null;
  /**
   * Codes `count` vectors ([count][dims] from `start`) to `codes` at `at`, and their scale bytes to `scales` at `scaleAt`
   * where the code chooses them itself.
   */
  encode(
    vectors: Float32Array,
    start: number,
    count: number,
    codes: Uint8Array,
    at: number,
    scales: Uint8Array,
    scaleAt: number,
  ): void;
  /** The vector that row `row` of `codes` stands for, before its scale. */
  decode(codes: Uint8Array, row: number, out: Float32Array, start: number): void;
  /** Prepares for `dots` with this query ([dims] from `start`). */
  setQuery(query: Float32Array, start: number): void;
  /** Dot products, before the scale, of the query with rows positions[0..count) of `codes`: out[0..count). */
  dots(codes: CodeBytes, positions: Int32Array, count: number, out: Float64Array): void;
}

/** Codes of many rows, readable by bytes, words and floats: the array must be 4-byte aligned in its buffer. */
export interface CodeBytes {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
}

export function codeBytes(bytes: Uint8Array): CodeBytes {
  const { buffer, byteOffset, length } = bytes;
  return {
    bytes,
    words: new Int32Array(buffer, byteOffset, length >>> 2),
    floats: new Float32Array(buffer, byteOffset, length >>> 2),
  };
}

/** Full floats: exact. */
export class FlatCode implements RowCode {
  readonly dims: number;
  readonly bytes: number;
  readonly scaleTable = null;
  readonly #query: Float64Array<ArrayBuffer>;

  constructor(dims: number) {
    this.dims = dims;
    this.bytes = dims * 4;
    this.#query = new Float64Array(dims);
  }

  encode(vectors: Float32Array, start: number, count: number, codes: Uint8Array, at: number): void {
    new Float32Array(codes.buffer, codes.byteOffset + at, count * this.dims).set(
      vectors.subarray(start, start + count * this.dims),
    );
  }

  decode(codes: Uint8Array, row: number, out: Float32Array, start: number): void {
    out.set(new Float32Array(codes.buffer, codes.byteOffset + row * this.bytes, this.dims), start);
  }

  setQuery(query: Float32Array, start: number): void {
    for (let i = 0; i < this.dims; i++) this.#query[i] = query[start + i]!;
  }

  dots({ floats }: CodeBytes, positions: Int32Array, count: number, out: Float64Array): void {
    const { dims } = this;
    const query = this.#query;
    for (let n = 0; n < count; n++) {
      let at = positions[n]! * dims;
      let s0 = 0;
      let s1 = 0;
      let i = 0;
      for (; i + 1 < dims; i += 2, at += 2) {
        s0 += query[i]! * floats[at]!;
        s1 += query[i + 1]! * floats[at + 1]!;
      }
      if (i < dims) s0 += query[i]! * floats[at]!;
      out[n] = s0 + s1;
    }
  }
}

/**
 * One byte a component: `low + (byte + 0.5) / 255 * width`, as Faiss's 8-bit scalar quantiser. Rows are padded with
 * zeros to a multiple of four bytes.
 */
export class RangeCode implements RowCode {
  readonly dims: number;
  readonly bytes: number;
  readonly scaleTable = null;
  /** [dims] least values, then [dims] widths. */
  readonly ranges: Float32Array;
  readonly #query: Float64Array<ArrayBuffer>;
  #constant = 0;

  constructor(dims: number, ranges: Float32Array) {
    if (ranges.length !== 2 * dims) {
      throw new RangeError(`ranges of ${ranges.length} values; expected 2 x ${dims}`);
    }
    this.dims = dims;
    this.bytes = (dims + 3) & ~3;
    this.ranges = ranges;
    this.#query = new Float64Array(this.bytes);
  }

  /** @param sample [count][dims] */
  static train(sample: Float32Array, count: number, dims: number): RangeCode {
    const ranges = new Float32Array(2 * dims);
    for (let i = 0; i < dims; i++) {
      let least = Number.POSITIVE_INFINITY;
      let greatest = Number.NEGATIVE_INFINITY;
      for (let n = 0; n < count; n++) {
        const x = sample[n * dims + i]!;
        if (x < least) least = x;
        if (x > greatest) greatest = x;
      }
      ranges[i] = least;
      ranges[dims + i] = greatest - least;
    }
    return new RangeCode(dims, ranges);
  }

  encode(vectors: Float32Array, start: number, count: number, codes: Uint8Array, at: number): void {
    const { dims, ranges, bytes } = this;
    for (let n = 0; n < count; n++) {
      for (let i = 0; i < dims; i++) {
        const width = ranges[dims + i]!;
        const share = width > 0 ? (vectors[start + n * dims + i]! - ranges[i]!) / width : 0;
        codes[at + n * bytes + i] = Math.max(0, Math.min(255, Math.floor(share * 255)));
      }
    }
  }

  decode(codes: Uint8Array, row: number, out: Float32Array, start: number): void {
    const { dims, ranges, bytes } = this;
    for (let i = 0; i < dims; i++) {
      out[start + i] = ranges[i]! + ((codes[row * bytes + i]! + 0.5) / 255) * ranges[dims + i]!;
    }
  }

  setQuery(query: Float32Array, start: number): void {
    const { dims, ranges } = this;
    this.#constant = 0;
    for (let i = 0; i < dims; i++) {
      const weight = (query[start + i]! * ranges[dims + i]!) / 255;
      this.#query[i] = weight;
      this.#constant += query[start + i]! * ranges[i]! + weight / 2;
    }
  }

  dots({ words }: CodeBytes, positions: Int32Array, count: number, out: Float64Array): void {
    const perRow = this.bytes >>> 2;
    const query = this.#query;
    for (let n = 0; n < count; n++) {
      let at = positions[n]! * perRow;
      let s0 = 0;
      let s1 = 0;
      for (let i = 0; i < perRow * 4; i += 4) {
        const w = words[at++]!;
        s0 += query[i]! * (w & 255) + query[i + 2]! * ((w >>> 16) & 255);
        s1 += query[i + 1]! * ((w >>> 8) & 255) + query[i + 3]! * (w >>> 24);
      }
      out[n] = s0 + s1 + this.#constant;
    }
  }
}
