import { colourDistance } from '../image/colour-signature.ts';
import { layoutBytes, layoutDistance, turnLayout } from '../image/layout-signature.ts';
import type { PerceptualHash } from '../image/perceptual-hash.ts';
import { hashesOf, hasStructure, innerColourAt, layoutAt, signatureBytes } from '../image/signature.ts';
import { turns } from '../image/turn.ts';
import { appended } from './appended.ts';
import { HashLookup, sureDistance } from './hash-candidates.ts';

/**
 * Sliced Wasserstein distance of the colours without plain margins that copies stay below unless they were recoloured:
 * crops of four fifths 0.034, turned or bent ones 0.044, those that were written on 0.053 at most (24 photos each), half
 * of a photo 0.058 in nine of ten cases.
 */
const copyColours = 0.065;
/** Where another picture is nearer by embedding, what a picture was cut from still has nearly its colours. */
const nextColours = 0.04;
/** Bits up to which hashes speak for themselves, whatever the colours: recoloured, framed, brightened pictures. */
const sameHash = 6;
/**
 * Bits up to which they do so whatever the layout, and the distance of layouts from which on other hashes are alike by
 * chance: of 1,429 copies among 20,000 pictures 1,404 are nearer, of 5,573 other pairs a half.
 */
const equalHash = 1;
const likeLayout = 0.18;

/** Hashes of some rows by their place, from the first of these on: entry 2p is place p of them as a whole, 2p + 1 without plain margins, where it has any. */
interface RowsLookup {
  readonly first: number;
  readonly rows: number;
  readonly lookup: HashLookup;
}

/** What signatures say about which pictures may be copies. Row n is one picture. */
export class PictureLooks {
  #signatures: Uint8Array;
  #rows: number;
  /** Of most rows, then of those that were added since. */
  #lookups: readonly RowsLookup[];
  /** Rows by place and places by row, of those that were there at first; behind them the two are the same. */
  readonly #rowAt: Uint32Array;
  readonly #placeOf: Uint32Array;

  /**
   * @param signatures [rows, signatureBytes], see [Note: Photo signature]; zeros: not known
   * @param asked the rows that are asked about, and found by each other: see `nearHashes`. Default: all
   */
  constructor(signatures: Uint8Array, asked: ReadonlySet<number> | null = null) {
    this.#signatures = signatures;
    this.#rows = signatures.length / signatureBytes;
    const rows = Array.from({ length: this.#rows }, (_, row) => row);
    const isAsked = (row: number) => asked === null || asked.has(row);
    this.#rowAt = Uint32Array.from([...rows.filter((row) => !isAsked(row)), ...rows.filter(isAsked)]);
    this.#placeOf = new Uint32Array(this.#rows);
    this.#rowAt.forEach((row, place) => {
      this.#placeOf[row] = place;
    });
    this.#lookups = [this.#lookupFrom(0)];
  }

  /** @param signatures as of the constructor, of rows behind all others */
  add(signatures: Uint8Array): void {
    const used = this.#rows * signatureBytes;
    this.#signatures = appended(this.#signatures, used, signatures, (length) => new Uint8Array(length));
    this.#rows += signatures.length / signatureBytes;
    const [most] = this.#lookups;
    // Only once a quarter is new, all are filed again.
    const isFew = most !== undefined && this.#rows - most.rows <= most.rows / 4;
    this.#lookups = isFew ? [most, this.#lookupFrom(most.rows)] : [this.#lookupFrom(0)];
  }

  #lookupFrom(first: number): RowsLookup {
    const rows = this.#rows - first;
    const hashOf = (entry: number) => this.#hashes(this.#rowIn(first + (entry >> 1)))[entry & 1] ?? null;
    return { first, rows, lookup: new HashLookup(2 * rows, hashOf) };
  }

  #rowIn(place: number): number {
    return this.#rowAt[place] ?? place;
  }

  /**
   * The `most` rows whose hashes, whole or without plain margins, differ least in any of the eight turns, of those that are
   * not asked about themselves, or came before: of two that are both asked about the later one finds the other.
   */
  nearHashes(row: number, most: number): number[] {
    const nearest = new Map<number, number>();
    const place = this.#placeOf[row] ?? row;
    for (const hash of this.#hashes(row)) {
      for (const { first, lookup } of this.#lookups) {
        lookup.near(hash, sureDistance, 2 * (place - first), (entry, distance) => {
          const other = this.#rowIn(first + (entry >> 1));
          nearest.set(other, Math.min(distance, nearest.get(other) ?? distance));
        });
      }
    }
    return [...nearest]
      .filter(([other, distance]) => distance <= sameHash || this.#haveLikeColours(row, other))
      .filter(([other, distance]) => distance <= equalHash || this.#haveLikeLayouts(row, other))
      .sort(([a, x], [b, y]) => x - y || a - b)
      .slice(0, most)
      .map(([other]) => other);
  }

  /**
   * Whether two pictures that are near by embedding are worth comparing; true where a signature is not known.
   *
   * @param isNext another picture is nearer
   */
  mayBePart(row: number, other: number, isNext: boolean): boolean {
    return this.#haveLikeColours(row, other, isNext ? nextColours : copyColours);
  }

  #haveLikeColours(row: number, other: number, most = copyColours): boolean {
    const [own, others] = [row * signatureBytes + innerColourAt, other * signatureBytes + innerColourAt];
    if (this.#isBlank(own) || this.#isBlank(others)) return true;
    return colourDistance(this.#signatures, this.#signatures, own, others) <= most;
  }

  /** In any of the eight turns. */
  #haveLikeLayouts(row: number, other: number): boolean {
    const from = row * signatureBytes + layoutAt;
    const own = this.#signatures.subarray(from, from + layoutBytes);
    const at = other * signatureBytes + layoutAt;
    return turns.some((turn) => layoutDistance(turnLayout(own, turn), this.#signatures, 0, at) <= likeLayout);
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
