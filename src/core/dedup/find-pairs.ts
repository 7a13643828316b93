import type { LiveIndex } from '../index/live-index.ts';
import { readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { dot } from '../vector/dot.ts';
import { pairKey } from './group-pairs.ts';
import { burstMilliseconds, type PairCheck, sameSceneCosine, sameViewCosine } from './pair-tier.ts';
import type { PictureHashes } from './picture-hashes.ts';

/** Contents compared between two results. */
const blockRows = 64;
/** Neighbours looked at per row, and lists of the index visited. */
const mostNeighbours = 16;
const probes = 8;
/** Cosine from which the nearest neighbours are compared point by point, and how many of them: a copy is among the first. */
const copyCosine = 0.8;
const mostChecked = 3;
/** Of one hash, or of one burst. */
const mostAlike = 24;

/** What is compared: row n of each is one content. */
export interface PairInput {
  readonly dim: number;
  /** Ascending. */
  readonly contents: Uint32Array;
  /** Stored vectors, [contents][recordBytes(dim)]. */
  readonly records: Uint8Array;
  /** Holds all of them, by content. */
  readonly index: LiveIndex;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly times: Float64Array;
  readonly hashes: PictureHashes;
  /** Copies that were found before, by content. */
  readonly known: Iterable<readonly [number, number]>;
}

export interface FoundPair {
  readonly first: number;
  readonly second: number;
  /** Of the stored vectors. */
  readonly cosine: number;
  /** Null: alike, but not compared point by point or not a copy. */
  readonly check: PairCheck | null;
}

export interface FoundBlock {
  /** Contents that are now compared with all. */
  readonly compared: readonly number[];
  readonly pairs: readonly FoundPair[];
}

/** Compares two pictures point by point; null: different pictures. */
export type CheckPair = (first: number, second: number) => Promise<PairCheck | null>;

/**
 * [Note: Candidates and copies]
 * Candidates are the nearest neighbours by embedding (crops, frames, texts, filters), hashes that differ little in any of
 * the eight turns (other sizes and formats, mirrored, turned), and shots within seconds. What makes a copy is the
 * comparison point by point alone. Where A and B, and B and C are copies, A and C are compared, too, so that a group is
 * not split for want of looking.
 */
export class PairSearch {
  readonly #input: PairInput;
  readonly #check: CheckPair;
  readonly #rowOf = new Map<number, number>();
  /** Rows by time. */
  readonly #byTime: Uint32Array;
  readonly #placeInTime: Uint32Array;
  readonly #copies = new Map<number, Set<number>>();
  readonly #checked = new Set<number>();
  readonly #told = new Set<number>();

  constructor(input: PairInput, check: CheckPair) {
    this.#input = input;
    this.#check = check;
    const { contents, times } = input;
    contents.forEach((content, row) => {
      this.#rowOf.set(content, row);
    });
    this.#byTime = Uint32Array.from(contents.keys()).sort((a, b) => times[a]! - times[b]!);
    this.#placeInTime = new Uint32Array(contents.length);
    this.#byTime.forEach((row, place) => {
      this.#placeInTime[row] = place;
    });
    for (const [a, b] of input.known) this.#join(a, b);
  }

  /** Compares some contents with all, block by block. */
  async *run(fresh: ArrayLike<number>): AsyncGenerator<FoundBlock> {
    for (let start = 0; start < fresh.length; start += blockRows) {
      const compared = Array.from(
        { length: Math.min(blockRows, fresh.length - start) },
        (_, n) => fresh[start + n]!,
      );
      const pairs: FoundPair[] = [];
      for (const content of compared) {
        const row = this.#rowOf.get(content);
        if (row !== undefined) await this.#compare(row, pairs);
      }
      yield { compared, pairs };
    }
  }

  async #compare(row: number, found: FoundPair[]): Promise<void> {
    const content = this.#input.contents[row]!;
    const own = this.#vector(row);
    const alike = new Map<number, number>();
    const wanted = new Set<number>();
    for (const other of this.#neighbours(row, own)) {
      const cosine = this.#cosine(own, other);
      if (cosine >= sameSceneCosine) alike.set(other, cosine);
      if (cosine >= copyCosine && wanted.size < mostChecked) wanted.add(other);
    }
    for (const other of this.#sameTime(row)) {
      const cosine = this.#cosine(own, other);
      if (cosine >= sameViewCosine) alike.set(other, cosine);
    }
    for (const other of this.#sameHash(row)) wanted.add(other);
    for (const other of wanted) {
      const partner = this.#input.contents[other]!;
      if (await this.#isCopy(content, partner, this.#cosine(own, other), found)) {
        await this.#close(content, partner, found);
      }
    }
    for (const [other, cosine] of alike) {
      const partner = this.#input.contents[other]!;
      const key = pairKey(content, partner);
      if (this.#copies.get(content)?.has(partner) || this.#told.has(key)) continue;
      this.#told.add(key);
      found.push({ first: content, second: partner, cosine, check: null });
    }
  }

  /** Compares once; tells a copy. */
  async #isCopy(a: number, b: number, cosine: number, found: FoundPair[]): Promise<boolean> {
    const key = pairKey(a, b);
    if (this.#copies.get(a)?.has(b) || this.#checked.has(key)) return false;
    this.#checked.add(key);
    const check = await this.#check(Math.min(a, b), Math.max(a, b));
    if (check === null) return false;
    this.#join(a, b);
    found.push({ first: a, second: b, cosine, check });
    return true;
  }

  /** Compares what hangs together through a new pair. */
  async #close(a: number, b: number, found: FoundPair[]): Promise<void> {
    const around = new Set([...(this.#copies.get(a) ?? []), ...(this.#copies.get(b) ?? [])]);
    for (const other of [...around].slice(0, mostAlike)) {
      for (const end of [a, b]) {
        if (other === end) continue;
        const [rowA, rowB] = [this.#rowOf.get(other), this.#rowOf.get(end)];
        if (rowA === undefined || rowB === undefined) continue;
        await this.#isCopy(other, end, this.#cosine(this.#vector(rowA), rowB), found);
      }
    }
  }

  #join(a: number, b: number): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = this.#copies.get(from);
      if (others === undefined) this.#copies.set(from, new Set([to]));
      else others.add(to);
    }
  }

  /** Rows, nearest first. */
  #neighbours(row: number, own: Float32Array): number[] {
    const { index, contents } = this.#input;
    const { ids } = index.search(own, mostNeighbours + 1, { minimumScore: copyCosine, nprobe: probes });
    return Array.from(ids, (id) => this.#rowOf.get(id)).filter(
      (other): other is number => other !== undefined && contents[other] !== contents[row],
    );
  }

  #sameTime(row: number): number[] {
    const { times } = this.#input;
    const rows: number[] = [];
    const place = this.#placeInTime[row]!;
    for (const step of [-1, 1]) {
      for (let n = 1; n <= mostAlike / 2; n++) {
        const other = this.#byTime[place + step * n];
        if (other === undefined || Math.abs(times[other]! - times[row]!) > burstMilliseconds) break;
        rows.push(other);
      }
    }
    return rows;
  }

  #sameHash(row: number): number[] {
    const nearest = new Map<number, number>();
    this.#input.hashes.near(row, (other, distance) => {
      if (other !== row) nearest.set(other, Math.min(distance, nearest.get(other) ?? distance));
    });
    return [...nearest]
      .sort(([, a], [, b]) => a - b)
      .slice(0, mostAlike)
      .map(([other]) => other);
  }

  #vector(row: number): Float32Array {
    const { dim, records } = this.#input;
    const vector = new Float32Array(dim);
    readUnitVector(records, row * recordBytes(dim), dim, vector);
    return vector;
  }

  #cosine(own: Float32Array, row: number): number {
    return dot(own, this.#vector(row), this.#input.dim);
  }
}
