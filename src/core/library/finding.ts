import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { Recommendations } from './for-you.ts';
import { IndexAdmin } from './index-admin.ts';
import type { IndexBuilder } from './index-ports.ts';
import { ItemNames } from './item-names.ts';
import type { JudgedPhotos } from './judged-photos.ts';
import type { LibraryLimits } from './library-parts.ts';
import type { LikeTerm } from './like-term.ts';
import type { MatchParts, MatchQuery } from './match-query.ts';
import { MixedPhotos } from './mixed-photos.ts';
import type { Embedder, EmbedLimits, Pictures } from './model-ports.ts';
import type { Models } from './models.ts';
import type { Originals } from './originals.ts';
import type { PhotoId } from './photo.ts';
import { type PartRows, photoParts } from './photo-parts.ts';
import type { PhotoQuery } from './photo-query.ts';
import type { ResultPlan } from './plan-results.ts';
import { ProductPhotos } from './product-photos.ts';
import { QueryEmbeds } from './query-embeds.ts';
import { SamePictures } from './same-pictures.ts';
import { Signatures } from './signatures.ts';
import { Signer } from './signer.ts';
import { SimilarPhotos } from './similar-photos.ts';
import type { SimilarResult } from './similar-result.ts';

export interface FindingParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly models: Models;
  readonly judged: JudgedPhotos;
  readonly originals: Originals;
  readonly embedder: Embedder;
  readonly pictures: Pictures;
  readonly indexBuilder: IndexBuilder;
  readonly limits: () => LibraryLimits;
  readonly embedLimits: () => EmbedLimits;
  readonly crash: (error: unknown) => void;
}

/** Finding by picture, and what it goes by: the index of vectors, signatures, names of things. */
export class Finding {
  readonly #parts: FindingParts;
  readonly #matchParts: MatchParts;
  readonly #queries: QueryEmbeds;
  readonly index: SimilarPhotos;
  readonly indexAdmin: IndexAdmin;
  readonly signatures: Signatures;
  readonly signer: Signer;
  readonly samePictures: SamePictures;
  readonly productPhotos: ProductPhotos;
  readonly mixedPhotos: MixedPhotos;
  readonly itemNames: ItemNames;
  readonly recommendations: Recommendations;

  constructor(parts: FindingParts) {
    const { catalogue, clock, models, embedder, pictures, limits, embedLimits, crash } = parts;
    this.#parts = parts;
    this.#queries = new QueryEmbeds({ ...parts, limits: embedLimits });
    this.index = new SimilarPhotos({
      catalogue,
      clock,
      builder: parts.indexBuilder,
      probes: () => limits().indexProbes,
      crash,
    });
    this.indexAdmin = new IndexAdmin(catalogue, clock, this.index);
    this.signatures = new Signatures(catalogue.store);
    this.signer = new Signer({ catalogue, signatures: this.signatures, pictures, clock, crash });
    this.itemNames = new ItemNames(catalogue);
    this.#matchParts = {
      catalogue,
      clock,
      similar: this.index,
      signatures: this.signatures,
      pictures,
      model: () => models.searched,
      tagsLoaded: () => models.whenTagsLoaded(),
      embed: (bytes, region) => embedder.embed(bytes, { ...embedLimits(), ...(region && { region }) }, true),
      embedSubject: (subject) => this.#queries.embed(subject),
    };
    this.samePictures = new SamePictures(this.#matchParts);
    this.productPhotos = new ProductPhotos({ ...this.#matchParts, names: this.itemNames });
    this.mixedPhotos = new MixedPhotos(this.#matchParts);
    this.recommendations = new Recommendations(catalogue, () => this.index.index);
  }

  /** Nothing is still to be read of the index, and no signatures are being made of photos that lack them. */
  get isSettled(): boolean {
    return !this.signer.isRunning && this.index.status.loaded;
  }

  /** Similar photos are at hand before anybody asks, and what is imported is followed. */
  async openIndex(): Promise<void> {
    const { models } = this.#parts;
    await models.whenTagsLoaded();
    const { searched } = models;
    if (searched === null) return;
    await this.index.use(searched);
    await this.index.learn();
  }

  committed(plan: Pick<ResultPlan, 'contentRows'> & Partial<ResultPlan>): void {
    this.index.added(plan.contentRows);
    this.signatures.add(plan.signatureRows ?? []);
    // Most are done again with a new model: its vectors are searched from now on.
    const { searched } = this.#parts.models;
    if (this.index.model !== null && this.index.model !== searched?.number)
      this.openIndex().catch(this.#parts.crash);
  }

  async similar(
    query: { readonly terms: readonly LikeTerm[]; readonly filter: PhotoQuery | null },
    limit: number,
    beyond: number,
  ): Promise<SimilarResult> {
    const { limits, judged, models } = this.#parts;
    if (query.filter?.cell) await judged.prepareCell(query.filter.cell);
    // Its words are looked for in the names of things, too.
    if (query.filter !== null) await this.itemNames.load();
    const { embedSubject: embed } = this.#matchParts;
    const request = { ...query, embed, cutOff: limits().similarityCutOff, limit, beyond };
    return this.index.find(request, models.searched, models.current);
  }

  /** See `photoParts`. */
  photoParts(query: MatchQuery, ids: Iterable<number>): Promise<PartRows | null> {
    return photoParts(this.#matchParts, query, [...ids] as PhotoId[]);
  }
}
