import { type NearestRows, nearestRows } from '../index/all-pairs.ts';
import type { RowLists } from '../index/row-lists.ts';
import { runSteps } from '../index/run-steps.ts';
import { readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { dot } from '../vector/dot.ts';
import { appended } from './appended.ts';
import { pairKey } from './group-pairs.ts';
import { type MoreRows, PairRows } from './pair-rows.ts';
import { burstMilliseconds, type PairCheck, sameSceneCosine, sameViewCosine } from './pair-tier.ts';
import type { PictureLooks } from './picture-looks.ts';

/** Contents compared between two results: of many more at once, as workers wait for each other at the end of a block. */
const blockRows = 128;
const largeBlockRows = 512;
const manyRows = 4096;
/** Contents whose neighbours are looked up at once: whole blocks. */
const chunkRows = 64 * largeBlockRows;
/** Neighbours looked at per row, and lists of the index visited. */
const mostNeighbours = 16;
const probes = 8;
/** Cosine from which neighbours may be compared point by point, and how many of them, and of those with like hashes. */
const copyCosine = 0.8;
const mostByVector = 2;
const mostByHash = 6;
/** Of one burst, or of what hangs together. */
const mostAlike = 24;

/** What is compared: row n of each is one content. */
export interface PairInput {
  readonly dim: number;
  /** Ascending. */
  readonly contents: Uint32Array;
  /** Stored vectors, [contents][recordBytes(dim)]. */
  readonly records: Uint8Array;
  /** The same rows. */
  readonly lists: RowLists;
  /** Milliseconds, see [Note: Wall-clock times]. */
  readonly times: Float64Array;
  readonly looks: PictureLooks;
  /** Copies that were found before, by content. */
  readonly known: Iterable<ContentPair>;
}

export type ContentPair = readonly [number, number];

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

/** Compares the pictures of pairs point by point, the smaller content first; null: different pictures. */
export type CheckPairs = (pairs: readonly ContentPair[]) => Promise<readonly (PairCheck | null)[]>;

/**
 * [Note: Candidates and copies]
 * Candidates are the nearest neighbours by embedding (crops, frames, texts, filters), hashes that differ little in any of
 * the eight turns (other sizes and formats, mirrored, turned), and shots within seconds. What makes a copy is the
 * comparison point by point alone, which only candidates come to that no signature speaks against. Where A and B, and B
 * and C are copies, A and C are compared, too, so that a group is not split for want of looking.
 */
export class PairSearch {
  readonly #dim: number;
  readonly #rows: PairRows;
  readonly #looks: PictureLooks;
  readonly #check: CheckPairs;
  readonly #copies = new Map<number, Set<number>>();
  readonly #checked = new Set<number>();
  /** [rows] When each row had its turn; -1: not yet. */
  #turns: Int32Array;
  /** [rows] 1: compared in the run under way, as new as the others of it. */
  #asked = new Uint8Array(0);
  /** Neighbours by turn, up to `chunkRows` turns each. */
  readonly #near: NearestRows[] = [];
  readonly #own: Float32Array;
  readonly #other: Float32Array;

  constructor(input: PairInput, check: CheckPairs) {
    const { dim, contents, looks, lists } = input;
    this.#check = check;
    this.#dim = dim;
    this.#rows = new PairRows(dim, input, lists);
    this.#looks = looks;
    this.#turns = new Int32Array(contents.length).fill(-1);
    this.#own = new Float32Array(dim);
    this.#other = new Float32Array(dim);
    for (const [a, b] of input.known) this.#join(a, b);
  }

  /**
   * What came in meanwhile, none of which is here; `run` then compares it.
   *
   * @param more.signatures see `PictureLooks`
   */
  add(more: MoreRows & { readonly signatures: Uint8Array }): void {
    const turns = new Int32Array(more.contents.length).fill(-1);
    this.#turns = appended(this.#turns, this.#rows.count, turns, (length) => new Int32Array(length));
    this.#rows.add(more);
    this.#looks.add(more.signatures);
  }

  /** Compares some contents with all, block by block, in an order of its own. */
  async *run(fresh: ArrayLike<number>): AsyncGenerator<FoundBlock> {
    const { source, codes, lists } = this.#rows;
    const rows = this.#nearEachOther(fresh);
    const blockLength = rows.length > manyRows ? largeBlockRows : blockRows;
    for (let from = 0; from < rows.length; from += chunkRows) {
      const chunk = rows.slice(from, from + chunkRows);
      const options = { minimumScore: copyCosine, most: mostNeighbours, nprobe: probes };
      const first = this.#near.length * chunkRows;
      this.#near.push(runSteps(nearestRows(source, this.#dim, codes, lists, chunk, options)));
      for (let start = 0; start < chunk.length; start += blockLength) {
        const block = chunk.slice(start, start + blockLength);
        const pairs: FoundPair[] = [];
        const wanted: ContentPair[] = [];
        const alike: FoundPair[] = [];
        block.forEach((row, n) => {
          this.#turns[row] = first + start + n;
          this.#candidates(row, wanted, alike);
        });
        await this.#compare(wanted, pairs);
        for (const pair of alike) if (!this.#copies.get(pair.first)?.has(pair.second)) pairs.push(pair);
        yield { compared: block.map((row) => this.#rows.content(row)), pairs };
      }
    }
  }

  /** Rows in an order in which pictures that are compared follow each other: they are read and prepared less often. */
  #nearEachOther(contents: ArrayLike<number>): number[] {
    const asked = new Uint8Array(this.#rows.count);
    for (let n = 0; n < contents.length; n++) {
      const row = this.#rows.rowOf(contents[n]!);
      if (row !== undefined) asked[row] = 1;
    }
    this.#asked = asked;
    return Array.from(this.#rows.lists.inOrder.filter((row) => asked[row] === 1));
  }

  #candidates(row: number, wanted: ContentPair[], alike: FoundPair[]): void {
    const looks = this.#looks;
    const content = this.#rows.content(row);
    const others = new Set<number>();
    const alikeRows = new Set<number>();
    const tell = (other: number, cosine: number) => {
      alikeRows.add(other);
      // Of two rows that are near each other one tells it.
      if (this.#isNear(other, row)) return;
      alike.push({ first: content, second: this.#rows.content(other), cosine, check: null });
    };
    const { rows, scores } = this.#neighbours(row);
    // Where the nearest are all as new as it is, none of those that were there before may have it among its nearest either.
    let isLinked = false;
    rows.forEach((other, n) => {
      const cosine = scores[n]!;
      const isOld = this.#asked[other] !== 1;
      const mayBeCopy = others.size < mostByVector || (isOld && !isLinked);
      if (mayBeCopy && looks.mayBePart(row, other, others.size > 0)) {
        others.add(other);
        isLinked ||= isOld;
      }
      if (cosine >= sameSceneCosine) tell(other, cosine);
    });
    const soon = this.#sameTime(row).filter((other) => !alikeRows.has(other));
    if (soon.length > 0) this.#rows.source.read(row, 1, this.#own);
    for (const other of soon) {
      const cosine = this.#cosine(other);
      if (cosine >= sameViewCosine) tell(other, cosine);
    }
    for (const other of looks.nearHashes(row, mostByHash)) others.add(other);
    for (const other of others) this.#want(content, this.#rows.content(other), wanted);
  }

  /** Of a row that had its turn: rows, nearest first, and cosines. */
  #neighbours(row: number): { rows: Uint32Array; scores: Float32Array } {
    const turn = this.#turns[row]!;
    const { starts, rows, scores } = this.#near[Math.floor(turn / chunkRows)]!;
    const [from, to] = [starts[turn % chunkRows]!, starts[(turn % chunkRows) + 1]!];
    return { rows: rows.subarray(from, to), scores: scores.subarray(from, to) };
  }

  /** Whether a row had its turn and found the other one near. */
  #isNear(row: number, other: number): boolean {
    return this.#turns[row]! >= 0 && this.#neighbours(row).rows.includes(other);
  }

  /** Compares point by point, then what hangs together through new copies, until there is nothing new. */
  async #compare(wanted: readonly ContentPair[], found: FoundPair[]): Promise<void> {
    let pairs = wanted;
    while (pairs.length > 0) {
      const checks = await this.#check(pairs);
      const next: ContentPair[] = [];
      const copies = pairs.filter(([a, b], n) => {
        const check = checks[n] ?? null;
        if (check === null) return false;
        this.#join(a, b);
        this.#rows.source.read(this.#rows.rowOf(a)!, 1, this.#own);
        found.push({ first: a, second: b, cosine: this.#cosine(this.#rows.rowOf(b)!), check });
        return true;
      });
      for (const [a, b] of copies) this.#close(a, b, next);
      pairs = next;
    }
  }

  /** What hangs together through a new pair. */
  #close(a: number, b: number, next: ContentPair[]): void {
    const around = new Set([...(this.#copies.get(a) ?? []), ...(this.#copies.get(b) ?? [])]);
    for (const other of [...around].slice(0, mostAlike)) {
      if (this.#rows.rowOf(other) === undefined) continue;
      for (const end of [a, b]) if (other !== end) this.#want(other, end, next);
    }
  }

  /** Each pair is compared once. */
  #want(a: number, b: number, wanted: ContentPair[]): void {
    const key = pairKey(a, b);
    if (this.#copies.get(a)?.has(b) || this.#checked.has(key)) return;
    this.#checked.add(key);
    wanted.push([Math.min(a, b), Math.max(a, b)]);
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

  #sameTime(row: number): number[] {
    const rows: number[] = [];
    for (const step of [-1, 1]) {
      for (let n = 1; n <= mostAlike / 2; n++) {
        const other = this.#rows.byTime(row, step * n);
        if (other === undefined || this.#rows.apart(other, row) > burstMilliseconds) break;
        rows.push(other);
      }
    }
    return rows;
  }

  /** Of a row's vector to the one that was read last. */
  #cosine(row: number): number {
    const dim = this.#dim;
    readUnitVector(this.#rows.records, row * recordBytes(dim), dim, this.#other);
    return dot(this.#own, this.#other, dim);
  }
}
