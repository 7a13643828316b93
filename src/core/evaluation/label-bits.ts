import type { LabelColumns, Scores } from './label-columns.ts';
import { unknown } from './truth.ts';

/**
 * What is known of every photo and label, a bit each: bit `row & 31` of word `row >>> 5` of the label. Questions about
 * whole photos are answered 32 photos at a time.
 */
export interface TruthBits {
  /** Words of a label: rows / 32, rounded up. */
  readonly words: number;
  /** [labels][words] the label was given. */
  readonly present: Uint32Array<ArrayBuffer>;
  /** [labels][words] the label was ruled out; never beyond the last row. */
  readonly absent: Uint32Array<ArrayBuffer>;
}

/** Multiplying by it brings bits 0, 8, 16, 24 side by side, to 24..27. */
const sideBySide = 0x0102_0408;
const eachByte = 0x0101_0101;

/**
 * Reads the truth of every label once, one label a step. Memory: 2 bits per photo and label.
 *
 * @yields the number of labels done
 */
export function* truthBitSteps({
  rowCount,
  labelCount,
  truthOf,
}: LabelColumns): Generator<number, TruthBits> {
  const words = Math.ceil(rowCount / 32);
  const bits = {
    words,
    present: new Uint32Array(labelCount * words),
    absent: new Uint32Array(labelCount * words),
  };
  // Rows beyond the last are unknown, and whole words can be read.
  const bytes = new Uint8Array(words * 32).fill(unknown);
  const fours = new Uint32Array(bytes.buffer);
  for (let label = 0; label < labelCount; label++) {
    bytes.set(truthOf(label));
    for (let word = 0; word < words; word++) {
      let given = 0;
      let notSaid = 0;
      for (let part = 0; part < 8; part++) {
        const four = fours[8 * word + part]!;
        given |= ((Math.imul(four & eachByte, sideBySide) >>> 24) & 15) << (4 * part);
        notSaid |= ((Math.imul((four >>> 1) & eachByte, sideBySide) >>> 24) & 15) << (4 * part);
      }
      bits.present[label * words + word] = given;
      bits.absent[label * words + word] = ~(given | notSaid);
    }
    yield label + 1;
  }
  return bits;
}

/** Tells which photos score at least a cut, 32 at a time. */
export class PredictedBits {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #fours: Uint32Array<ArrayBuffer>;

  /** @param rows most rows of a call */
  constructor(rows: number) {
    this.#bytes = new Uint8Array(32 * Math.ceil(rows / 32));
    this.#fours = new Uint32Array(this.#bytes.buffer);
  }

  /**
   * Writes a bit per row from `first` on to `out`, a word per 32 rows; what lies beyond the last row means nothing.
   *
   * @param cut as `cutOf` gives it
   */
  fill(scores: Scores, cut: number, first: number, rows: number, out: Uint32Array): void {
    const words = Math.ceil(rows / 32);
    if (!(scores instanceof Uint8Array)) {
      for (let word = 0; word < words; word++) {
        let bits = 0;
        const from = first + 32 * word;
        const count = Math.min(32, first + rows - from);
        for (let n = 0; n < count; n++) bits |= (scores[from + n]! >= cut ? 1 : 0) << n;
        out[word] = bits;
      }
      return;
    }
    if (cut <= 0 || cut > 255) {
      out.fill(cut <= 0 ? 0xffff_ffff : 0, 0, words);
      return;
    }
    this.#bytes.set(scores.subarray(first, first + rows));
    // Four bytes at once: the top bit of a byte is set when its low bits reach those of the cut.
    const low = Math.imul(cut & 127, eachByte);
    const isHigh = cut >= 128;
    for (let word = 0; word < words; word++) {
      let bits = 0;
      for (let part = 0; part < 8; part++) {
        const four = this.#fours[8 * word + part]!;
        const reached = (((four & 0x7f7f_7f7f) | 0x8080_8080) - low) | 0;
        const found = (isHigh ? four & reached : four | reached) & 0x8080_8080;
        if (found !== 0)
          bits |= ((Math.imul((found >>> 7) & eachByte, sideBySide) >>> 24) & 15) << (4 * part);
      }
      out[word] = bits;
    }
  }
}
