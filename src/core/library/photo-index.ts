import { IdBits } from '../index/id-bits.ts';
import { LiveIndex } from '../index/live-index.ts';
import { openSnapshot } from '../index/snapshot.ts';
import type { Refusal } from '../index/snapshot-layout.ts';
import { atRest } from '../index/stored-vectors.ts';
import { dot } from '../vector/dot.ts';
import type { Clock } from './clock.ts';
import type { IndexBuilder, IndexChange, StoredIndex } from './index-ports.ts';
import { type IndexStatus, indexStatus } from './index-status.ts';
import { IndexUpkeep } from './index-upkeep.ts';
import { type ContentId, modelKeyText } from './photo.ts';
import type { PhotoStore, WriteResult } from './photo-store.ts';
import type { ContentRow, StoredModel } from './stored-rows.ts';

export interface PhotoIndexParts {
  readonly model: StoredModel;
  readonly store: Pick<PhotoStore, 'vectors' | 'eachVectorChunk' | 'index'>;
  /** Contents that have a vector of the model, as far as the library knows. */
  readonly contents: () => Iterable<ContentId>;
  /** Whether a content is among them. */
  readonly has: (content: ContentId) => boolean;
  readonly write: (changes: readonly IndexChange[]) => Promise<WriteResult>;
  readonly builder: IndexBuilder;
  readonly clock: Clock;
  /** The status changed. */
  readonly changed: () => void;
  /** A bug in work that nobody waits for. */
  readonly crash: (error: unknown) => void;
}

export interface PhotoSearch {
  /** Contents that may be found: bit c & 31 of element c >> 5. */
  readonly allowed: Uint32Array;
  /** Lists to visit; null: as many as suit the library. */
  readonly probes: number | null;
}

export interface ContentHit {
  readonly content: ContentId;
  /** Cosine of the stored vectors, -1..1. */
  readonly score: number;
}

/** Vectors read at once. */
const contentsPerRead = 1024;

/**
 * The vectors of one model, searchable: opens what is stored of the index, adds what that lacks, follows the library, and
 * has itself tended by `IndexUpkeep`. While all that goes on, searches are answered from what is there.
 */
export class PhotoIndex {
  readonly #parts: PhotoIndexParts;
  readonly #upkeep: IndexUpkeep;
  #live: LiveIndex | null = null;
  #loading: Promise<void> | null = null;
  #loaded = false;
  #closed = false;
  /** Vectors that are being read into an empty index. */
  #expected = 0;
  #refused: Refusal | null = null;

  constructor(parts: PhotoIndexParts) {
    this.#parts = parts;
    this.#upkeep = new IndexUpkeep({
      ...parts,
      live: () => this.#live,
      addMissing: (contents) => this.#addStored(contents),
    });
  }

  get model(): StoredModel {
    return this.#parts.model;
  }

  get upkeep(): IndexUpkeep {
    return this.#upkeep;
  }

  /** For measurements; null while there is no vector. */
  get live(): LiveIndex | null {
    return this.#live;
  }

  status(probes: number | null): IndexStatus {
    return indexStatus(this.#live, this.#loaded, this.#refused, this.#upkeep.state, probes);
  }

  /** Resolves when all stored vectors can be found; a failure is tried again by the next call. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** New results of this model: found at once. */
  add(rows: readonly ContentRow[]): void {
    for (const { content, embedding } of rows) {
      // As it will be read from the store, so that scores never change.
      if (embedding.every(Number.isFinite)) this.#add(content, atRest(embedding));
    }
    if (this.#loaded) this.#upkeep.tend();
    this.#parts.changed();
  }

  remove(content: ContentId): void {
    this.#live?.remove(content);
    if (this.#loaded) this.#upkeep.tend();
  }

  /** The stored vector; null if there is none. */
  async vectorOf(content: ContentId): Promise<Float32Array | null> {
    const found = this.#live?.get(content);
    return found ?? (await this.#parts.store.vectors(this.model.key, [content]))[0] ?? null;
  }

  /**
   * Best first, at most `k`; scores are exact even where the index is compressed.
   *
   * @param query unit vector; of another dimension than the library's: nothing is found
   */
  async search(query: Float32Array, k: number, { allowed, probes }: PhotoSearch): Promise<ContentHit[]> {
    const live = this.#live;
    if (live === null) return [];
    const hits = this.searchRoughly(query, k, { allowed, probes });
    const coded = hits.filter(({ content }) => live.get(content) === null).map(({ content }) => content);
    const vectors = await this.#parts.store.vectors(this.model.key, coded);
    const exact = new Map(coded.map((content, n) => [content, vectors[n] ?? null]));
    return hits
      .flatMap((hit): ContentHit[] => {
        const vector = exact.get(hit.content);
        if (vector === undefined) return [hit];
        // Deleted since the search.
        if (vector === null) return [];
        return [{ ...hit, score: Math.min(1, Math.max(-1, dot(query, vector, live.dim))) }];
      })
      .sort((a, b) => b.score - a.score || a.content - b.content);
  }

  /** The same without reading any vector: where the index is compressed, scores are off by some hundredths. */
  searchRoughly(query: Float32Array, k: number, { allowed, probes }: PhotoSearch): ContentHit[] {
    const live = this.#live;
    if (live === null || query.length !== live.dim) return [];
    const { ids, scores } = live.search(query, k, { allowed, ...(probes !== null && { nprobe: probes }) });
    return Array.from(ids, (id, n) => ({ content: id as ContentId, score: scores[n]! }));
  }

  /** Stops work and keeps what is worth keeping; the store is not asked for anything afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#loading?.catch(() => {}); // told to whoever asked for it
    await this.#upkeep.close();
  }

  async #load(): Promise<void> {
    const { store, model } = this.#parts;
    const stored = await store.index(model.key, 'live');
    if (stored !== null && !this.#closed) this.#open(stored);
    const lacking = [...this.#parts.contents()].filter((content) => !this.#live?.has(content));
    this.#expected = lacking.length;
    await this.#addStored(lacking);
    if (this.#closed) return;
    this.#loaded = true;
    this.#upkeep.opened(stored?.note.buildMilliseconds ?? null);
    this.#parts.changed();
  }

  /** Takes a stored index over, if it is whole and of this model. */
  #open(stored: StoredIndex): void {
    const { joined } = stored;
    const opened =
      joined.kind === 'refused' ? joined : openSnapshot(joined.snapshot, modelKeyText(this.model.key));
    if (opened.kind === 'refused') {
      this.#refused = opened.refusal;
      return;
    }
    const { dims } = opened.part.trained;
    const live = this.#live ?? new LiveIndex(dims);
    if (live.dim !== dims) {
      this.#refused = { code: 'other-model', message: `vectors of ${dims} components; expected ${live.dim}` };
      return;
    }
    const present = new IdBits();
    for (const content of this.#parts.contents()) present.add(content);
    // What it lacks is read below.
    live.adopt(opened.part, present);
    this.#live = live;
  }

  /** Adds stored vectors to the exact part. */
  async #addStored(contents: readonly ContentId[]): Promise<void> {
    const { store, model, clock, has } = this.#parts;
    const ordered = [...contents].sort((a, b) => a - b);
    for (let from = 0; from < ordered.length && !this.#closed; from += contentsPerRead) {
      const wanted = ordered.slice(from, from + contentsPerRead);
      const vectors = await store.vectors(model.key, wanted);
      wanted.forEach((content, n) => {
        const vector = vectors[n] ?? null;
        // What was added meanwhile is newer than what was read; what was deleted meanwhile stays out.
        if (vector !== null && !this.#live?.has(content) && has(content)) this.#add(content, vector);
      });
      await clock.breathe();
    }
  }

  #add(content: ContentId, vector: Float32Array): void {
    this.#live ??= new LiveIndex(vector.length, this.#expected);
    // A model makes vectors of one length; another one's are no use.
    if (vector.length === this.#live.dim) this.#live.add(content, vector);
  }
}
