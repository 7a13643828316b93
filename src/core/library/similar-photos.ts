import { FlatIndex } from '../index/flat-index.ts';
import { atRest, isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import { allowRow, type VectorIndex } from '../index/vector-index.ts';
import type { Catalogue } from './catalogue.ts';
import type { ContentId, Failure, PhotoId } from './photo.ts';
import { defaultQuery, type PhotoQuery, type SimilarHit } from './photo-query.ts';
import type { Clock, ContentRow, Embedded, StoredModel } from './ports.ts';
import { queryTest } from './query-photos.ts';
import type { SimilarResult } from './similar-result.ts';

export interface SimilarRequest {
  /** The photo that is asked about, left out of the answer; null for a file that is not in the library. */
  readonly photo: PhotoId | null;
  /** Among which photos; null: all present ones. */
  readonly filter: PhotoQuery | null;
  /** Embeds the photo or file when its vector is not stored. */
  readonly embed: () => Promise<Embedded | { readonly ok: false; readonly failure: Failure }>;
  readonly cutOff: number;
  readonly limit: number;
  readonly beyond: number;
}

/** Finds photos that look alike. The vectors of one model are loaded when first asked for, then kept up to date. */
export class SimilarPhotos {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  #loading: { readonly model: number; readonly done: Promise<void> } | null = null;
  #index: VectorIndex | null = null;
  #latest = 0;

  constructor(catalogue: Catalogue, clock: Clock) {
    this.#catalogue = catalogue;
    this.#clock = clock;
  }

  /** New results: their vectors can be found at once. */
  added(rows: readonly ContentRow[]): void {
    for (const { model, content, embedding } of rows) {
      if (this.#catalogue.modelByKey(model)?.number !== this.#loading?.model) continue;
      this.#index ??= new FlatIndex(embedding.length);
      if (embedding.every(Number.isFinite)) this.#index.add(content, atRest(embedding));
    }
  }

  removed(contents: Iterable<ContentId>): void {
    for (const content of contents) {
      if (this.#catalogue.table.photosOf(content).length === 0) this.#index?.remove(content);
    }
  }

  /** Newest wins: an earlier request that is not answered yet is 'superseded'. */
  async find(request: SimilarRequest, model: StoredModel | null): Promise<SimilarResult> {
    const turn = ++this.#latest;
    const began = this.#clock.now();
    await this.#clock.breathe();
    if (turn !== this.#latest) return { kind: 'superseded' };
    if (model === null) return { kind: 'failed', failure: { code: 'model-unavailable' } };
    let index = await this.#load(model);
    if (turn !== this.#latest) return { kind: 'superseded' };
    let vector = this.#stored(request.photo, model, index);
    if (vector === null) {
      const outcome = await request.embed();
      if (turn !== this.#latest) return { kind: 'superseded' };
      if (!outcome.ok) return { kind: 'failed', failure: outcome.failure };
      vector = outcome.embedding;
      const used = this.#catalogue.modelByKey(outcome.model);
      // The model was exchanged in between: vectors of different models are never compared.
      index = used === null ? null : await this.#load(used);
      if (turn !== this.#latest) return { kind: 'superseded' };
    }
    return this.#search(request, vector, index, began);
  }

  #stored(photo: PhotoId | null, model: StoredModel, index: VectorIndex | null): Float32Array | null {
    const { table } = this.#catalogue;
    if (photo === null || index === null || !table.has(photo)) return null;
    const content = table.contentOf(photo);
    return content === null || table.columns.model[photo] !== model.number ? null : index.get(content);
  }

  #search(
    { photo, filter, cutOff, limit, beyond }: SimilarRequest,
    vector: Float32Array,
    index: VectorIndex | null,
    began: number,
  ): SimilarResult {
    const { table } = this.#catalogue;
    const matches = queryTest(this.#catalogue, filter ?? defaultQuery);
    const wanted = (id: PhotoId) => id !== photo && matches(id);
    const allowed = new Uint32Array((this.#catalogue.counters.content >> 5) + 1);
    let searched = 0;
    for (const id of table.ids()) {
      const content = table.contentOf(id);
      if (content === null || !wanted(id)) continue;
      searched++;
      allowRow(allowed, content);
    }
    const hits: SimilarHit[] = [];
    let below = 0;
    if (index !== null && vector.length === index.dim) {
      const { ids: contents, scores } = index.search(vector, limit + beyond, { allowed });
      for (let i = 0; i < contents.length; i++) {
        const score = scores[i]!;
        for (const id of table.photosOf(contents[i] as ContentId).reverse()) {
          if (!wanted(id)) continue;
          if (score >= cutOff ? hits.length < limit : below++ < beyond) hits.push({ id, score });
        }
      }
    }
    return { kind: 'hits', hits, cutOff, searched, milliseconds: this.#clock.now() - began };
  }

  async #load(model: StoredModel): Promise<VectorIndex | null> {
    let loading = this.#loading;
    if (loading?.model !== model.number) {
      this.#index = null;
      const begun = { model: model.number, done: Promise.resolve().then(() => this.#read(model)) };
      this.#loading = loading = begun;
      // A failure must not stick: the next request tries again.
      begun.done.catch(() => {
        if (this.#loading === begun) this.#loading = null;
      });
    }
    await loading.done;
    return this.#loading === loading ? this.#index : null;
  }

  async #read(model: StoredModel): Promise<void> {
    const { store, table } = this.#catalogue;
    const isCurrent = () => this.#loading?.model === model.number;
    await store.eachVectorChunk(model.key, async ({ firstContent, rows, dim, records }) => {
      if (!isCurrent()) return false;
      this.#index ??= new FlatIndex(dim);
      const index = this.#index;
      for (let row = 0; row < rows; row++) {
        const content = (firstContent + row) as ContentId;
        // What was added meanwhile is newer than what was read.
        if (index.get(content) !== null) continue;
        if (!table.photosOf(content).some((id) => table.columns.model[id] === model.number)) continue;
        const at = row * recordBytes(dim);
        if (isBlank(records, at)) continue;
        const vector = new Float32Array(dim);
        readUnitVector(records, at, dim, vector);
        index.add(content, vector);
      }
      await this.#clock.breathe();
      return isCurrent();
    });
  }
}
