import { colourDistance } from '../image/colour-signature.ts';
import type { PerceptualHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, innerColourAt, signatureBytes } from '../image/signature.ts';
import { HashLookup, sureDistance } from './hash-candidates.ts';

/**
 * Sliced Wasserstein distance of the colours without plain margins that copies stay below unless they were recoloured:
 * crops of four fifths 0.034, turned or bent ones 0.044, those that were written on 0.053 at most (24 photos each), half
 * of a photo 0.058 in nine of ten cases.
 */
const copyColours = 0.065;
/** Bits up to which hashes speak for themselves, whatever the colours: recoloured, framed, brightened pictures. */
const sameHash = 6;

/** What signatures say about which pictures may be copies. Row n is one picture. */
export class PictureLooks {
  readonly #signatures: Uint8Array;
  /** Entry 2r is row r as a whole, 2r + 1 without plain margins, where it has any. */
  readonly #lookup: HashLookup;

  /** @param signatures [rows, signatureBytes], see [Note: Photo signature]; zeros: not known */
  constructor(signatures: Uint8Array) {
    this.#signatures = signatures;
    const rows = signatures.length / signatureBytes;
    this.#lookup = new HashLookup(2 * rows, (entry) => this.#hashes(entry >> 1)[entry & 1] ?? null);
  }

  /** The `most` other rows whose hashes, whole or without plain margins, differ least in any of the eight turns. */
  nearHashes(row: number, most: number): number[] {
    const nearest = new Map<number, number>();
    for (const hash of this.#hashes(row)) {
      this.#lookup.near(hash, sureDistance, (entry, distance) => {
        const other = entry >> 1;
        if (other !== row) nearest.set(other, Math.min(distance, nearest.get(other) ?? distance));
      });
    }
    return [...nearest]
      .filter(([other, distance]) => distance <= sameHash || this.haveLikeColours(row, other))
      .sort(([a, x], [b, y]) => x - y || a - b)
      .slice(0, most)
      .map(([other]) => other);
  }

  /** Whether two pictures that are near by embedding are worth comparing; true where a signature is not known. */
  haveLikeColours(row: number, other: number): boolean {
    const [own, others] = [row * signatureBytes + innerColourAt, other * signatureBytes + innerColourAt];
    if (this.#isBlank(own) || this.#isBlank(others)) return true;
    return colourDistance(this.#signatures, this.#signatures, own, others) <= copyColours;
  }

  /** No colours have been written there: quantiles of a real picture are never all at the bottom. */
  #isBlank(at: number): boolean {
    const signature = this.#signatures;
    return signature[at] === 0 && signature[at + 1] === 0 && signature[at + 2] === 0;
  }

  /** Of the whole picture, and of what is within plain margins if there are any; none if it is flat. */
  #hashes(row: number): PerceptualHash[] {
    const signature = this.#signatures.subarray(row * signatureBytes, (row + 1) * signatureBytes);
    if (!hasStructure(signature)) return [];
    const [whole, inner] = hashesOf(signature);
    return whole.low === inner.low && whole.high === inner.high ? [whole] : [whole, inner];
  }
}
