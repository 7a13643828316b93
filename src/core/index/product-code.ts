import type { CandidateBuffer } from './candidate-buffer.ts';
import { type ProductQuantiser, subCentroids } from './product-quantiser.ts';
import type { CodeBytes, RowCode } from './row-code.ts';

/** Calibrated scales: byte b stands for 0.4 + b / 160, so 0.4 to 1.99 in steps of 0.006. */
const calibratedTable = Float64Array.from({ length: 256 }, (_, b) => 0.4 + b / 160);

/** The byte whose calibrated scale is nearest to `scale`. */
export function calibratedByte(scale: number): number {
  return Number.isFinite(scale) ? Math.max(0, Math.min(255, Math.round((scale - 0.4) * 160))) : 96;
}

/**
 * [Note: Early end of a row]
 * A row's score is a sum of independent parts. After sixteen of them the rest is, for this query, close to normal with a
 * spread that the table tells; when even `earlyEndSpreads` of it would not lift the row over the bar, the rest is not
 * looked up, and so after every further sixteen. Most rows of a list end there: a scan of 32 takes about half of the
 * time. Recall@10 on 200,000 photos, 64 lists: 0.971 without, 0.969 at 2.5 spreads, 0.965 at 2, 0.934 at 1.
 */
const earlyEndSpreads = 2.5;
/** Lookups between two chances to end a row. */
const stageBytes = 16;
/** Every so many entries of the table are enough to know its spread. */
const spreadStride = 8;

/** Product quantiser codes: `subspaces` bytes, filled up with zeros to a multiple of four. */
export class ProductCode implements RowCode {
  readonly quantiser: ProductQuantiser;
  readonly dims: number;
  readonly bytes: number;
  readonly scaleTable: Float64Array | null;
  /** [bytes][256]: zeros for the bytes that only fill up. */
  readonly #table: Float64Array<ArrayBuffer>;
  /** [stages]: how much what comes after each stage may still add before the row is given up; 0 after the last. */
  readonly #reserves: Float64Array<ArrayBuffer>;

  constructor(quantiser: ProductQuantiser, calibrated: boolean) {
    this.quantiser = quantiser;
    this.dims = quantiser.dims;
    this.bytes = (quantiser.subspaces + 3) & ~3;
    this.scaleTable = calibrated ? calibratedTable : null;
    this.#table = new Float64Array(this.bytes * subCentroids);
    this.#reserves = new Float64Array(Math.ceil(this.bytes / stageBytes));
  }

  encode(vectors: Float32Array, start: number, count: number, codes: Uint8Array, at: number): void {
    this.quantiser.encode(vectors, start, count, codes, at, this.bytes);
  }

  decode(codes: Uint8Array, row: number, out: Float32Array, start: number): void {
    this.quantiser.decode(codes, row * this.bytes, out, start);
  }

  setQuery(query: Float32Array, start: number): void {
    const table = this.#table;
    const reserves = this.#reserves;
    this.quantiser.fillTable(query, start, table);
    let variance = 0;
    for (let stage = reserves.length - 1; stage > 0; stage--) {
      const end = Math.min((stage + 1) * stageBytes, this.quantiser.subspaces);
      for (let m = stage * stageBytes; m < end; m++) variance += spread(table, m);
      reserves[stage - 1] = earlyEndSpreads * Math.sqrt(Math.max(0, variance));
    }
  }

  dots({ words }: CodeBytes, positions: Int32Array, count: number, out: Float64Array): void {
    const perRow = this.bytes >>> 2;
    const end = perRow << 10;
    const table = this.#table;
    for (let n = 0; n < count; n++) {
      let at = positions[n]! * perRow;
      let sum = 0;
      for (let row = 0; row < end; row += 1024) sum += four(table, row, words[at++]!);
      out[n] = sum;
    }
  }

  /**
   * Scans rows [first, last) of a segment and pushes those that beat the buffer's bar: `base + scale * dot`. With
   * [Note: Early end of a row].
   *
   * @param scales the rows' scale bytes
   * @param ids the rows' ids
   * @param allowed bitset over ids; null: all
   * @param shift added to a position in the buffer, to tell segments apart
   */
  scan(
    { words }: CodeBytes,
    scales: Uint8Array | null,
    ids: Uint32Array,
    allowed: Uint32Array | null,
    first: number,
    last: number,
    base: number,
    buffer: CandidateBuffer,
    shift: number,
  ): void {
    const table = this.#table;
    const scaleTable = this.scaleTable ?? calibratedTable;
    const perRow = this.bytes >>> 2;
    const reserves = this.#reserves;
    const stages = perRow >>> 2;
    const rest = perRow & 3;
    let bar = buffer.bar;
    let need = bar - base;
    for (let n = first; n < last; n++) {
      const scale = scales === null ? 1 : scaleTable[scales[n]!]!;
      const at = n * perRow;
      let sum = 0;
      let stage = 0;
      while (stage < stages) {
        sum += sixteen(table, stage << 12, words, at + (stage << 2));
        if (scale * (sum + reserves[stage]!) <= need) break;
        stage++;
      }
      if (stage < stages) continue;
      for (let w = perRow - rest; w < perRow; w++) sum += four(table, w << 10, words[at + w]!);
      const score = base + scale * sum;
      if (score <= bar) continue;
      if (allowed !== null) {
        const id = ids[n]!;
        if ((allowed[id >>> 5]! & (1 << (id & 31))) === 0) continue;
      }
      buffer.push(n + shift, score);
      bar = buffer.bar;
      need = bar - base;
    }
  }
}

/** The variance of row `m` of the table, from a part of its entries. */
function spread(table: Float64Array, m: number): number {
  let sum = 0;
  let squares = 0;
  for (let c = m * subCentroids; c < (m + 1) * subCentroids; c += spreadStride) {
    sum += table[c]!;
    squares += table[c]! * table[c]!;
  }
  const mean = (sum * spreadStride) / subCentroids;
  return (squares * spreadStride) / subCentroids - mean * mean;
}

/** Sixteen bytes, of four words from `at`, looked up in sixteen rows of the table from `row`. */
function sixteen(table: Float64Array, row: number, words: Int32Array, at: number): number {
  return (
    four(table, row, words[at]!) +
    four(table, row + 1024, words[at + 1]!) +
    (four(table, row + 2048, words[at + 2]!) + four(table, row + 3072, words[at + 3]!))
  );
}

/** The four bytes of `word` looked up in four rows of the table from `row`. */
function four(table: Float64Array, row: number, word: number): number {
  return (
    table[row + (word & 255)]! +
    table[row + 256 + ((word >>> 8) & 255)]! +
    (table[row + 512 + ((word >>> 16) & 255)]! + table[row + 768 + (word >>> 24)]!)
  );
}
