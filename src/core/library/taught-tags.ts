import { isBlank, readUnitVector, recordBytes } from '../index/stored-vectors.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { GivenTags } from './given-tags.ts';
import { outputLabels, standIns } from './head-labels.ts';
import { eachScored } from './head-tags.ts';
import { vectorsOf } from './lesson.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { StoredModel } from './stored-rows.ts';
import type { StoredHead } from './teaching-ports.ts';

/** Vectors scored at once: some milliseconds of work. */
const piece = 1024;
/** Photos that get their tags between two breaths. */
const photosAtOnce = 8192;
/** So many contents are read by themselves; for more, all stored vectors are walked, which is faster then. */
const shareToWalk = 1 / 8;
/** What was scored is stored so soon after. */
const storeAfter = 2000;

/**
 * Which labels taught heads give to each content: computed once, stored in chunks, and given to the photos. All of it can be
 * made again from the heads and the vectors; what is missing when the library opens is.
 */
export class TaughtTags {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #crash: (error: unknown) => void;
  /** By set. */
  readonly #given = new Map<number, GivenTags>();
  #timer: (() => void) | null = null;
  #closed = false;

  constructor(catalogue: Catalogue, clock: Clock, crash: (error: unknown) => void) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#crash = crash;
  }

  /** Reads what is stored of a head. */
  async load(set: number): Promise<void> {
    const given = new GivenTags();
    for (const chunk of await this.#catalogue.store.taughtTags(set)) given.load(chunk);
    this.#given.set(set, given);
  }

  /** The set has another head, or none any more. */
  forget(set: number): void {
    this.#given.set(set, new GivenTags());
  }

  /** Nothing is stored from here on. */
  close(): void {
    this.#closed = true;
    this.#timer?.();
    this.#timer = null;
  }

  /** Whether the set's head has scored a content and gives it no label. */
  givesNothing(set: number, content: ContentId): boolean {
    const given = this.#of(set);
    return given.has(content) && given.get(content).length === 0;
  }

  /** Photos of the model that some of the heads have not scored. */
  missing(heads: readonly StoredHead[], model: StoredModel): Set<ContentId> {
    const { table } = this.#catalogue;
    const missing = new Set<ContentId>();
    for (const id of table.ids()) {
      const content = table.columns.model[id] === model.number ? table.contentOf(id) : null;
      if (content !== null && !heads.every(({ set }) => this.#of(set).has(content))) missing.add(content);
    }
    return missing;
  }

  /** New results: scored at once, given to photos of these contents. @param rows of one model, that of the heads */
  add(
    heads: readonly StoredHead[],
    rows: readonly { readonly content: ContentId; readonly embedding: Float32Array }[],
    photos: Iterable<PhotoId>,
  ): void {
    const { table, tags } = this.#catalogue;
    for (const { content, embedding } of rows) this.#score(heads, [content], embedding);
    const contents = new Set(rows.map(({ content }) => content));
    const labelsOf = this.#giver(heads);
    for (const id of photos) {
      const content = table.has(id) ? table.contentOf(id) : null;
      if (content !== null && contents.has(content)) tags.setTaughtTags(id, labelsOf(content));
    }
    this.#storeSoon();
  }

  /**
   * Gives every photo what is known of it; those of another model, or of no head, get nothing.
   *
   * @param wanted false: stop
   */
  async giveAll(
    heads: readonly StoredHead[],
    model: StoredModel | null,
    wanted: () => boolean,
  ): Promise<void> {
    const { table, tags } = this.#catalogue;
    const labelsOf = this.#giver(heads);
    let given = 0;
    for (const id of table.ids()) {
      const content = table.columns.model[id] === model?.number ? table.contentOf(id) : null;
      tags.setTaughtTags(id, content === null ? [] : labelsOf(content));
      if (++given % photosAtOnce !== 0) continue;
      await this.#clock.breathe();
      if (!wanted()) return;
    }
  }

  /**
   * Scores the contents that some of the heads have not, from their stored vectors, piece by piece, letting others run in
   * between; their photos get their tags at once.
   *
   * @param wanted false: stop; what was scored stays
   * @param progress 0..1
   * @returns whether it came to the end
   */
  async scoreMissing(
    heads: readonly StoredHead[],
    model: StoredModel,
    wanted: () => boolean,
    progress: (done: number) => void,
  ): Promise<boolean> {
    const { counters } = this.#catalogue;
    const missing = this.missing(heads, model);
    if (missing.size === 0) return wanted();
    let done = 0;
    const take = async (contents: readonly ContentId[], embeddings: Float32Array) => {
      // While vectors were read a set may have got another head.
      if (!wanted()) return;
      this.#score(heads, contents, embeddings);
      this.#give(heads, model, contents);
      this.#storeSoon();
      done += contents.length;
      progress(Math.min(1, done / missing.size));
      await this.#clock.breathe();
    };
    try {
      if (missing.size < counters.content * shareToWalk) await this.#readSome(missing, model, take, wanted);
      else await this.#walkAll(missing, model, take, wanted);
    } catch (error) {
      // The vectors are closed, too.
      if (this.#closed) return false;
      throw error;
    }
    await this.#store();
    return wanted();
  }

  async #readSome(
    missing: ReadonlySet<ContentId>,
    model: StoredModel,
    take: (contents: readonly ContentId[], embeddings: Float32Array) => Promise<void>,
    wanted: () => boolean,
  ): Promise<void> {
    const all = [...missing].sort((a, b) => a - b);
    for (let from = 0; from < all.length && wanted(); from += piece) {
      const vectors = await vectorsOf(this.#catalogue, model, all.slice(from, from + piece));
      const contents = [...vectors.keys()];
      const dims = vectors.values().next().value?.length ?? 0;
      const embeddings = new Float32Array(contents.length * dims);
      contents.forEach((content, row) => {
        embeddings.set(vectors.get(content)!, row * dims);
      });
      if (contents.length > 0) await take(contents, embeddings);
    }
  }

  async #walkAll(
    missing: ReadonlySet<ContentId>,
    model: StoredModel,
    take: (contents: readonly ContentId[], embeddings: Float32Array) => Promise<void>,
    wanted: () => boolean,
  ): Promise<void> {
    let contents: ContentId[] = [];
    let embeddings = new Float32Array(0);
    const flush = async () => {
      if (contents.length > 0)
        await take(contents, embeddings.subarray(0, (contents.length * embeddings.length) / piece));
      contents = [];
    };
    await this.#catalogue.store.eachVectorChunk(model.key, async ({ firstContent, rows, dim, records }) => {
      if (embeddings.length !== dim * piece) embeddings = new Float32Array(dim * piece);
      const size = recordBytes(dim);
      for (let row = 0; row < rows; row++) {
        const content = (firstContent + row) as ContentId;
        if (!missing.has(content) || isBlank(records, row * size)) continue;
        readUnitVector(records, row * size, dim, embeddings, contents.length * dim);
        contents.push(content);
        if (contents.length === piece) await flush();
      }
      return wanted();
    });
    if (wanted()) await flush();
  }

  #of(set: number): GivenTags {
    let given = this.#given.get(set);
    if (given === undefined) {
      given = new GivenTags();
      this.#given.set(set, given);
    }
    return given;
  }

  /** Answers which labels the heads give to a content: see [Note: Merged labels]. */
  #giver(heads: readonly StoredHead[]): (content: ContentId) => LabelNumber[] {
    const own = heads.flatMap(({ set: id, head }) => {
      const set = this.#catalogue.labelSet(id);
      if (set === null) return [];
      const numbers = outputLabels(head);
      const into = standIns(this.#catalogue, set, numbers);
      // Most sets are as they were taught.
      const isSame = numbers.every((number) => into.get(number) === number);
      return [{ given: this.#of(id), into: isSame ? null : into }];
    });
    return (content) =>
      own.flatMap(({ given, into }) => {
        const labels = given.get(content);
        return into === null ? labels : [...new Set(labels.flatMap((label) => into.get(label) ?? []))];
      });
  }

  /** @param embeddings [contents][dims], row-major */
  #score(heads: readonly StoredHead[], contents: readonly ContentId[], embeddings: Float32Array): void {
    for (const { set, head } of heads) {
      const given = this.#of(set);
      if (contents.every((content) => given.has(content))) continue;
      const labels = outputLabels(head);
      eachScored(head, embeddings, (row, _, outputs) => {
        given.set(
          contents[row]!,
          outputs.map((output) => labels[output]!),
        );
      });
    }
  }

  #give(heads: readonly StoredHead[], model: StoredModel, contents: readonly ContentId[]): void {
    const { table, tags } = this.#catalogue;
    const labelsOf = this.#giver(heads);
    for (const content of contents) {
      const labels = labelsOf(content);
      for (const id of table.photosOf(content)) {
        if (table.columns.model[id] === model.number) tags.setTaughtTags(id, labels);
      }
    }
  }

  #storeSoon(): void {
    if (this.#closed) return;
    this.#timer ??= this.#clock.after(storeAfter, () => {
      this.#store().catch(this.#crash);
    });
  }

  /** Should it not be stored, it is made again at the next start. */
  async #store(): Promise<void> {
    this.#timer?.();
    this.#timer = null;
    await this.#catalogue.exclusive(async () => {
      if (this.#closed) return;
      const taughtTags = [...this.#given].flatMap(([set, given]) => given.takeChanged(set));
      if (taughtTags.length > 0) await this.#catalogue.write({ taughtTags }, 'relaxed');
    });
  }
}
