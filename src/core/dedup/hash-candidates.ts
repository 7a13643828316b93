/** Pairs are sure to be found up to so many bits that differ: 4 words of 16 bits, of which one then differs in 2 at most. */
export const sureDistance = 11;

const words = 4;
const wordBits = 16;

/** All words that differ from 0 in at most two bits. */
const nearMasks = (() => {
  const masks = [0];
  for (let a = 0; a < wordBits; a++) {
    masks.push(1 << a);
    for (let b = a + 1; b < wordBits; b++) masks.push((1 << a) | (1 << b));
  }
  return Uint16Array.from(masks);
})();

/**
 * 64-bit hashes of numbered pictures, looked up by likeness: every hash is filed under each of its four 16-bit words, and
 * a look-up visits the words that differ in up to two bits (multi-index hashing: Norouzi, Punjani, Fleet 2012).
 */
export class HashLookup {
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  /** Of each word's value: where its rows begin. [words, 2^16 + 1] */
  readonly #starts: Uint32Array;
  /** [words, rows] */
  readonly #rows: Uint32Array;
  /** Bit n & 31 of element n >> 5: row n was found by the look-up under way. */
  readonly #seen: Uint32Array;

  /**
   * @param low bits 0..31 of each hash, [rows]
   * @param high bits 32..63, [rows]
   * @param isUsable a flat picture's hash says nothing: such rows are never found
   */
  constructor(low: Uint32Array, high: Uint32Array, isUsable: (row: number) => boolean) {
    this.#low = low;
    this.#high = high;
    const size = 1 << wordBits;
    this.#starts = new Uint32Array(words * (size + 1));
    this.#rows = new Uint32Array(words * low.length);
    this.#seen = new Uint32Array((low.length >> 5) + 1);
    for (let word = 0; word < words; word++) {
      const starts = this.#starts.subarray(word * (size + 1), (word + 1) * (size + 1));
      for (let row = 0; row < low.length; row++) {
        if (isUsable(row)) starts[wordOf(low[row]!, high[row]!, word) + 1]!++;
      }
      for (let value = 0; value < size; value++) starts[value + 1]! += starts[value]!;
      const next = starts.slice(0, size);
      for (let row = 0; row < low.length; row++) {
        if (!isUsable(row)) continue;
        const value = wordOf(low[row]!, high[row]!, word);
        this.#rows[word * low.length + next[value]!++] = row;
      }
    }
  }

  /** Calls `found` once for every row whose hash differs in at most `distance` bits. */
  near(low: number, high: number, distance: number, found: (row: number, distance: number) => void): void {
    const size = 1 << wordBits;
    const count = this.#low.length;
    const touched: number[] = [];
    // Few bits need few look-ups: of four words one differs in a quarter of them at most.
    const masks = distance < 4 ? 1 : distance < 8 ? 1 + wordBits : nearMasks.length;
    for (let word = 0; word < words; word++) {
      const own = wordOf(low, high, word);
      const base = word * (size + 1);
      for (let n = 0; n < nearMasks.length; n++) {
        const mask = nearMasks[n]!;
        if (masks < nearMasks.length && bits(mask) > (masks === 1 ? 0 : 1)) continue;
        const value = own ^ mask;
        const end = this.#starts[base + value + 1]!;
        for (let at = this.#starts[base + value]!; at < end; at++) {
          const row = this.#rows[word * count + at]!;
          if ((this.#seen[row >> 5]! & (1 << (row & 31))) !== 0) continue;
          const apart = bits(low ^ this.#low[row]!) + bits(high ^ this.#high[row]!);
          if (apart > distance) continue;
          this.#seen[row >> 5]! |= 1 << (row & 31);
          touched.push(row);
          found(row, apart);
        }
      }
    }
    for (const row of touched) this.#seen[row >> 5] = 0;
  }
}

function wordOf(low: number, high: number, word: number): number {
  return ((word < 2 ? low : high) >>> ((word & 1) * wordBits)) & 0xffff;
}

/** Ones among 32 bits. */
function bits(value: number): number {
  let n = value - ((value >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
