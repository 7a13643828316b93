import type { Clock } from './clock.ts';
import type { ContentId, ModelKey } from './photo.ts';
import { modelKeyText } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';

/** So few are read one by one; for more, all chunks are walked. */
const fewContents = 32;

/**
 * Score rows of the photos that are judged, read once and kept: figures are asked for again after every correction.
 * Contents never change their scores under one model.
 */
export class ScoreCache {
  readonly #store: PhotoStore;
  readonly #clock: Clock;
  #model = '';
  #width = 0;
  readonly #rows = new Map<ContentId, number>();
  /** [capacity][width] */
  #bytes = new Uint8Array(0);

  constructor(store: PhotoStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Reads what is still missing of these contents. @param width labels of the model */
  async prepare(model: ModelKey, width: number, contents: Iterable<ContentId>): Promise<void> {
    const text = modelKeyText(model);
    if (text !== this.#model || width !== this.#width) {
      this.#model = text;
      this.#width = width;
      this.#rows.clear();
    }
    const missing = new Set<ContentId>();
    for (const content of contents) if (!this.#rows.has(content)) missing.add(content);
    if (missing.size === 0) return;
    if (missing.size <= fewContents) {
      for (const content of missing) {
        const scores = await this.#store.scores(model, content);
        if (text !== this.#model) return;
        if (scores !== null) this.#put(content, scores);
      }
      return;
    }
    await this.#store.eachScoreChunk(model, async ({ firstContent, rows, scores }) => {
      if (text !== this.#model) return false;
      for (let row = 0; row < rows; row++) {
        const content = (firstContent + row) as ContentId;
        if (missing.has(content)) this.#put(content, scores.subarray(row * width, (row + 1) * width));
      }
      await this.#clock.breathe();
      return true;
    });
  }

  /** [labels] of a prepared content, in the model's order; null where the store has none. A view: not to be kept. */
  scores(content: ContentId): Uint8Array | null {
    const row = this.#rows.get(content);
    return row === undefined ? null : this.#bytes.subarray(row * this.#width, (row + 1) * this.#width);
  }

  #put(content: ContentId, scores: Uint8Array): void {
    const row = this.#rows.get(content) ?? this.#rows.size;
    if ((row + 1) * this.#width > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(256 * this.#width, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#rows.set(content, row);
    this.#bytes.set(scores.subarray(0, this.#width), row * this.#width);
  }
}
