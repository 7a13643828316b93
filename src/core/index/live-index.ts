import { type Ranked, TopK } from '../vector/top-k.ts';
import { CodedSearch } from './coded-search.ts';
import { ExactTail } from './exact-tail.ts';
import { IdBits } from './id-bits.ts';
import { exactUpTo, recommendedIndex } from './recommended-index.ts';
import { compacted, type SealedPart, storedRows, takenIn } from './sealed-part.ts';
import { isIn } from './segment.ts';
import { encodeSegment, listCount, type VectorSource } from './trained-index.ts';
import type { SearchOptions, VectorIndex } from './vector-index.ts';

/** Knobs of one search; absent ones follow from the number of rows. */
export interface LiveSearchOptions extends SearchOptions {
  readonly nprobe?: number;
  readonly rerank?: number;
}

/** What the index would like to have done next, most urgent first. */
export type Upkeep =
  | { readonly kind: 'nothing' }
  /** Code the tail: `sealSteps`. */
  | { readonly kind: 'seal' }
  /** Drop dead rows and join segments: `compact`. */
  | { readonly kind: 'compact'; readonly deadShare: number }
  /** Train (again) from the stored vectors: `beginRebuild`, `buildSealedPart`, `adopt`. */
  | { readonly kind: 'train'; readonly factory: string; readonly reason: 'first' | 'growth' | 'drift' };

export interface LiveIndexSize {
  readonly sealed: number;
  readonly tail: number;
  /** Removed rows that still take space. */
  readonly dead: number;
  readonly segments: number;
  /** Mean square left over in rows coded since the training, against that in training; 1: no drift. */
  readonly drift: number;
}

/** The tail is coded when it has this many rows and there is something trained. */
const sealAt = 1024;
const retrainAtGrowth = 4;
const retrainAtDrift = 1.3;
/** Below this many coded rows a drift is chance. */
const driftRows = 1024;
const compactAtDead = 0.2;

/**
 * [Note: The life of a row]
 * A row is added to the tail, where search is exact. A full tail is coded (sealed) as a new segment with the parameters
 * at hand; segments join as they grow, like the digits of a binary counter. Removing clears a bit; the row's bytes go
 * when segments join or with `compact`. The vectors themselves are in storage: training reads them there, in the builder,
 * while searches go on here; `adopt` then swaps the sealed part in one step.
 */
export class LiveIndex implements VectorIndex {
  readonly dim: number;
  #tail: ExactTail;
  #part: SealedPart | null = null;
  #search: CodedSearch | null = null;
  /** Sums over rows coded since the training. */
  #codedRows = 0;
  #codedSquares = 0;
  /** Rows added since `beginRebuild`; null: none is going on. */
  #changed: Set<number> | null = null;

  /**
   * @param dim components of a vector, a whole number from 1
   * @param expected rows that will be added soon: room for them is made at once
   */
  constructor(dim: number, expected = 0) {
    if (!Number.isInteger(dim) || dim < 1) throw new RangeError(`index of ${dim} components; at least 1`);
    this.dim = dim;
    this.#tail = new ExactTail(dim, expected);
  }

  get size(): number {
    return this.#tail.count + (this.#part?.alive.count ?? 0);
  }

  /** The sealed part, for a snapshot or a measurement; null while everything is exact. Not to be changed. */
  get sealed(): SealedPart | null {
    return this.#part;
  }

  get sizes(): LiveIndexSize {
    const sealed = this.#part?.alive.count ?? 0;
    const error = this.#part?.trainedError ?? 0;
    const measurable = this.#codedRows >= driftRows && error > 0;
    return {
      sealed,
      tail: this.#tail.count,
      dead: this.#part === null ? 0 : storedRows(this.#part) - sealed,
      segments: this.#part?.segments.length ?? 0,
      drift: measurable ? this.#codedSquares / this.#codedRows / error : 1,
    };
  }

  /** Bytes of the tail, which is exact. */
  get tailBytes(): number {
    return this.#tail.bytes;
  }

  has(row: number): boolean {
    return this.#tail.has(row) || (this.#part?.alive.has(row) ?? false);
  }

  add(row: number, vector: Float32Array): void {
    this.#checkLength(vector, 'vector');
    if (!Number.isInteger(row) || row < 0 || row >= 2 ** 31) {
      throw new RangeError(`row ${row}; a whole number from 0 to 2^31 - 1`);
    }
    this.#tail.add(row, vector);
    this.#part?.alive.delete(row);
    this.#changed?.add(row);
  }

  remove(row: number): void {
    this.#tail.remove(row);
    this.#part?.alive.delete(row);
    this.#changed?.delete(row);
  }

  /** The vector of a row in the tail. Sealed rows are kept as codes only: null; storage has their vectors. */
  get(row: number): Float32Array | null {
    return this.#tail.get(row);
  }

  search(query: Float32Array, k: number, options: LiveSearchOptions = {}): Ranked {
    this.#checkLength(query, 'query');
    if (!query.every(Number.isFinite)) throw new RangeError('the query holds values that are not finite');
    const top = new TopK(Math.min(k, this.size));
    const minimumScore = options.minimumScore ?? Number.NEGATIVE_INFINITY;
    const part = this.#part;
    if (k > 0 && part !== null && part.alive.count > 0) {
      const advised = recommendedIndex(part.alive.count, this.dim);
      const { ids, scores } = this.#search!.search(part.segments, query, {
        k: Math.min(k, part.alive.count),
        nprobe: Math.max(1, Math.min(options.nprobe ?? advised.nprobe, listCount(part.trained))),
        // All that may pass a least score has to be looked at again.
        rerank: Math.max(k, options.rerank ?? Math.max(advised.rerank, Math.min(10 * k, 1000))),
        allowed: this.#allowedSealed(part, options.allowed),
        minimumScore,
      });
      for (let n = 0; n < ids.length; n++) top.push(ids[n]!, scores[n]!);
    }
    this.#tail.search(query, top, options.allowed ?? null, minimumScore);
    const ranked = top.sorted();
    // Rounding may take the product of unit vectors a little out of range.
    for (let n = 0; n < ranked.scores.length; n++) {
      ranked.scores[n] = Math.min(1, Math.max(-1, ranked.scores[n]!));
    }
    return ranked;
  }

  /** Null when every stored row may be found. */
  #allowedSealed(part: SealedPart, allowed: Uint32Array | undefined): Uint32Array | null {
    const { alive } = part;
    if (allowed === undefined) return storedRows(part) === alive.count ? null : alive.words;
    const both = alive.words.slice();
    for (let n = 0; n < both.length; n++) both[n] = both[n]! & (allowed[n] ?? 0);
    return both;
  }

  /**
   * What should be done next. Costs nothing.
   *
   * @param mayTrain false: what there is to do without training (again)
   */
  upkeep(mayTrain = true): Upkeep {
    const { sealed, tail, dead, drift } = this.sizes;
    if (this.#changed !== null) return { kind: 'nothing' };
    const { factory } = recommendedIndex(this.size, this.dim);
    if (this.#part === null) {
      return factory === null || !mayTrain
        ? { kind: 'nothing' }
        : { kind: 'train', factory, reason: 'first' };
    }
    if (mayTrain && factory !== null && this.size >= retrainAtGrowth * this.#part.trainedRows) {
      return { kind: 'train', factory, reason: 'growth' };
    }
    if (mayTrain && factory !== null && drift >= retrainAtDrift)
      return { kind: 'train', factory, reason: 'drift' };
    if (tail >= sealAt) return { kind: 'seal' };
    const deadShare = dead / Math.max(1, sealed + dead);
    return deadShare >= compactAtDead ? { kind: 'compact', deadShare } : { kind: 'nothing' };
  }

  /**
   * Codes the tail as it is now into a new segment. Rows that are replaced or removed between two steps keep their new
   * state. Stopping half-way leaves everything as it was.
   *
   * @yields 0..1, the share done
   * @throws Error when nothing is trained yet or a rebuild is going on
   */
  *sealSteps(): Generator<number, void> {
    const part = this.#part;
    if (part === null || this.#changed !== null) {
      throw new Error(
        `sealing ${part === null ? 'before an index is trained' : 'during a rebuild'}; check upkeep()`,
      );
    }
    const source = this.tailSource();
    const { segment, error } = yield* encodeSegment(part.trained, source, 0, source.count);
    if (this.#part !== part) return;
    const before = new Float32Array(this.dim);
    const unchanged = new IdBits();
    for (let n = 0; n < source.count; n++) {
      source.read(n, 1, before);
      const now = this.#tail.get(source.id(n));
      if (now !== null && sameValues(now, before)) unchanged.add(source.id(n));
    }
    this.#part = takenIn(part, segment, unchanged);
    // From the end: then no row has to fill the gap of another.
    for (const id of this.#tail.ids.slice().reverse()) if (unchanged.has(id)) this.#tail.remove(id);
    this.#codedRows += source.count;
    this.#codedSquares += error * source.count;
  }

  /** A copy of what is in the tail. */
  tailSource(): VectorSource {
    return this.#tail.source();
  }

  /** Drops dead rows and joins all segments: copies the sealed part once. */
  compact(): void {
    if (this.#part !== null) this.#part = compacted(this.#part);
  }

  /** From now until `adopt` or `cancelRebuild` the tail is not sealed, so that nothing new lives in codes alone. */
  beginRebuild(): void {
    this.#changed = new Set();
  }

  cancelRebuild(): void {
    this.#changed = null;
  }

  /**
   * Swaps the sealed part for one that was built from the stored vectors (since `beginRebuild`) or opened from a
   * snapshot. Rows removed in between stay removed, rows replaced in between keep the newer vector.
   *
   * @param part its dimension must be this index's
   * @param present for a snapshot: the rows that storage holds. Absent: the rows that this index holds.
   * @returns rows that should be there but are in neither part: add them from storage
   */
  adopt(part: SealedPart, present?: IdBits): Uint32Array<ArrayBuffer> {
    if (part.trained.dims !== this.dim || part.trained.metric !== 'product') {
      throw new RangeError(
        `a part of ${part.trained.dims} components by ${part.trained.metric}; expected ${this.dim} by product`,
      );
    }
    const wanted = new IdBits(this.#part?.alive.words);
    for (const id of this.#tail.ids) wanted.add(id);
    const expected = present ?? wanted;
    // Made anew: a file's own set may be as long as the largest id in it, and searches copy it.
    const alive = new IdBits();
    for (const segment of part.segments) {
      for (const id of segment.ids) {
        if (part.alive.has(id) && expected.has(id) && !this.#changed?.has(id)) alive.add(id);
      }
    }
    // A new tail: the old one may have grown to hold the whole library.
    const tail = new ExactTail(this.dim);
    for (const id of this.#tail.ids) if (!alive.has(id)) tail.add(id, this.#tail.get(id)!);
    this.#tail = tail;
    this.#part = { ...part, alive };
    this.#search = new CodedSearch(part.trained);
    this.#changed = null;
    this.#codedRows = 0;
    this.#codedSquares = 0;
    const missing: number[] = [];
    for (let word = 0; word < expected.words.length; word++) {
      if (expected.words[word] === 0) continue;
      for (let id = word * 32; id < word * 32 + 32; id++) {
        if (isIn(expected.words, id) && !this.has(id)) missing.push(id);
      }
    }
    return Uint32Array.from(missing);
  }

  /** Rows up to which everything stays exact. */
  static readonly exactUpTo = exactUpTo;

  #checkLength(vector: Float32Array, what: string): void {
    if (vector.length !== this.dim) {
      throw new RangeError(`${what} of ${vector.length} components; the index has ${this.dim}`);
    }
  }
}

/** A loop: callbacks for every value would be felt. */
function sameValues(a: Float32Array, b: Float32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
