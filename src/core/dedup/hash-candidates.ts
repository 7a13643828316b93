import { type PerceptualHash, turnHash } from '../image/perceptual-hash.ts';

/** Pairs are sure to be found up to so many bits that differ: of 4 words one then differs in 2 at most. */
export const sureDistance = 11;

export const words = 4;
export const wordBits = 16;
const wordValues = 1 << wordBits;
const ones = wordValues - 1;
/** The lower of two counts, see `onesOfHalves`. */
const lowerCount = 31;
/** Numbers per entry of a table: two words each, row. */
const entryLength = 3;
/** Exchanges x and y. */
const transposed = 4;

/** By n: all words that differ from 0 in at most n bits. */
export const nearMasks = (() => {
  const single = Array.from({ length: wordBits }, (_, bit) => 1 << bit);
  const double = single.flatMap((a, n) => single.slice(n + 1).map((b) => a | b));
  return [[0], [0, ...single], [0, ...single, ...double]].map((masks) => Uint16Array.from(masks));
})();

/**
 * Perceptual hashes of numbered pictures, looked up by likeness in any of the eight turns: every hash is filed under each
 * of its four 16-bit words, and a look-up visits the words that differ in up to two bits (multi-index hashing: Norouzi,
 * Punjani, Fleet 2012). The words are those bits whose frequencies are even or odd across and down: mirroring leaves a
 * word as it is or turns all of it around ([Note: Perceptual hash]), so words are filed by what they have in common with
 * their opposite, and one visit serves four turns. The hashes lie in the order of the words: a visit reads one piece of
 * memory.
 */
export class HashLookup {
  /** Of each word's value: where its entries begin. [words, 2^16 + 1] */
  readonly #starts: Uint32Array;
  /** By word, then by the word's value. [words, usable rows, entryLength] */
  readonly #entries: Int32Array;
  readonly #usable: number;
  /** By row: least distance in the look-up under way, plus 1; 0: not found. */
  readonly #nearest: Uint8Array;

  /**
   * @param count rows
   * @param hashOf null: never found, as a flat picture's hash says nothing
   */
  constructor(count: number, hashOf: (row: number) => PerceptualHash | null) {
    const rows: number[] = [];
    const sorted = new Uint32Array(count * 2);
    for (let row = 0; row < count; row++) {
      const hash = hashOf(row);
      if (hash === null) continue;
      sorted.set(sortBits(hash), rows.length * 2);
      rows.push(row);
    }
    this.#usable = rows.length;
    this.#starts = new Uint32Array(words * (wordValues + 1));
    this.#entries = new Int32Array(words * rows.length * entryLength);
    this.#nearest = new Uint8Array(count);
    for (let word = 0; word < words; word++) {
      const base = word * (wordValues + 1);
      const starts = this.#starts.subarray(base, base + wordValues + 1);
      const bucketOf = (n: number) => filed(wordOf(sorted[2 * n]!, sorted[2 * n + 1]!, word), word);
      for (let n = 0; n < rows.length; n++) starts[bucketOf(n) + 1]!++;
      for (let value = 0; value < wordValues; value++) starts[value + 1]! += starts[value]!;
      const next = starts.slice(0, wordValues);
      for (let n = 0; n < rows.length; n++) {
        const place = next[bucketOf(n)]!++;
        const entry = [sorted[2 * n]!, sorted[2 * n + 1]!, rows[n]!];
        this.#entries.set(entry, (word * rows.length + place) * entryLength);
      }
    }
  }

  /**
   * Calls `found` for every row before `end` whose hash differs in at most `distance` bits (of 64) in one of the turns: the
   * least.
   */
  near(
    hash: PerceptualHash,
    distance: number,
    end: number,
    found: (row: number, distance: number) => void,
  ): void {
    const touched: number[] = [];
    this.#visit(sortBits(hash), distance, end, touched);
    this.#visit(sortBits(turnHash(hash, transposed)), distance, end, touched);
    for (const row of touched) {
      found(row, this.#nearest[row]! - 1);
      this.#nearest[row] = 0;
    }
  }

  #visit(
    [ownLow, ownHigh]: readonly [number, number],
    distance: number,
    end: number,
    touched: number[],
  ): void {
    const [starts, entries, nearest] = [this.#starts, this.#entries, this.#nearest];
    const [low, high] = [ownLow | 0, ownHigh | 0];
    // Of four words one differs in a quarter of the bits at most.
    const masks = nearMasks[Math.min(2, distance >> 2)]!;
    for (let word = 0; word < words; word++) {
      const own = wordOf(low, high, word);
      const base = word * (wordValues + 1);
      const first = word * this.#usable;
      const isLow = word < 2;
      for (let n = 0; n < masks.length; n++) {
        const value = base + filed(own ^ masks[n]!, word);
        const last = (first + starts[value + 1]!) * entryLength;
        for (let at = (first + starts[value]!) * entryLength; at < last; at += entryLength) {
          // Ascending within a value.
          if (entries[at + 2]! >= end) break;
          // The other half knows nothing of the visit: it settles most.
          const other = onesOfHalves(isLow ? high ^ entries[at + 1]! : low ^ entries[at]!);
          if (leastOfHalf(other, !isLow) > distance) continue;
          const same = onesOfHalves(isLow ? low ^ entries[at]! : high ^ entries[at + 1]!);
          const apart = isLow ? leastApart(same, other) : leastApart(other, same);
          if (apart > distance) continue;
          const row = entries[at + 2]!;
          const known = nearest[row]!;
          if (known === 0) touched.push(row);
          if (known === 0 || apart + 1 < known) nearest[row] = apart + 1;
        }
      }
    }
  }
}

/**
 * Bits that differ in the best of the four mirrorings, by which sorted bits differ unmirrored. More than `most`: so many
 * bits or more.
 */
export function mirroredDistance(low: number, high: number, most = 64): number {
  const ones = onesOfHalves(low);
  const half = leastOfHalf(ones, true);
  return half > most ? half : leastApart(ones, onesOfHalves(high));
}

/** Bits by whether their frequencies are even or odd: words 0 (both even) and 1 (odd across), then 2 (odd down) and 3. */
export function sortBits({ low, high }: PerceptualHash): readonly [number, number] {
  const sorted: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const value = ((bit < 32 ? low : high) >>> (bit & 31)) & 1;
    if (value === 0) continue;
    const place = (bit & 1) * wordBits + ((bit >> 4) & 3) * 4 + ((bit >> 1) & 3);
    const half = (bit >> 3) & 1;
    sorted[half] = (sorted[half]! | (1 << place)) >>> 0;
  }
  return sorted;
}

/** Ones of the low 16 bits, and 2^16 times those of the high ones. */
function onesOfHalves(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  n = (n + (n >>> 4)) & 0x0f0f0f0f;
  return (n + (n >>> 8)) & 0x001f001f;
}

/** What half of the words come to at least, whatever the mirroring: only the first of all is never turned around. */
function leastOfHalf(ones: number, isLow: boolean): number {
  const a = ones & lowerCount;
  const b = ones >>> wordBits;
  return (isLow ? a : Math.min(a, wordBits - a)) + Math.min(b, wordBits - b);
}

/** Bits that differ in the best of the four mirrorings, by `onesOfHalves` of what differs unmirrored. */
function leastApart(low: number, high: number): number {
  const both = low & lowerCount;
  const across = low >>> wordBits;
  const down = high & lowerCount;
  const odd = high >>> wordBits;
  const [a, b, c] = [wordBits - across, wordBits - down, wordBits - odd];
  return both + Math.min(across + down + odd, a + down + c, across + b + c, a + b + odd);
}

/** Words but the first are filed with their opposites. */
function filed(word: number, which: number): number {
  return which > 0 && word >= wordValues >> 1 ? word ^ ones : word;
}

function wordOf(low: number, high: number, word: number): number {
  return ((word < 2 ? low : high) >>> ((word & 1) * wordBits)) & ones;
}
