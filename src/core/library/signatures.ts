import { hashDistance, type PerceptualHash } from '../image/perceptual-hash.ts';
import { hasStructure, signatureBytes } from '../image/signature.ts';
import type { ContentId } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';
import type { SignatureRow } from './stored-rows.ts';

/** Rows per block of memory: a megabyte and more, so that a growing library is not copied again and again. */
const blockRows = 4096;

export interface HashHit {
  readonly content: ContentId;
  /** Bits, 0..64. */
  readonly distance: number;
}

/** The signatures of all contents, in memory: a photo's takes `signatureBytes`, 68 MB for 200,000 photos. */
export class Signatures {
  readonly #store: Pick<PhotoStore, 'eachSignatureChunk'>;
  readonly #blocks: Uint8Array[] = [];
  readonly #here: Uint8Array[] = [];
  #loading: Promise<void> | null = null;

  constructor(store: Pick<PhotoStore, 'eachSignatureChunk'>) {
    this.#store = store;
  }

  /** Resolves when all that is stored is at hand; a failure is tried again by the next call. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  add(rows: readonly SignatureRow[]): void {
    for (const { content, signature } of rows) {
      const block = this.#blockFor(content);
      block.set(signature.subarray(0, signatureBytes), (content % blockRows) * signatureBytes);
      this.#here[Math.floor(content / blockRows)]![content % blockRows] = 1;
    }
  }

  remove(content: ContentId): void {
    const here = this.#here[Math.floor(content / blockRows)];
    if (here !== undefined) here[content % blockRows] = 0;
  }

  has(content: ContentId): boolean {
    return this.#here[Math.floor(content / blockRows)]?.[content % blockRows] === 1;
  }

  /** [signatureBytes], not a copy; null where there is none (yet). */
  of(content: ContentId): Uint8Array | null {
    if (!this.has(content)) return null;
    const at = (content % blockRows) * signatureBytes;
    return this.#blocks[Math.floor(content / blockRows)]!.subarray(at, at + signatureBytes);
  }

  /**
   * Contents whose hash, or hash without plain margins, is nearest to one of `hashes`: at most `limit`, nearest first.
   *
   * @param allowed bit c & 31 of element c >> 5: contents that may be found
   */
  nearestHashes(hashes: readonly PerceptualHash[], allowed: Uint32Array, limit: number): HashHit[] {
    const best: HashHit[] = [];
    let farthest = mostBits + 1;
    for (const [n, block] of this.#blocks.entries()) {
      const here = this.#here[n]!;
      for (let row = 0; row < blockRows; row++) {
        const content = (n * blockRows + row) as ContentId;
        if (here[row] !== 1 || ((allowed[content >> 5]! >>> (content & 31)) & 1) === 0) continue;
        const distance = leastDistance(block, row * signatureBytes, hashes, farthest);
        if (distance >= farthest) continue;
        const signature = block.subarray(row * signatureBytes, (row + 1) * signatureBytes);
        if (!hasStructure(signature)) continue;
        const place = best.findIndex((hit) => hit.distance > distance);
        best.splice(place < 0 ? best.length : place, 0, { content, distance });
        if (best.length > limit) best.pop();
        if (best.length === limit) farthest = best.at(-1)!.distance;
      }
    }
    return best;
  }

  async #load(): Promise<void> {
    await this.#store.eachSignatureChunk(async ({ firstContent, rows, records }) => {
      for (let row = 0; row < rows; row++) {
        const content = (firstContent + row) as ContentId;
        const signature = records.slice(row * signatureBytes, (row + 1) * signatureBytes);
        // What was added meanwhile is newer than what was read.
        if (!this.has(content) && signature.some((byte) => byte !== 0)) this.add([{ content, signature }]);
      }
      return true;
    });
  }

  #blockFor(content: ContentId): Uint8Array {
    const wanted = Math.floor(content / blockRows);
    while (this.#blocks.length <= wanted) {
      this.#blocks.push(new Uint8Array(blockRows * signatureBytes));
      this.#here.push(new Uint8Array(blockRows));
    }
    return this.#blocks[wanted]!;
  }
}

/** Hashes farther apart than that have nothing to do with each other. */
const mostBits = 20;

function leastDistance(
  block: Uint8Array,
  at: number,
  hashes: readonly PerceptualHash[],
  enough: number,
): number {
  const word = (byte: number) =>
    (block[byte]! | (block[byte + 1]! << 8) | (block[byte + 2]! << 16) | (block[byte + 3]! << 24)) >>> 0;
  const whole = { low: word(at), high: word(at + 4) };
  const inner = { low: word(at + 8), high: word(at + 12) };
  const isTrimmed = whole.low !== inner.low || whole.high !== inner.high;
  let least = enough;
  for (const hash of hashes) {
    least = Math.min(least, hashDistance(hash, whole));
    if (isTrimmed) least = Math.min(least, hashDistance(hash, inner));
  }
  return least;
}
