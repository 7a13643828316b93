import { type WeightedVector, weightedQuery } from '../index/query-vectors.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { normalise } from '../vector/dot.ts';
import type { Catalogue } from './catalogue.ts';
import type { LikeTerm } from './like-term.ts';
import { type ContentId, type Failure, modelKeyText } from './photo.ts';
import type { PhotoIndex } from './photo-index.ts';
import type { EmbedSubject, PicturedSubject } from './query-embeds.ts';

export type QueryVector =
  /** `vector`: a unit vector; null where the terms leave no direction to look in. */
  | {
      readonly ok: true;
      readonly vector: Float32Array | null;
      readonly model: string;
      /** The unit vector of each term; null for those that do not count. */
      readonly ofTerms: readonly (Float32Array | null)[];
    }
  | { readonly ok: false; readonly failure: Failure };

/** So many photos stand for all that carry a tag. */
const photosPerLabel = 64;

/** Makes vectors to search with out of what people point at. */
export class QueryVectors {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /**
   * The direction of the terms among the vectors of the index. Terms of weight 0 are left out, and so are photos that are no
   * longer in the library, as long as others are left.
   */
  async of(terms: readonly LikeTerm[], index: PhotoIndex, embed: EmbedSubject): Promise<QueryVector> {
    const vectors: WeightedVector[] = [];
    const ofTerms: (Float32Array | null)[] = [];
    const count = (vector: Float32Array, weight: number) => {
      vectors.push({ vector, weight });
      ofTerms[ofTerms.length - 1] = vector;
    };
    const own = modelKeyText(index.model.key);
    const models = new Set<string>();
    let gone = 0;
    for (const { subject, weight } of terms) {
      ofTerms.push(null);
      if (weight === 0) continue;
      if (subject.kind === 'label') {
        const vector = await this.#ofLabel(subject.label, index);
        if (vector !== null) count(vector, weight);
        models.add(own);
        continue;
      }
      const stored = await this.#stored(subject, index);
      if (stored !== null) {
        count(stored, weight);
        models.add(own);
        continue;
      }
      if (subject.kind === 'photo' && !this.#catalogue.table.has(subject.id)) {
        gone++;
        continue;
      }
      const made = await embed(subject);
      if (!made.ok) return { ok: false, failure: made.failure };
      count(made.embedding, weight);
      models.add(modelKeyText(made.model));
    }
    if (gone > 0 && models.size === 0) return { ok: false, failure: { code: 'file-missing' } };
    // The model was exchanged in between: vectors of different models are never compared.
    if (models.size > 1) return { ok: false, failure: { code: 'model-unavailable' } };
    const [model = own] = models;
    return { ok: true, vector: vectors.length === 0 ? null : weightedQuery(vectors), model, ofTerms };
  }

  async #stored(subject: PicturedSubject, index: PhotoIndex): Promise<Float32Array | null> {
    const { table } = this.#catalogue;
    if (subject.kind !== 'photo' || subject.region !== null || !table.has(subject.id)) return null;
    const content = table.contentOf(subject.id);
    const isOurs = content !== null && this.#catalogue.hasVector(subject.id, index.model);
    return isOurs ? index.vectorOf(content) : null;
  }

  /** The middle of photos that carry the tag, spread over all of them; null if none does. */
  async #ofLabel(label: LabelNumber, index: PhotoIndex): Promise<Float32Array | null> {
    const { table, tags, store } = this.#catalogue;
    const carries = tags.matcher([label], [], []);
    const { removedAt } = table.columns;
    const contents = new Set<ContentId>();
    for (const id of table.ids()) {
      const content = table.contentOf(id);
      if (
        content !== null &&
        removedAt[id] === 0 &&
        this.#catalogue.hasVector(id, index.model) &&
        carries(id)
      )
        contents.add(content);
    }
    const all = [...contents];
    const step = Math.max(1, all.length / photosPerLabel);
    const chosen = Array.from(
      { length: Math.min(all.length, photosPerLabel) },
      (_, n) => all[Math.floor(n * step)]!,
    );
    const vectors = (await store.vectors(index.model.key, chosen)).filter((vector) => vector !== null);
    const [first] = vectors;
    if (first === undefined) return null;
    const sum = new Float32Array(first.length);
    for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + vector[i]!;
    return normalise(sum);
  }
}
