import { dot } from '../vector/dot.ts';
import type { CoarseQuantiser } from './coarse-quantiser.ts';
import { sortByKey } from './counting-sort.ts';
import type { IndexSpec } from './factory-string.ts';
import type { LinearTransform } from './linear-transform.ts';
import { calibratedByte, ProductCode } from './product-code.ts';
import type { RowCode } from './row-code.ts';
import { emptySegment, type RowSizes, type Segment } from './segment.ts';

/**
 * `product`: the dot product, highest first (the cosine, for unit vectors). `distance`: Euclidean, as the negative square,
 * so that highest is nearest too.
 */
export type Metric = 'product' | 'distance';

/** What training has found, and nothing of the rows. Never changed. */
export interface TrainedIndex {
  readonly spec: IndexSpec;
  readonly metric: Metric;
  /** Components of a vector as the caller gives it. */
  readonly dims: number;
  readonly transform: LinearTransform | null;
  /** Null: one list holds everything, and its centroid is zero. */
  readonly coarse: CoarseQuantiser | null;
  readonly code: RowCode;
  readonly fine: RowCode | null;
  /** Mean square of what `code` left over, over the training sample: the measure of drift. */
  readonly error: number;
}

/** Vectors by number. `read` may be asked for any range, often ascending. */
export interface VectorSource {
  readonly count: number;
  /** Copies vectors [first, first + count) to `out`, row-major. */
  read(first: number, count: number, out: Float32Array): void;
  /** The id under which vector `n` is found. */
  id(n: number): number;
}

export function rowSizes({ code, fine, metric }: TrainedIndex): RowSizes {
  return {
    code: code.bytes,
    scale: code.scaleTable === null ? 0 : 1,
    fine: fine?.bytes ?? 0,
    fineScale: fine?.scaleTable === undefined || fine.scaleTable === null ? 0 : 1,
    half: metric === 'distance' ? 4 : 0,
  };
}

export function listCount(trained: TrainedIndex): number {
  return trained.coarse?.lists ?? 1;
}

/** Components after the transform: those that lists and codes see. */
export function innerDims({ dims, transform }: TrainedIndex): number {
  return transform?.outDims ?? dims;
}

/** Rows coded at a time: small enough for the cache, large enough to pay for the calls. */
const blockRows = 128;

/** A coded part, and the mean square of what the first code left over in it. */
export interface Encoded {
  readonly segment: Segment;
  readonly error: number;
}

/**
 * Codes vectors [first, first + count) of the source as one segment.
 *
 * @yields 0..1, the share done, after every block
 * @throws RangeError when a vector holds a value that is not finite (it names the id)
 */
export function* encodeSegment(
  trained: TrainedIndex,
  source: VectorSource,
  first: number,
  count: number,
): Generator<number, Encoded> {
  const sizes = rowSizes(trained);
  const lists = listCount(trained);
  const inOrder = emptySegment(count, lists, sizes);
  const listOf = new Int32Array(count);
  const coder = new BlockCoder(trained);
  let squares = 0;
  for (let at = 0; at < count; at += blockRows) {
    const rows = Math.min(blockRows, count - at);
    squares += coder.encode(source, first + at, rows, inOrder, at, listOf);
    yield (at + rows) / count;
  }
  return { segment: sortIntoLists(inOrder, listOf, lists, sizes), error: count > 0 ? squares / count : 0 };
}

/** Frees what only coding needs; the next time it is made anew, for the vectors that come then. */
export function endEncoding({ coarse, code }: TrainedIndex): void {
  coarse?.endAssigning();
  if (code instanceof ProductCode) code.quantiser.endEncoding();
}

/** Scratch for coding one block after the other. */
class BlockCoder {
  readonly #trained: TrainedIndex;
  readonly #inner: number;
  readonly #raw: Float32Array<ArrayBuffer>;
  readonly #vectors: Float32Array<ArrayBuffer>;
  readonly #rests: Float32Array<ArrayBuffer>;
  readonly #decoded: Float32Array<ArrayBuffer>;
  readonly #lists = new Int32Array(blockRows);
  readonly #noScales = new Uint8Array(blockRows);

  constructor(trained: TrainedIndex) {
    this.#trained = trained;
    this.#inner = innerDims(trained);
    this.#raw = new Float32Array(blockRows * trained.dims);
    this.#vectors = new Float32Array(blockRows * this.#inner);
    this.#rests = new Float32Array(blockRows * this.#inner);
    this.#decoded = new Float32Array(this.#inner);
  }

  /** Codes `rows` vectors of the source from `first` to rows `at`.. of `to`. Returns the sum of squares left over. */
  encode(
    source: VectorSource,
    first: number,
    rows: number,
    to: Segment,
    at: number,
    listOf: Int32Array,
  ): number {
    const { transform, coarse, code, fine, dims } = this.#trained;
    const inner = this.#inner;
    const vectors = this.#vectors;
    const rests = this.#rests;
    source.read(first, rows, this.#raw);
    const odd = firstNotFinite(this.#raw, rows * dims);
    if (odd >= 0) {
      const id = source.id(first + Math.floor(odd / dims));
      throw new RangeError(`vector ${id} holds ${this.#raw[odd]}; values must be finite`);
    }
    if (transform === null) vectors.set(this.#raw);
    else transform.applyMany(this.#raw, 0, rows, vectors, 0);
    this.#assign(rows);
    for (let n = 0; n < rows; n++) {
      to.ids[at + n] = source.id(first + n);
      listOf[at + n] = this.#lists[n]!;
      if (coarse === null) rests.set(vectors.subarray(n * inner, (n + 1) * inner), n * inner);
      else {
        const { centroids } = coarse;
        let from = this.#lists[n]! * inner;
        for (let i = n * inner; i < (n + 1) * inner; i++) rests[i] = vectors[i]! - centroids[from++]!;
      }
    }
    code.encode(
      rests,
      0,
      rows,
      to.codes.bytes,
      at * code.bytes,
      to.scales ?? this.#noScales,
      to.scales === null ? 0 : at,
    );
    const squares = this.#subtractCodes(rows, to, at);
    if (fine !== null) {
      const scales = to.fineScales ?? this.#noScales;
      fine.encode(rests, 0, rows, to.fine!.bytes, at * fine.bytes, scales, to.fineScales === null ? 0 : at);
    }
    if (to.halves !== null) this.#measure(rows, to, at);
    return squares;
  }

  /** Fills in half the squared length of what the codes of each row stand for: the vector less what they left over. */
  #measure(rows: number, to: Segment, at: number): void {
    const { fine } = this.#trained;
    const decoded = this.#decoded;
    const inner = this.#inner;
    for (let n = 0; n < rows; n++) {
      if (fine === null) decoded.fill(0);
      else fine.decode(to.fine!.bytes, at + n, decoded, 0);
      const scale = to.fineScales === null ? 1 : fine!.scaleTable![to.fineScales[at + n]!]!;
      let squared = 0;
      for (let i = 0; i < inner; i++) {
        const rest = this.#rests[n * inner + i]! - scale * decoded[i]!;
        squared += (this.#vectors[n * inner + i]! - rest) ** 2;
      }
      to.halves![at + n] = squared / 2;
    }
  }

  #assign(rows: number): void {
    const { coarse } = this.#trained;
    if (coarse === null) {
      this.#lists.fill(0);
      return;
    }
    let longest = 0;
    for (let n = 0; n < rows; n++) {
      longest = Math.max(longest, halfSquare(this.#vectors, n * this.#inner, this.#inner));
    }
    coarse.assign(this.#vectors, 0, rows, Math.sqrt(2 * longest), this.#lists);
  }

  /** Turns the rests into what the first code leaves over; chooses calibrated scales. */
  #subtractCodes(rows: number, to: Segment, at: number): number {
    const { code } = this.#trained;
    const inner = this.#inner;
    const rests = this.#rests;
    const vectors = this.#vectors;
    const decoded = this.#decoded;
    const calibrated = this.#trained.spec.code.kind === 'product' && to.scales !== null;
    let squares = 0;
    for (let n = 0; n < rows; n++) {
      const start = n * inner;
      code.decode(to.codes.bytes, at + n, decoded, 0);
      if (calibrated) {
        // [Note: Calibrated scale] x . (c + s * decoded) = x . x, so s = x . rest / x . decoded.
        const restProduct = dot(vectors, rests, inner, start, start);
        const decodedProduct = dot(vectors, decoded, inner, start);
        // Where the two hardly overlap, the quotient means nothing.
        to.scales![at + n] = calibratedByte(decodedProduct > 1e-6 ? restProduct / decodedProduct : 1);
      }
      const scale = to.scales === null ? 1 : code.scaleTable![to.scales[at + n]!]!;
      for (let i = 0; i < inner; i++) {
        const rest = rests[start + i]! - scale * decoded[i]!;
        rests[start + i] = rest;
        squares += rest * rest;
      }
    }
    return squares;
  }
}

/** Position of the first of `count` values that is not finite; -1: there is none. */
function firstNotFinite(values: Float32Array, count: number): number {
  // Zero times anything else is zero.
  let zero = 0;
  for (let n = 0; n < count; n++) zero += values[n]! * 0;
  return zero === 0 ? -1 : values.findIndex((value) => !Number.isFinite(value));
}

function halfSquare(vectors: Float32Array, start: number, dims: number): number {
  let squared = 0;
  for (let i = start; i < start + dims; i++) squared += vectors[i]! * vectors[i]!;
  return squared / 2;
}

/** Within a list the order of arrival stays. */
function sortIntoLists(inOrder: Segment, listOf: Int32Array, lists: number, sizes: RowSizes): Segment {
  const sorted = emptySegment(inOrder.rows, lists, sizes);
  const { starts, items } = sortByKey(listOf, lists);
  sorted.offsets.set(starts);
  for (let to = 0; to < inOrder.rows; to++) {
    const n = items[to]!;
    sorted.ids[to] = inOrder.ids[n]!;
    copyBytes(inOrder.codes.words, sorted.codes.words, n, to, sizes.code >>> 2);
    if (sorted.scales !== null) sorted.scales[to] = inOrder.scales![n]!;
    if (sorted.fine !== null) copyBytes(inOrder.fine!.words, sorted.fine.words, n, to, sizes.fine >>> 2);
    if (sorted.fineScales !== null) sorted.fineScales[to] = inOrder.fineScales![n]!;
    if (sorted.halves !== null) sorted.halves[to] = inOrder.halves![n]!;
  }
  return sorted;
}

function copyBytes(from: Int32Array, to: Int32Array, row: number, toRow: number, words: number): void {
  for (let i = 0; i < words; i++) to[toRow * words + i] = from[row * words + i]!;
}
