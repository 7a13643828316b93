import { HashLookup, sureDistance, turnedDistance } from '../dedup/hash-candidates.ts';
import type { PerceptualHash } from '../image/perceptual-hash.ts';
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

/** So many signatures, and an eighth of all, may be newer than the look-up of hashes before it is made again. */
const mostLater = 2048;

/**
 * The signatures of all contents, in memory: a photo's takes `signatureBytes`, and 50 to 100 bytes more for the look-up of
 * its hashes once somebody asked; 85 MB for 200,000 photos.
 */
export class Signatures {
  readonly #store: Pick<PhotoStore, 'eachSignatureChunk'>;
  /** Of [blockRows, signatureBytes]. */
  readonly #blocks: Uint8Array[] = [];
  readonly #here: Uint8Array[] = [];
  #loading: Promise<void> | null = null;
  /** Entry 2c is content c as a whole, 2c + 1 without plain margins, where it has any. */
  #lookup: HashLookup | null = null;
  /** Contents whose signature is newer than the look-up. */
  readonly #later = new Set<ContentId>();

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
      const row = content % blockRows;
      this.#blockFor(content).set(signature.subarray(0, signatureBytes), row * signatureBytes);
      this.#here[Math.floor(content / blockRows)]![row] = 1;
      if (this.#lookup !== null) this.#later.add(content);
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
   * Contents whose hash, or hash without plain margins, differs from one of `hashes` in at most `sureDistance` bits in one
   * of the eight turns: at most `limit`, nearest first.
   *
   * @param allowed bit c & 31 of element c >> 5: contents that may be found
   */
  nearestHashes(hashes: readonly PerceptualHash[], allowed: Uint32Array, limit: number): HashHit[] {
    const nearest = new Map<ContentId, number>();
    const found = (content: ContentId, distance: number) => {
      if (!this.has(content) || ((allowed[content >> 5]! >>> (content & 31)) & 1) === 0) return;
      nearest.set(content, Math.min(distance, nearest.get(content) ?? distance));
    };
    const lookup = this.#hashLookup();
    for (const hash of hashes) {
      lookup.near(hash, sureDistance, (entry, distance) => {
        const content = (entry >> 1) as ContentId;
        if (!this.#later.has(content)) found(content, distance);
      });
      const distanceTo = turnedDistance(hash);
      for (const content of this.#later) {
        for (const own of this.#hashes(content)) {
          const distance = distanceTo(own);
          if (distance <= sureDistance) found(content, distance);
        }
      }
    }
    return [...nearest]
      .map(([content, distance]) => ({ content, distance }))
      .sort((a, b) => a.distance - b.distance || a.content - b.content)
      .slice(0, limit);
  }

  #hashLookup(): HashLookup {
    const rows = this.#blocks.length * blockRows;
    if (this.#lookup === null || this.#later.size > mostLater + rows / 8) {
      this.#lookup = new HashLookup(2 * rows, (n) => this.#hashes((n >> 1) as ContentId)[n & 1] ?? null);
      this.#later.clear();
    }
    return this.#lookup;
  }

  /** Of the whole picture, and of what is within plain margins if there are any; none if it is flat. */
  #hashes(content: ContentId): readonly PerceptualHash[] {
    const signature = this.of(content);
    if (signature === null || !hasStructure(signature)) return [];
    const [whole, inner] = hashesOf(signature);
    return whole.low === inner.low && whole.high === inner.high ? [whole] : [whole, inner];
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
