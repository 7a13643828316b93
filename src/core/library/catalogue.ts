import type { LabelNumber } from '../tagging/label.ts';
import { LabelProfiles } from '../tagging/label-profile.ts';
import { LabelRegistry } from '../tagging/label-registry.ts';
import { coversLabel, type LabelSet, rivalsOf } from '../tagging/label-set.ts';
import { PhotoTags } from '../tagging/photo-tags.ts';
import { ScoreTagger } from '../tagging/score-tags.ts';
import type { ChangeFeed } from './change-feed.ts';
import { fileTagChunks } from './file-tags.ts';
import { forgottenByRows } from './forgotten-files.ts';
import { FoundCells } from './found-cells.ts';
import { type ContentId, type ModelKey, modelKeyText, type PhotoId } from './photo.ts';
import { chunkOf } from './photo-columns.ts';
import { PhotoMarks } from './photo-marks.ts';
import type { Durability, LibraryChanges, PhotoStore, WriteResult } from './photo-store.ts';
import { type PhotoRow, PhotoTable } from './photo-table.ts';
import { SearchText } from './query-photos.ts';
import { Serial } from './serial.ts';
import { PhotoOrders } from './sorted-photos.ts';
import {
  type Counters,
  type FileTagChunk,
  type ForgottenFile,
  firstNumbers,
  type StoredModel,
} from './stored-rows.ts';

export interface PhotoText {
  readonly name: string;
  readonly path: string | null;
}

/** What can say of a photo that it does not have a label. */
interface Exclusions {
  readonly set: number;
  /** Labels that a photo cannot have beside it. */
  readonly labels: readonly LabelNumber[];
  /** See [Note: Fully labelled]. */
  readonly since: number;
}

/** What is to be written: rows and names by photo (null: deleted), the rest as it is stored. */
export interface CatalogueChanges extends Omit<LibraryChanges, 'columns' | 'names' | 'fileTags'> {
  readonly photoRows?: ReadonlyMap<PhotoId, PhotoRow | null>;
  readonly photoTexts?: ReadonlyMap<PhotoId, PhotoText | null>;
  readonly fileTags?: ReadonlyMap<PhotoId, readonly LabelNumber[]>;
}

/**
 * [Note: Store first]
 * What the library knows of all photos, in memory. It changes only after the store has taken the change, and writers
 * take turns (`exclusive`), so memory never shows what is not stored, and a chunk is never written from a stale copy.
 */
export class Catalogue {
  readonly store: PhotoStore;
  readonly feed: ChangeFeed;
  readonly table = new PhotoTable();
  readonly orders = new PhotoOrders(this.table);
  readonly searchText = new SearchText(this.table);
  readonly cells = new FoundCells();
  readonly now: () => number;
  readonly tags: PhotoTags;
  /** By content; there as soon as the tags are. */
  readonly profiles = new LabelProfiles();
  readonly labels = new LabelRegistry();
  readonly marks = new PhotoMarks();
  /** How often each photo was given another file in this session. */
  readonly placements = new Map<PhotoId, number>();
  /** Deleted photos whose rows are still stored, with their contents; null: there can be none. See [Note: Left rows]. */
  leftRows: Map<PhotoId, ContentId | null> | null = null;
  /** Files of folders whose photos were deleted so, and that are not to come in again. */
  leftForgotten: ForgottenFile[] = [];
  readonly #sets = new Map<number, LabelSet>();
  #exclusions = new Map<LabelNumber, Exclusions>();
  #models: StoredModel[] = [];
  readonly #taggers = new Map<number, ScoreTagger>();
  #counters = firstNumbers;
  readonly #writers = new Serial();
  #lost: () => void;

  /** @param lost called when another tab turns out to own the library */
  constructor(store: PhotoStore, feed: ChangeFeed, lost: () => void, now: () => number) {
    this.now = now;
    this.tags = new PhotoTags(now);
    this.store = store;
    this.feed = feed;
    this.#lost = lost;
    this.tags.settledBy((photo, label) => this.#isSettled(photo as PhotoId, label));
  }

  /** The person's label sets, in order of making. */
  get labelSets(): readonly LabelSet[] {
    return [...this.#sets.values()].sort((a, b) => a.id - b.id);
  }

  labelSet(id: number): LabelSet | null {
    return this.#sets.get(id) ?? null;
  }

  get counters(): Counters {
    return this.#counters;
  }

  get models(): readonly StoredModel[] {
    return this.#models;
  }

  modelByNumber(number: number): StoredModel | null {
    return this.#models.find((model) => model.number === number) ?? null;
  }

  modelByKey(key: ModelKey): StoredModel | null {
    const text = modelKeyText(key);
    return this.#models.find((model) => modelKeyText(model.key) === text) ?? null;
  }

  /**
   * [Note: One model after another]
   * When the built-in model changes, photos are done again in the background. Until that is over the vectors of the model
   * before are still stored, so that searches among them find everything. Whether a model's vector of a photo is stored:
   */
  hasVector(id: PhotoId, model: StoredModel): boolean {
    const made = this.table.columns.model[id]!;
    if (made === model.number) return made !== 0;
    const content = this.table.contentOf(id);
    const maker = made === 0 ? null : this.modelByNumber(made);
    return content !== null && maker?.takesOver === model.number && content < (maker.firstContent ?? 0);
  }

  tagger(model: StoredModel): ScoreTagger {
    let tagger = this.#taggers.get(model.number);
    if (tagger === undefined) {
      tagger = new ScoreTagger(model.labels, model.thresholds);
      this.#taggers.set(model.number, tagger);
    }
    return tagger;
  }

  async load(): Promise<void> {
    const stored = await this.store.load();
    this.#counters = stored.counters;
    this.table.load(stored.columns, stored.names);
    this.table.end = Math.max(1, stored.counters.photo);
    const left = stored.rowsWhole ? null : await this.store.withoutRecords([...this.table.ids()]);
    this.leftRows = left && new Map(left.map((id) => [id, this.table.contentOf(id)]));
    if (left !== null && left.length > 0)
      this.leftForgotten = forgottenByRows(this.table, left, await this.store.allFolders());
    for (const id of left ?? []) this.table.delete(id);
    this.labels.load(stored.labels);
    this.#models = [...stored.models];
    this.#applySets(stored.labelSets, []);
    this.marks.load(stored.labelMarks);
    this.#loadFileTags(stored.fileTags);
    for (const { triples, times } of stored.verdicts) {
      for (let i = 0; i + 2 < triples.length; i += 3) {
        if (!this.table.has(triples[i]!)) continue;
        const label = triples[i + 1]! as Parameters<PhotoTags['setVerdict']>[1];
        const verdict = triples[i + 2] === 1 ? 'accepted' : 'rejected';
        this.tags.setVerdict(triples[i]!, label, verdict, times?.[i / 3] ?? 0);
      }
    }
  }

  /** Runs a job that reads, decides and writes, while no other one does. */
  exclusive<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#writers.run(job);
  }

  /** One transaction; only inside of `exclusive`. Memory follows when it is written. */
  async write(changes: CatalogueChanges, durability: Durability): Promise<WriteResult> {
    const { photoRows, photoTexts, fileTags, ...rest } = changes;
    const columns =
      photoRows && [...chunksOf(photoRows)].map((chunk) => this.table.encodeColumns(chunk, photoRows));
    const names =
      photoTexts && [...chunksOf(photoTexts)].map((chunk) => this.table.encodeNames(chunk, photoTexts));
    const result = await this.store.write(
      {
        ...rest,
        ...(columns && { columns }),
        ...(names && { names }),
        ...(fileTags?.size && { fileTags: fileTagChunks(this, fileTags) }),
      },
      durability,
    );
    if (result === 'lost') this.#lost();
    if (result !== 'written') return result;
    if (rest.counters) this.#counters = rest.counters;
    if (rest.models || rest.deletedModels) this.#applyModels(rest.models ?? [], rest.deletedModels ?? []);
    if (rest.labels) {
      this.labels.load(rest.labels);
      this.feed.labels();
    }
    this.#applySets(rest.labelSets ?? [], rest.deletedLabelSets ?? []);
    this.#applyPhotos(photoRows ?? new Map(), photoTexts ?? new Map());
    for (const [id, labels] of fileTags ?? []) this.tags.setFileTags(id, labels);
    return result;
  }

  /** Where there is no room to write rows, photos are deleted without: see [Note: Left rows]. Only inside of `exclusive`. */
  async deleteLeavingRows(
    ids: readonly PhotoId[],
    deleted: Pick<LibraryChanges, 'deletedContents' | 'deletedBlobs' | 'deletedThumbnails'>,
    forgotten: readonly ForgottenFile[],
  ): Promise<WriteResult> {
    const result = await this.store.write({ ...deleted, deletedRecordsOnly: ids }, 'strict');
    if (result === 'lost') this.#lost();
    if (result !== 'written') return result;
    this.leftRows ??= new Map();
    for (const id of ids) this.leftRows.set(id, this.table.contentOf(id));
    this.leftForgotten.push(...forgotten);
    const none = new Map(ids.map((id) => [id, null]));
    this.#applyPhotos(none, none);
    return result;
  }

  #loadFileTags(chunks: readonly FileTagChunk[]): void {
    const byPhoto = new Map<number, LabelNumber[]>();
    for (const { pairs } of chunks) {
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        const labels = byPhoto.get(pairs[i]!) ?? [];
        labels.push(pairs[i + 1] as LabelNumber);
        byPhoto.set(pairs[i]!, labels);
      }
    }
    for (const [photo, labels] of byPhoto) if (this.table.has(photo)) this.tags.setFileTags(photo, labels);
  }

  #applySets(changed: readonly LabelSet[], deleted: readonly number[]): void {
    if (changed.length + deleted.length === 0) return;
    for (const set of changed) this.#sets.set(set.id, set);
    for (const id of deleted) this.#sets.delete(id);
    this.#exclusions = new Map();
    for (const set of this.#sets.values()) {
      for (const { number, since = 0 } of set.labels) {
        this.#exclusions.set(number, { set: set.id, labels: rivalsOf(set, number), since });
      }
    }
  }

  /** Null: the label is of no set. */
  exclusions(label: LabelNumber): Exclusions | null {
    return this.#exclusions.get(label) ?? null;
  }

  /** The person has said of the photo what excludes the label, or all that there is to say in its set. */
  #isSettled(photo: PhotoId, label: LabelNumber): boolean {
    const known = this.#exclusions.get(label);
    if (known === undefined) return true; // of a set that is gone
    if (coversLabel(this.marks.get(known.set, photo), known.since)) return true;
    return known.labels.some((rival) => this.tags.verdict(photo, rival) === 'accepted');
  }

  #applyModels(changed: readonly StoredModel[], deleted: readonly StoredModel[]): void {
    const gone = new Set([...changed, ...deleted].map(({ number }) => number));
    this.#models = [...this.#models.filter(({ number }) => !gone.has(number)), ...changed];
    this.#taggers.clear();
  }

  #applyPhotos(
    rows: ReadonlyMap<PhotoId, PhotoRow | null>,
    texts: ReadonlyMap<PhotoId, PhotoText | null>,
  ): void {
    for (const [id, row] of rows) {
      const text = texts.get(id);
      if (row === null) {
        this.table.delete(id);
        this.tags.delete(id);
      } else if (text) {
        this.table.add(id, row, text.name, text.path);
      } else {
        this.table.set(id, row);
      }
      this.orders.changed(id);
      if (texts.has(id)) this.searchText.changed(id);
    }
    if (rows.size > 0) this.feed.photos(rows.keys());
  }
}

function chunksOf(changes: ReadonlyMap<PhotoId, unknown>): Set<number> {
  return new Set([...changes.keys()].map(chunkOf));
}
