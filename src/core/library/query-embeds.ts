import type { Catalogue } from './catalogue.ts';
import type { LikeSubject } from './like-term.ts';
import type { Embedded, Embedder, EmbedLimits } from './model-ports.ts';
import type { Models } from './models.ts';
import type { Originals } from './originals.ts';
import { type Failure, modelKeyText } from './photo.ts';

/** What is embedded to be searched with: a photo, a picture from outside, or a part of one. */
export type PicturedSubject = Exclude<LikeSubject, { kind: 'label' }>;
type EmbeddedSubject = Embedded | { readonly ok: false; readonly failure: Failure };
export type EmbedSubject = (subject: PicturedSubject) => Promise<EmbeddedSubject>;

export interface QueryEmbedsParts {
  readonly catalogue: Catalogue;
  readonly models: Pick<Models, 'current' | 'searched'>;
  readonly originals: Pick<Originals, 'open'>;
  readonly embedder: Pick<Embedder, 'embed'>;
  readonly limits: () => EmbedLimits;
}

/** So many are remembered, with thumbnails of some 20 kB. */
const remembered = 32;

/**
 * Embeds what people search with, before all that waits. The last few are remembered: asked again with other weights, in
 * another mode or as the library grows, nothing is read and decoded again.
 */
export class QueryEmbeds {
  readonly #parts: QueryEmbedsParts;
  readonly #known = new Map<string, Embedded & { readonly ok: true }>();

  constructor(parts: QueryEmbedsParts) {
    this.#parts = parts;
  }

  async embed(subject: PicturedSubject): Promise<EmbeddedSubject> {
    const { models, originals, embedder, limits } = this.#parts;
    const key = this.#keyOf(subject);
    const known = key === null ? undefined : this.#known.get(key);
    const model = models.current ?? models.searched;
    if (known !== undefined && model !== null && modelKeyText(known.model) === modelKeyText(model.key))
      return known;
    const bytes = subject.kind === 'picture' ? subject.bytes : await originals.open(subject.id);
    if ('code' in bytes) return { ok: false, failure: bytes };
    const { region } = subject;
    const outcome = await embedder.embed(bytes, { ...limits(), ...(region && { region }) }, true);
    if (!outcome.ok || key === null) return outcome;
    this.#known.delete(key);
    this.#known.set(key, outcome);
    if (this.#known.size > remembered) this.#known.delete(this.#known.keys().next().value!);
    return outcome;
  }

  /** Null for bytes without a name. A photo's file may come to hold something else. */
  #keyOf(subject: PicturedSubject): string | null {
    const region = JSON.stringify(subject.region);
    if (subject.kind === 'picture') return subject.key === '' ? null : `${subject.key} ${region}`;
    return `photo ${subject.id} ${this.#parts.catalogue.table.contentOf(subject.id)} ${region}`;
  }
}
