import { mirroredDistance, sortBits, sureDistance } from '../dedup/hash-candidates.ts';
import { NearWords } from '../dedup/near-words.ts';
import { bitCount, type PerceptualHash, turnHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, signatureBytes } from '../image/signature.ts';
import { signDistance, stripCount, stripDistance, stripSigns, tellingStrips } from '../image/strip-signs.ts';
import { isAllowed } from '../index/vector-index.ts';
import { TopK } from '../vector/top-k.ts';
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

/** Bits up to which hashes may be of copies: of pictures as they stand; of parts and turned ones, which are many. */
const mostBits = 20;
const mostBitsTurned = sureDistance;
/** Signs of strips up to which layouts are compared in full, so many of them, and how near they must be then. */
const mostSigns = 16;
const mostBySigns = 64;
const mostApart = 0.03;
/** Sorted words of the hashes of a signature. */
const hashWords = 4;

interface Block {
  /** [blockRows, signatureBytes] */
  readonly bytes: Uint8Array;
  /** The hashes, bits sorted for comparing, side by side, as all of them are gone through for one search. [blockRows, hashWords] */
  readonly hashes: Int32Array;
  /** See [Note: Strip signs]. [blockRows, stripCount] */
  readonly strips: Int32Array;
}

/** Where signatures of contents are asked for. */
export type SignatureSource = Pick<Signatures, 'load' | 'of'>;

/** The signatures of all contents, in memory: a photo's takes `signatureBytes` and 32 bytes more, 74 MB for 200,000 photos. */
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
      const row = content % blockRows;
      const block = this.#blockFor(content);
      block.bytes.set(signature.subarray(0, signatureBytes), row * signatureBytes);
      const [whole, inner] = hashesOf(signature);
      block.hashes.set([...sortBits(whole), ...sortBits(inner)], row * hashWords);
      block.strips.set(stripSigns(signature), row * stripCount);
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
   * Contents whose hash, or hash without plain margins, is near to that of a picture, nearer to it in one of the eight turns,
   * or to that of a part of it, mirrored or not: at most `limit`, nearest first.
   *
   * @param whole null: the picture is flat
   * @param allowed bit c & 31 of element c >> 5: contents that may be found
   */
  nearestHashes(
    whole: PerceptualHash | null,
    parts: readonly PerceptualHash[],
    allowed: Uint32Array,
    limit: number,
  ): HashHit[] {
    const turned = whole === null ? [] : [whole, turnHash(whole, 4)];
    // Sorted words. [n, 2]
    const asked = Int32Array.from([
      ...turned.flatMap((hash) => sortBits(hash)),
      ...parts.flatMap((hash) => sortBits(hash)),
    ]);
    const near = new NearWords(asked);
    const best: HashHit[] = [];
    for (const [n, { bytes, hashes }] of this.#blocks.entries()) {
      const here = this.#here[n]!;
      for (let row = 0; row < blockRows; row++) {
        const content = (n * blockRows + row) as ContentId;
        if (here[row] !== 1 || !isAllowed(allowed, content)) continue;
        const farthest = best.length === limit ? best[limit - 1]!.distance : mostBits + 1;
        const distance = nearestOf(asked, near, whole !== null, hashes, row * hashWords, farthest);
        if (distance >= farthest || !hasStructure(bytes.subarray(row * signatureBytes))) continue;
        const place = best.findIndex((hit) => hit.distance > distance);
        best.splice(place < 0 ? best.length : place, 0, { content, distance });
        if (best.length > limit) best.pop();
      }
    }
    return best;
  }

  /**
   * Contents half of which looks like half of a picture, though something may be laid across the other half: at most
   * `limit`, nearest first.
   *
   * @param signature of the picture
   * @param allowed see `nearestHashes`
   */
  nearestStrips(signature: Uint8Array, allowed: Uint32Array, limit: number): ContentId[] {
    const telling = tellingStrips(signature);
    if (telling.length < 2) return [];
    const own = stripSigns(signature);
    const best = new TopK(mostBySigns);
    for (const [n, { strips }] of this.#blocks.entries()) {
      const here = this.#here[n]!;
      for (let row = 0; row < blockRows; row++) {
        const content = n * blockRows + row;
        if (here[row] !== 1 || !isAllowed(allowed, content)) continue;
        const apart = signDistance(own, strips, row * stripCount, telling);
        if (apart <= mostSigns && -apart >= best.bar) best.push(content, -apart);
      }
    }
    return Array.from(best.sorted().ids, (id) => id as ContentId)
      .map((content) => ({ content, apart: stripDistance(signature, this.of(content)!, telling) }))
      .filter(({ apart }) => apart <= mostApart)
      .sort((a, b) => a.apart - b.apart || a.content - b.content)
      .slice(0, limit)
      .map(({ content }) => content);
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
        strips: new Int32Array(blockRows * stripCount),
      });
      this.#here.push(new Uint8Array(blockRows));
    }
    return this.#blocks[wanted]!;
  }
}

/**
 * The least distance of the two hashes of a row to those asked for; `enough` where none is near enough.
 *
 * @param asked sorted words, [n, 2]
 * @param near of the same
 * @param isWhole the first one is of the whole picture, and counts as it stands, too
 */
function nearestOf(
  asked: Int32Array,
  near: NearWords,
  isWhole: boolean,
  hashes: Int32Array,
  at: number,
  enough: number,
): number {
  const low = hashes[at]!;
  const high = hashes[at + 1]!;
  const innerLow = hashes[at + 2]!;
  const innerHigh = hashes[at + 3]!;
  const isTrimmed = low !== innerLow || high !== innerHigh;
  let least = enough;
  if (isWhole) {
    const own = bitCount(low ^ asked[0]!) + bitCount(high ^ asked[1]!);
    if (own <= mostBits && own < least) least = own;
    const inner = bitCount(innerLow ^ asked[0]!) + bitCount(innerHigh ^ asked[1]!);
    if (inner <= mostBits && inner < least) least = inner;
  }
  const mayBe = near.mayHave(low, high) || (isTrimmed && near.mayHave(innerLow, innerHigh));
  for (let i = 0; mayBe && i < asked.length; i += 2) {
    const most = Math.min(mostBitsTurned, least - 1);
    const own = mirroredDistance(low ^ asked[i]!, high ^ asked[i + 1]!, most);
    if (own <= most) least = own;
    if (!isTrimmed) continue;
    const inner = mirroredDistance(innerLow ^ asked[i]!, innerHigh ^ asked[i + 1]!, most);
    if (inner <= most && inner < least) least = inner;
  }
  return least;
}
