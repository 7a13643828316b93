import { sampleIndices, seededRandom } from '../index/random.ts';
import {
  type ChanceSimilarity,
  learnedCutOff,
  leastPictures,
  measureChance,
  readChance,
} from '../search/chance-similarity.ts';
import type { Clock } from './clock.ts';
import { type ContentId, type ModelKey, modelKeyText } from './photo.ts';
import type { PhotoStore } from './photo-store.ts';

/** Pictures that are compared with one another: 80,000 pairs. */
const sampled = 400;
/** Vectors are read in steps, between which others run. */
const perStep = 50;
/** When so much of the library is new, it is measured again. */
const newShare = 0.25;

/** How alike photos must be to count as similar, as the library's own photos teach it; one model's. */
export class LearnedCutOff {
  readonly #model: ModelKey;
  readonly #store: Pick<PhotoStore, 'vectors' | 'remember' | 'remembered'>;
  readonly #clock: Clock;
  #chance: ChanceSimilarity | null = null;
  #running = false;

  constructor(model: ModelKey, store: Pick<PhotoStore, 'vectors' | 'remember' | 'remembered'>, clock: Clock) {
    this.#model = model;
    this.#store = store;
    this.#clock = clock;
  }

  /** A cosine; null as long as it is not known, and in small libraries. */
  value(pictures: number): number | null {
    return this.#chance === null ? null : learnedCutOff(this.#chance, pictures);
  }

  /** Whether `learn` would change anything. */
  isDue(pictures: number): boolean {
    if (this.#running || pictures < leastPictures) return false;
    const before = this.#chance?.pictures ?? 0;
    return Math.abs(pictures - before) > newShare * before;
  }

  /** Takes what is stored, or compares a sample of the pictures; the same one each time. */
  async learn(contents: readonly ContentId[]): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const key = `chance ${modelKeyText(this.#model)}`;
      this.#chance ??= readChance(await this.#store.remembered(key));
      const before = this.#chance?.pictures ?? 0;
      const { length } = contents;
      if (length < leastPictures || Math.abs(length - before) <= newShare * before) return;
      const chosen = Array.from(sampleIndices(seededRandom(1), length, sampled), (n) => contents[n]!);
      const vectors: Float32Array[] = [];
      for (let from = 0; from < chosen.length; from += perStep) {
        const read = await this.#store.vectors(this.#model, chosen.slice(from, from + perStep));
        for (const vector of read) if (vector !== null) vectors.push(vector);
        await this.#clock.breathe();
      }
      if (vectors.length < leastPictures) return;
      this.#chance = measureChance(vectors, length);
      await this.#store.remember(key, this.#chance);
    } finally {
      this.#running = false;
    }
  }
}
