import { allowRow } from '../index/vector-index.ts';
import { dot } from '../vector/dot.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { contentsWithVectors } from './contents-with-vectors.ts';
import type { IndexBuilder } from './index-ports.ts';
import { type IndexStatus, noIndexStatus } from './index-status.ts';
import { LearnedCutOff } from './learned-cut-off.ts';
import type { LikeTerm } from './like-term.ts';
import { type ContentId, modelKeyText, type PhotoId } from './photo.ts';
import { type ContentHit, PhotoIndex } from './photo-index.ts';
import { defaultQuery, type PhotoQuery, type SimilarHit } from './photo-query.ts';
import type { EmbedSubject } from './query-embeds.ts';
import { queryTest } from './query-photos.ts';
import { type QueryVector, QueryVectors } from './query-vectors.ts';
import type { SimilarResult } from './similar-result.ts';
import type { ContentRow, StoredModel } from './stored-rows.ts';

export interface SimilarRequest {
  /** What to be like and unlike; photos among it are left out of the answer. */
  readonly terms: readonly LikeTerm[];
  /** Among which photos; null: all present ones. */
  readonly filter: PhotoQuery | null;
  /** Embeds a picture, or a photo (or part of one) whose vector is not stored. */
  readonly embed: EmbedSubject;
  /** Null: the learned one. */
  readonly cutOff: number | null;
  readonly limit: number;
  readonly beyond: number;
}

export interface SimilarParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly builder: IndexBuilder;
  /** Lists that a search visits; null: as many as suit the library. */
  readonly probes: () => number | null;
  readonly crash: (error: unknown) => void;
}

/** Where a library is too small to learn from; a cosine. */
const usualCutOff = 0.65;

/** Finds photos that look alike, by the index of the model whose opinion counts. */
export class SimilarPhotos {
  readonly #parts: SimilarParts;
  #index: PhotoIndex | null = null;
  readonly #vectors: QueryVectors;
  #latest = 0;
  #closed = false;
  #cutOff: LearnedCutOff | null = null;

  constructor(parts: SimilarParts) {
    this.#parts = parts;
    this.#vectors = new QueryVectors(parts.catalogue);
  }

  /** Number of the model whose vectors are searched; null before any are. */
  get model(): number | null {
    return this.#index?.model.number ?? null;
  }

  /** The index that is searched; null before any model. */
  get index(): PhotoIndex | null {
    return this.#index;
  }

  get status(): IndexStatus {
    const { catalogue, probes } = this.#parts;
    // Without any model there is nothing to read.
    return this.#index?.status(probes()) ?? { ...noIndexStatus, loaded: catalogue.models.length === 0 };
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** From now on the vectors of that model are searched; resolves when all of them are. */
  async use(model: StoredModel): Promise<void> {
    if (this.#closed) return;
    if (this.#index?.model.number !== model.number) {
      const former = this.#index;
      this.#index = this.#indexOf(model);
      const { catalogue, clock } = this.#parts;
      this.#cutOff = new LearnedCutOff(model.key, catalogue.store, clock);
      former?.close().catch(this.#parts.crash);
    }
    await this.#index!.load();
  }

  /** How alike photos must be to count as similar, unless the person says otherwise. */
  get cutOff(): number {
    return this.#cutOff?.value(this.status.pictures) ?? usualCutOff;
  }

  /** Learns how alike photos are by chance, if that is not known or out of date. */
  async learn(): Promise<void> {
    const [index, cutOff] = [this.#index, this.#cutOff];
    if (this.#closed || index === null || cutOff === null) return;
    if (!cutOff.isDue(this.status.pictures)) return;
    await cutOff.learn([...contentsWithVectors(this.#parts.catalogue, index.model)]);
    if (!this.#closed) this.#parts.catalogue.feed.status();
  }

  /** New results: their vectors can be found at once. */
  added(rows: readonly ContentRow[]): void {
    const index = this.#index;
    if (index === null) return;
    const { catalogue } = this.#parts;
    const ours = rows.filter(({ model }) => catalogue.modelByKey(model)?.number === index.model.number);
    if (ours.length > 0) index.add(ours);
  }

  removed(contents: Iterable<ContentId>): void {
    for (const content of contents) {
      if (this.#parts.catalogue.table.photosOf(content).length === 0) this.#index?.remove(content);
    }
  }

  /**
   * Newest wins: an earlier request that is not answered yet is 'superseded'.
   *
   * @param model whose vectors are searched, unless a picture is asked about that only `current`, which runs, can look at
   */
  async find(
    request: SimilarRequest,
    model: StoredModel | null,
    current: StoredModel | null,
  ): Promise<SimilarResult> {
    const { catalogue, clock } = this.#parts;
    const turn = ++this.#latest;
    const began = clock.now();
    await clock.breathe();
    if (turn !== this.#latest) return { kind: 'superseded' };
    if (model === null) return { kind: 'failed', failure: { code: 'model-unavailable' } };
    await this.use(model);
    if (turn !== this.#latest) return { kind: 'superseded' };
    let made = await this.#vectors.of(request.terms, this.#index!, request.embed);
    if (turn !== this.#latest) return { kind: 'superseded' };
    if (!made.ok && made.failure.code === 'model-unavailable' && current !== null && current !== model) {
      await this.use(current);
      made = await this.#vectors.of(request.terms, this.#index!, request.embed);
      if (turn !== this.#latest) return { kind: 'superseded' };
    }
    if (!made.ok) return { kind: 'failed', failure: made.failure };
    const used = catalogue.models.find(({ key }) => modelKeyText(key) === made.model);
    if (used === undefined) return { kind: 'failed', failure: { code: 'model-unavailable' } };
    await this.use(used);
    if (turn !== this.#latest) return { kind: 'superseded' };
    this.learn().catch(this.#parts.crash);
    return this.#search(request, made, began);
  }

  /** Contents whose vectors are nearest to a unit vector, best first; see `PhotoSearch`. */
  async nearest(vector: Float32Array, k: number, allowed: Uint32Array): Promise<ContentHit[]> {
    return (await this.#index?.search(vector, k, { allowed, probes: this.#parts.probes() })) ?? [];
  }

  /**
   * Contents that are about nearest to any of several unit vectors, best first: `k` for each vector, how near each is to the
   * vector that it is nearest to, and which one that is. Reads nothing.
   */
  nearestToAny(
    vectors: readonly Float32Array[],
    k: number,
    allowed: Uint32Array,
  ): (ContentHit & { readonly to: number })[] {
    const search = { allowed, probes: this.#parts.probes() };
    const best = new Map<ContentId, ContentHit & { readonly to: number }>();
    for (const [to, vector] of vectors.entries()) {
      for (const hit of this.#index?.searchRoughly(vector, k, search) ?? [])
        if (hit.score > (best.get(hit.content)?.score ?? -1)) best.set(hit.content, { ...hit, to });
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.content - b.content);
  }

  /** Stored vectors of the model that is searched; null where there is none. */
  async vectorsOf(contents: readonly ContentId[]): Promise<(Float32Array | null)[]> {
    const index = this.#index;
    return index === null
      ? contents.map(() => null)
      : this.#parts.catalogue.store.vectors(index.model.key, contents);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#index?.close();
  }

  async #search(
    { terms, filter, cutOff: asked, limit, beyond }: SimilarRequest,
    { vector, ofTerms }: QueryVector & { readonly ok: true },
    began: number,
  ): Promise<SimilarResult> {
    const { catalogue, clock, probes } = this.#parts;
    const { table } = catalogue;
    const { capturedAt } = table.columns;
    const matches = queryTest(catalogue, filter ?? defaultQuery);
    const cutOff = asked ?? this.cutOff;
    const named = new Set(terms.map(({ subject }) => (subject.kind === 'photo' ? subject.id : null)));
    const wanted = (id: PhotoId) => !named.has(id) && matches(id);
    const allowed = new Uint32Array((catalogue.counters.content >> 5) + 1);
    const model = this.#index?.model ?? null;
    let searched = 0;
    let waiting = 0;
    for (const id of table.ids()) {
      const content = table.contentOf(id);
      if (content === null || !wanted(id)) continue;
      if (model !== null && !catalogue.hasVector(id, model)) {
        waiting++;
        continue;
      }
      searched++;
      allowRow(allowed, content);
    }
    const found: readonly ContentHit[] =
      vector === null
        ? []
        : ((await this.#index?.search(vector, limit + beyond, { allowed, probes: probes() })) ?? []);
    const ranked: SimilarHit[] = [];
    for (const { content, score } of found) {
      for (const id of table.photosOf(content))
        if (wanted(id)) ranked.push({ id, score, capturedAt: capturedAt[id]! });
    }
    ranked.sort((a, b) => b.score - a.score || a.id - b.id);
    const near = ranked.filter(({ score }) => score >= cutOff).length;
    const isCut = near > limit;
    const hits = ranked.slice(0, isCut ? limit : near + beyond);
    const likeness = terms.length > 1 ? await this.#likeness(hits, ofTerms) : null;
    const milliseconds = clock.now() - began;
    return { kind: 'hits', hits, ofTerms: likeness, cutOff, isCut, searched, waiting, milliseconds };
  }

  /** See `SimilarResult.ofTerms`. */
  async #likeness(
    hits: readonly SimilarHit[],
    ofTerms: readonly (Float32Array | null)[],
  ): Promise<Float32Array<ArrayBuffer>> {
    const { table } = this.#parts.catalogue;
    // A photo may have been deleted for good meanwhile.
    const contents = hits.map(({ id }) => (table.has(id) ? table.contentOf(id) : null));
    const known = [...new Set(contents.filter((content) => content !== null))];
    const vectors = await this.vectorsOf(known);
    const vectorOf = new Map(known.map((content, n) => [content, vectors[n] ?? null]));
    return Float32Array.from({ length: hits.length * ofTerms.length }, (_, at) => {
      const content = contents[Math.floor(at / ofTerms.length)]!;
      const vector = content === null ? null : (vectorOf.get(content) ?? null);
      const term = ofTerms[at % ofTerms.length]!;
      return vector === null || term === null ? Number.NaN : dot(vector, term);
    });
  }

  #indexOf(model: StoredModel): PhotoIndex {
    const { catalogue, clock, builder, crash } = this.#parts;
    const { table, store, feed } = catalogue;
    return new PhotoIndex({
      model,
      store,
      contents: () => contentsWithVectors(catalogue, model),
      has: (content) => table.photosOf(content).some((id) => catalogue.hasVector(id, model)),
      write: (indexes) => catalogue.exclusive(() => catalogue.write({ indexes }, 'relaxed')),
      builder,
      clock,
      changed: () => feed.status(),
      crash,
    });
  }
}
