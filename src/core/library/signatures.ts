import { bitCount, type PerceptualHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, signatureBytes } from '../image/signature.ts';
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

/** 32-bit words of the hashes of a signature, at its beginning. */
const hashWords = 4;

interface Block {
  /** [blockRows, signatureBytes] */
  readonly bytes: Uint8Array;
  /** The hashes once more, side by side, as all of them are gone through for one search. [blockRows, hashWords] */
  readonly hashes: Int32Array;
}

/** The signatures of all contents, in memory: a photo's takes `signatureBytes` and its hashes again, 71 MB for 200,000 photos. */
export class Signatures {
  readonly #store: Pick<PhotoStore, 'eachSignatureChunk'>;
  readonly #blocks: Block[] = [];
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
      const row = content % blockRows;
      block.bytes.set(signature.subarray(0, signatureBytes), row * signatureBytes);
      const [whole, inner] = hashesOf(signature);
      block.hashes.set([whole.low, whole.high, inner.low, inner.high], row * hashWords);
      this.#here[Math.floor(content / blockRows)]![row] = 1;
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
    return this.#blocks[Math.floor(content / blockRows)]!.bytes.subarray(at, at + signatureBytes);
  }

  /**
   * Contents whose hash, or hash without plain margins, is nearest to one of `hashes`: at most `limit`, nearest first.
   *
   * @param allowed bit c & 31 of element c >> 5: contents that may be found
   */
  nearestHashes(hashes: readonly PerceptualHash[], allowed: Uint32Array, limit: number): HashHit[] {
    const best: HashHit[] = [];
    let farthest = mostBits + 1;
    const asked = Int32Array.from(hashes.flatMap(({ low, high }) => [low, high]));
    for (const [n, block] of this.#blocks.entries()) {
      const here = this.#here[n]!;
      const { hashes: own } = block;
      for (let row = 0; row < blockRows; row++) {
        const content = (n * blockRows + row) as ContentId;
        if (here[row] !== 1 || ((allowed[content >> 5]! >>> (content & 31)) & 1) === 0) continue;
        const at = row * hashWords;
        let distance = leastDistance(own[at]!, own[at + 1]!, asked, farthest);
        if (own[at] !== own[at + 2] || own[at + 1] !== own[at + 3])
          distance = leastDistance(own[at + 2]!, own[at + 3]!, asked, distance);
        if (distance >= farthest) continue;
        if (!hasStructure(block.bytes.subarray(row * signatureBytes, (row + 1) * signatureBytes))) continue;
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

  #blockFor(content: ContentId): Block {
    const wanted = Math.floor(content / blockRows);
    while (this.#blocks.length <= wanted) {
      this.#blocks.push({
        bytes: new Uint8Array(blockRows * signatureBytes),
        hashes: new Int32Array(blockRows * hashWords),
      });
      this.#here.push(new Uint8Array(blockRows));
    }
    return this.#blocks[wanted]!;
  }
}

/** Hashes farther apart than that have nothing to do with each other. */
const mostBits = 20;

/** The least distance of a hash to those asked for, [n, 2]; `enough` where none is nearer. */
function leastDistance(low: number, high: number, asked: Int32Array, enough: number): number {
  let least = enough;
  for (let i = 0; i < asked.length; i += 2) {
    const half = bitCount(low ^ asked[i]!);
    // Half of the bits settle most.
    if (half >= least) continue;
    const distance = half + bitCount(high ^ asked[i + 1]!);
    if (distance < least) least = distance;
  }
  return least;
}
