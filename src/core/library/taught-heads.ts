import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import { type HeadLabel, headLabels } from './head-labels.ts';
import { scoresOfPhoto } from './head-tags.ts';
import { type LabelReading, readingsOf } from './label-readings.ts';
import { type ContentId, type ModelKey, modelKeyText, type PhotoId } from './photo.ts';
import type { LabelScore } from './photo-cell.ts';
import type { StoredModel } from './stored-rows.ts';
import type { StoredHead } from './teaching-ports.ts';

/** The heads of the person's label sets, which of them count now, and what these say of a photo. */
export class TaughtHeads {
  readonly #catalogue: Catalogue;
  readonly #model: () => StoredModel | null;
  readonly #heads = new Map<number, StoredHead>();
  /** Components of the vectors of each model that are known, by `modelKeyText`. */
  readonly #dims = new Map<string, number>();

  constructor(catalogue: Catalogue, model: () => StoredModel | null) {
    this.#catalogue = catalogue;
    this.#model = model;
  }

  get size(): number {
    return this.#heads.size;
  }

  all(): StoredHead[] {
    return [...this.#heads.values()];
  }

  /** Whether it counts or not. */
  get(set: number): StoredHead | undefined {
    return this.#heads.get(set);
  }

  /** In the place of the one that its set had. */
  put(head: StoredHead): void {
    this.#heads.set(head.set, head);
  }

  delete(set: number): void {
    this.#heads.delete(set);
  }

  /** The head of a set, if it is by the model in use. */
  usableHead(set: number): StoredHead | null {
    return this.usable().find((head) => head.set === set) ?? null;
  }

  /** Heads of sets that are there, by the model in use. */
  usable(): StoredHead[] {
    return this.all().filter((head) => this.#catalogue.labelSet(head.set) !== null && this.suits(head));
  }

  /** The labels of its set that a usable head knows. */
  labelsOf({ set, head }: StoredHead): HeadLabel[] {
    return headLabels(this.#catalogue, this.#catalogue.labelSet(set)!, head);
  }

  /** By the model in use, on vectors as long as its are: an imported head may say anything of itself. */
  suits({ model, head }: StoredHead): boolean {
    return this.fits(model) && (this.#dims.get(modelKeyText(model)) ?? head.dims) === head.dims;
  }

  /** Whether a head is by the model in use. */
  fits(model: ModelKey): boolean {
    const current = this.#model();
    return current !== null && modelKeyText(current.key) === modelKeyText(model);
  }

  /** @param length components of the vectors of the model, as one of them was seen */
  noteDims(model: ModelKey, length: number): void {
    this.#dims.set(modelKeyText(model), length);
  }

  /** Components of the vectors of the model in use; null: none is stored. */
  async learnDims(): Promise<number | null> {
    const model = this.#model();
    if (model === null) return null;
    const key = modelKeyText(model.key);
    if (!this.#dims.has(key)) {
      await this.#catalogue.store.eachVectorChunk(model.key, async ({ dim }) => {
        this.#dims.set(key, dim);
        return false;
      });
    }
    return this.#dims.get(key) ?? null;
  }

  /** From which scores on labels of usable heads count; labels without a threshold are left out. */
  thresholds(): Map<LabelNumber, number> {
    const thresholds = new Map<LabelNumber, number>();
    for (const head of this.usable()) {
      for (const { label, threshold } of this.labelsOf(head)) {
        if (threshold !== null) thresholds.set(label, threshold);
      }
    }
    return thresholds;
  }

  /** What the heads say of a photo, each score with the threshold from which on it counts. */
  async labelScores(photo: PhotoId, content: ContentId): Promise<LabelScore[]> {
    const catalogue = this.#catalogue;
    if (this.usable().length === 0) return [];
    const vector = await this.#vector(content);
    if (vector === null) return [];
    return this.usable().flatMap((stored) =>
      scoresOfPhoto(stored.head, this.labelsOf(stored), vector).map((score) => ({
        ...score,
        verdict: catalogue.tags.verdict(photo, score.label),
      })),
    );
  }

  /** What the heads' logits say of a photo, read as a softmax and as sigmoids: per set, or per group of a set. */
  async readings(photo: PhotoId): Promise<LabelReading[]> {
    const catalogue = this.#catalogue;
    const content = catalogue.table.has(photo) ? catalogue.table.contentOf(photo) : null;
    const vector = content === null ? null : await this.#vector(content);
    return vector === null
      ? []
      : this.usable().flatMap(({ set, head }) => readingsOf(catalogue.labelSet(set)!, head, vector));
  }

  /** By the model in use; null: it has none. */
  async #vector(content: ContentId): Promise<Float32Array | null> {
    const model = this.#model();
    if (model === null) return null;
    const [vector] = await this.#catalogue.store.vectors(model.key, [content]);
    if (!vector) return null;
    this.noteDims(model.key, vector.length);
    return vector;
  }
}
