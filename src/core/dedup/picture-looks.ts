import type { PerceptualHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, signatureBytes } from '../image/signature.ts';
import { HashLookup, sureDistance } from './hash-candidates.ts';

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

  /**
   * Calls `found` for every row whose hash, whole or without plain margins, differs little in any of the eight turns;
   * the row itself among them, some more than once.
   */
  nearHashes(row: number, found: (row: number, distance: number) => void): void {
    for (const hash of this.#hashes(row)) {
      this.#lookup.near(hash, sureDistance, (entry, distance) => found(entry >> 1, distance));
    }
  }

  /** Whether comparing two pictures that are near by embedding is worth the time. */
  mayBeCopies(_row: number, _other: number, _cosine: number): boolean {
    return true;
  }

  /** Of the whole picture, and of what is within plain margins if there are any; none if it is flat. */
  #hashes(row: number): PerceptualHash[] {
    const signature = this.#signatures.subarray(row * signatureBytes, (row + 1) * signatureBytes);
    if (!hasStructure(signature)) return [];
    const [whole, inner] = hashesOf(signature);
    return whole.low === inner.low && whole.high === inner.high ? [whole] : [whole, inner];
  }
}
