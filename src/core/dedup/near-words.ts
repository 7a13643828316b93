import { nearMasks, wordBits, words } from './hash-candidates.ts';

/**
 * Tells at four look-ups whether a hash can be within `sureDistance` bits of one of several, mirrored or not: one of its
 * four words then differs from one of theirs in two bits at most. Most hashes are done with at that.
 */
export class NearWords {
  /** By word and its value: 1 where it is within two bits of a word asked for, or of its opposite (see `HashLookup`). */
  readonly #near = new Uint8Array(words << wordBits);

  /** @param asked sorted words of hashes (`sortBits`), [n, 2] */
  constructor(asked: Int32Array) {
    const ones = (1 << wordBits) - 1;
    for (let i = 0; i < asked.length * 2; i++) {
      const word = i % words;
      const value = (asked[i >> 1]! >>> ((i & 1) * wordBits)) & ones;
      const base = word << wordBits;
      for (const mask of nearMasks[2]!) {
        this.#near[base | (value ^ mask)] = 1;
        if (word > 0) this.#near[base | (value ^ mask ^ ones)] = 1;
      }
    }
  }

  /** False: the hash is farther than `sureDistance` from all of them. */
  mayHave(low: number, high: number): boolean {
    const near = this.#near;
    return (
      (near[low & 0xffff]! |
        near[0x10000 | (low >>> 16)]! |
        near[0x20000 | (high & 0xffff)]! |
        near[0x30000 | (high >>> 16)]!) !==
      0
    );
  }
}
