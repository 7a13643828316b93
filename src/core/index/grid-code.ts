import type { GridBits } from './factory-string.ts';
import type { CodeBytes, RowCode } from './row-code.ts';
import { SignRotation } from './sign-rotation.ts';

/** Best step for normal values, in standard deviations. */
const bestStep: Record<GridBits, number> = { 4: 0.335, 5: 0.188, 6: 0.104, 8: 0.031 };
/** A row's values are never quite normal: scales around it are tried, so many bytes (13 %) apart, so many on each side. */
const byteStride = 2.2;
const mostStrides = 2;
/** A scale byte b stands for the step 2^((b - 240) / 12): 1e-6 to 2.4, 6 % apart; 0 for a row of zeros. */
const scaleTable = Float64Array.from({ length: 256 }, (_, b) => (b === 0 ? 0 : 2 ** ((b - 240) / 12)));

/**
 * A uniform grid of 2^bits levels, its step per row, on components rotated so that one grid suits all.
 *
 * Row layout, per 32 components (the last group is filled up with zeros): four words of eight 4-bit digits, low digit
 * first; for 5 and 6 bits then one or two words of further bits, bit j of component j, the higher-valued word first; for
 * 8 bits then four words with the lower digits. The digits are the high part of the value, the further bits the low part.
 */
export class GridCode implements RowCode {
  readonly dims: number;
  readonly bits: GridBits;
  readonly bytes: number;
  readonly scaleTable: Float64Array = scaleTable;
  readonly #padded: number;
  readonly #rotation: SignRotation;
  readonly #work: Float64Array<ArrayBuffer>;
  readonly #query: Float64Array<ArrayBuffer>;
  readonly #levels: Uint8Array<ArrayBuffer>;
  /** [components][16]: what each high digit adds to a dot product. */
  readonly #digits: Float64Array<ArrayBuffer>;
  /** [components / 4][16]: what four single bits add. */
  readonly #flags: Float64Array<ArrayBuffer>;
  #offset = 0;

  constructor(dims: number, bits: GridBits) {
    this.dims = dims;
    this.bits = bits;
    this.#padded = (dims + 31) & ~31;
    this.bytes = (this.#padded / 8) * bits;
    this.#rotation = new SignRotation(this.#padded, 0x5eed);
    this.#work = new Float64Array(this.#padded);
    this.#query = new Float64Array(this.#padded);
    this.#levels = new Uint8Array(this.#padded);
    this.#digits = new Float64Array(this.#padded * 16);
    this.#flags = new Float64Array(this.#padded * 4);
  }

  encode(
    vectors: Float32Array,
    start: number,
    count: number,
    codes: Uint8Array,
    at: number,
    scales: Uint8Array,
    scaleAt: number,
  ): void {
    const work = this.#work;
    for (let n = 0; n < count; n++) {
      work.fill(0);
      for (let i = 0; i < this.dims; i++) work[i] = vectors[start + n * this.dims + i]!;
      this.#rotation.apply(work);
      const scale = this.#chooseScale();
      scales[scaleAt + n] = scale;
      this.#fillLevels(scaleTable[scale]!);
      this.#pack(codes, at + n * this.bytes);
    }
  }

  /**
   * The scale byte with the least squared error for #work: from the best one for normal values on, up or down as long as
   * the error falls.
   */
  #chooseScale(): number {
    const work = this.#work;
    let squared = 0;
    for (let i = 0; i < work.length; i++) squared += work[i]! * work[i]!;
    if (squared === 0) return 0;
    const guess = Math.log2(Math.sqrt(squared / work.length) * bestStep[this.bits]) * 12 + 240;
    const byteAt = (n: number) => Math.max(1, Math.min(255, Math.round(guess + n * byteStride)));
    let best = 0;
    let least = this.#errorOf(byteAt(0));
    for (const direction of [1, -1]) {
      for (let n = direction; Math.abs(n) <= mostStrides; n += direction) {
        const error = this.#errorOf(byteAt(n));
        if (error >= least) break;
        least = error;
        best = n;
      }
      if (best > 0) break;
    }
    return byteAt(best);
  }

  /** The squared error of #work on the grid of a scale byte. */
  #errorOf(byte: number): number {
    const work = this.#work;
    const step = scaleTable[byte]!;
    const inverse = 1 / step;
    const top = 2 ** (this.bits - 1) - 0.5;
    let error = 0;
    for (let i = 0; i < work.length; i++) {
      let level = Math.floor(work[i]! * inverse) + 0.5;
      if (level > top) level = top;
      else if (level < -top) level = -top;
      const miss = work[i]! - level * step;
      error += miss * miss;
    }
    return error;
  }

  #fillLevels(step: number): void {
    const inverse = step > 0 ? 1 / step : 0;
    const half = 2 ** (this.bits - 1);
    for (let i = 0; i < this.#padded; i++) {
      this.#levels[i] = Math.max(0, Math.min(2 * half - 1, Math.floor(this.#work[i]! * inverse) + half));
    }
  }

  #pack(codes: Uint8Array, at: number): void {
    const { bits } = this;
    const levels = this.#levels;
    const extra = bits - 4;
    let to = at;
    for (let group = 0; group < this.#padded; group += 32) {
      for (let i = 0; i < 32; i += 2) {
        codes[to++] = (levels[group + i]! >>> extra) | ((levels[group + i + 1]! >>> extra) << 4);
      }
      if (bits === 8) {
        for (let i = 0; i < 32; i += 2) {
          codes[to++] = (levels[group + i]! & 15) | ((levels[group + i + 1]! & 15) << 4);
        }
      } else {
        for (let plane = extra - 1; plane >= 0; plane--) {
          for (let i = 0; i < 32; i += 8) {
            let byte = 0;
            for (let j = 0; j < 8; j++) byte |= ((levels[group + i + j]! >>> plane) & 1) << j;
            codes[to++] = byte;
          }
        }
      }
    }
  }

  decode(codes: Uint8Array, row: number, out: Float32Array, start: number): void {
    const { bits } = this;
    const extra = bits - 4;
    const work = this.#work;
    const centre = 2 ** (bits - 1) - 0.5;
    let group = row * this.bytes;
    for (let first = 0; first < this.#padded; first += 32, group += 4 * bits) {
      for (let i = 0; i < 32; i++) {
        let level = ((codes[group + (i >>> 1)]! >>> ((i & 1) * 4)) & 15) << extra;
        if (bits === 8) level |= (codes[group + 16 + (i >>> 1)]! >>> ((i & 1) * 4)) & 15;
        else {
          for (let plane = 0; plane < extra; plane++) {
            const bit = (codes[group + 16 + plane * 4 + (i >>> 3)]! >>> (i & 7)) & 1;
            level |= bit << (extra - 1 - plane);
          }
        }
        work[first + i] = level - centre;
      }
    }
    this.#rotation.invert(work);
    for (let i = 0; i < this.dims; i++) out[start + i] = work[i]!;
  }

  setQuery(query: Float32Array, start: number): void {
    const work = this.#query;
    const digits = this.#digits;
    const flags = this.#flags;
    work.fill(0);
    for (let i = 0; i < this.dims; i++) work[i] = query[start + i]!;
    this.#rotation.apply(work);
    const weight = 2 ** (this.bits - 4);
    let sum = 0;
    for (let i = 0, at = 0; i < work.length; i++, at += 16) {
      const q = work[i]!;
      sum += q;
      // Each by one addition to a number at hand: half of the time of sixteen products.
      const one = q * weight;
      const two = one + one;
      const four = two + two;
      const eight = four + four;
      const twelve = eight + four;
      digits[at + 1] = one;
      digits[at + 2] = two;
      digits[at + 3] = two + one;
      digits[at + 4] = four;
      digits[at + 5] = four + one;
      digits[at + 6] = four + two;
      digits[at + 7] = eight - one;
      digits[at + 8] = eight;
      digits[at + 9] = eight + one;
      digits[at + 10] = eight + two;
      digits[at + 11] = twelve - one;
      digits[at + 12] = twelve;
      digits[at + 13] = twelve + one;
      digits[at + 14] = twelve + two;
      digits[at + 15] = twelve + two + one;
    }
    this.#offset = sum * (2 ** (this.bits - 1) - 0.5);
    if (this.bits === 5 || this.bits === 6) fillFlags(work, flags);
  }

  dots({ words }: CodeBytes, positions: Int32Array, count: number, out: Float64Array): void {
    const digits = this.#digits;
    const flags = this.#flags;
    const groups = this.#padded >>> 5;
    const { bits } = this;
    for (let n = 0; n < count; n++) {
      let at = (positions[n]! * this.bytes) >>> 2;
      let sum = -this.#offset;
      let low = 0;
      for (let g = 0; g < groups; g++) {
        const q = g * 512;
        sum +=
          lookUp(digits, q, words[at]!) +
          lookUp(digits, q + 128, words[at + 1]!) +
          (lookUp(digits, q + 256, words[at + 2]!) + lookUp(digits, q + 384, words[at + 3]!));
        at += 4;
        if (bits === 5) sum += lookUp(flags, g * 128, words[at++]!);
        else if (bits === 6) {
          sum += 2 * lookUp(flags, g * 128, words[at]!) + lookUp(flags, g * 128, words[at + 1]!);
          at += 2;
        } else if (bits === 8) {
          for (let w = 0; w < 4; w++) low += lookUp(digits, q + w * 128, words[at + w]!);
          at += 4;
        }
      }
      // The tables of 8-bit codes hold the high digits' weight.
      out[n] = sum + low / 16;
    }
  }
}

/** [components / 4][16]: the sum of those of four components whose bits are set. */
function fillFlags(query: Float64Array, flags: Float64Array): void {
  for (let i = 0, at = 0; i < query.length; i += 4, at += 16) {
    const a = query[i]!;
    const b = query[i + 1]!;
    const c = query[i + 2]!;
    const d = query[i + 3]!;
    const low = a + b;
    const high = c + d;
    flags[at + 1] = a;
    flags[at + 2] = b;
    flags[at + 3] = low;
    flags[at + 4] = c;
    flags[at + 5] = c + a;
    flags[at + 6] = c + b;
    flags[at + 7] = c + low;
    flags[at + 8] = d;
    flags[at + 9] = d + a;
    flags[at + 10] = d + b;
    flags[at + 11] = d + low;
    flags[at + 12] = high;
    flags[at + 13] = high + a;
    flags[at + 14] = high + b;
    flags[at + 15] = high + low;
  }
}

/** Sum of the entries that the eight 4-bit digits of `word` choose in eight rows of 16 from `row`. */
function lookUp(table: Float64Array, row: number, word: number): number {
  return (
    table[row + (word & 15)]! +
    table[row + 16 + ((word >>> 4) & 15)]! +
    (table[row + 32 + ((word >>> 8) & 15)]! + table[row + 48 + ((word >>> 12) & 15)]!) +
    (table[row + 64 + ((word >>> 16) & 15)]! +
      table[row + 80 + ((word >>> 20) & 15)]! +
      (table[row + 96 + ((word >>> 24) & 15)]! + table[row + 112 + (word >>> 28)]!))
  );
}
