import { turnHash } from '../image/perceptual-hash.ts';
import { turns } from '../image/turn.ts';
import { HashLookup, sureDistance } from './hash-candidates.ts';

/** Words of a picture's hashes: of the whole and without plain margins, low and high each. */
export const hashWords = 4;

/** Pictures whose hashes, whole or without plain margins, differ little in any of the eight turns. */
export class PictureHashes {
  readonly #hashes: Uint32Array;
  readonly #lookup: HashLookup;

  /** @param hashes [rows, hashWords]; zeros: not known, or a picture too flat for one */
  constructor(hashes: Uint32Array) {
    this.#hashes = hashes;
    // Two entries of each picture; the second only where it has plain margins.
    const low = new Uint32Array(hashes.length / 2);
    const high = new Uint32Array(hashes.length / 2);
    for (let entry = 0; entry < low.length; entry++) {
      low[entry] = hashes[2 * entry]!;
      high[entry] = hashes[2 * entry + 1]!;
    }
    const isSecond = (entry: number) =>
      (entry & 1) === 1 && low[entry] === low[entry - 1] && high[entry] === high[entry - 1];
    const isBlank = (entry: number) => low[entry] === 0 && high[entry] === 0;
    this.#lookup = new HashLookup(low, high, (entry) => !isSecond(entry) && !isBlank(entry));
  }

  /** Calls `found` for every row that is near, itself among them, some more than once. */
  near(row: number, found: (row: number, distance: number) => void): void {
    const at = row * hashWords;
    for (const entry of [at, at + 2]) {
      const [low, high] = [this.#hashes[entry]!, this.#hashes[entry + 1]!];
      const isAgain = entry > at && low === this.#hashes[at] && high === this.#hashes[at + 1];
      if (isAgain || (low === 0 && high === 0)) continue;
      for (const turn of turns) {
        const turned = turnHash({ low, high }, turn);
        this.#lookup.near(turned.low, turned.high, sureDistance, (other, distance) =>
          found(other >> 1, distance),
        );
      }
    }
  }
}
