import { signatureVersion } from '../../core/image/signature.ts';
import type { FileBytes } from '../../core/library/file-handle.ts';
import type { IndexSlot, StoredIndex } from '../../core/library/index-ports.ts';
import type { KeptAnswers, StoredVersion } from '../../core/library/kept-versions.ts';
import type { StoredPairs } from '../../core/library/pair-ports.ts';
import { type ContentId, type ModelKey, modelKeyText, type PhotoId } from '../../core/library/photo.ts';
import type {
  Durability,
  LibraryChanges,
  PhotoStore,
  StoredDuplicates,
  StoredLibrary,
  WriteResult,
} from '../../core/library/photo-store.ts';
import { StoreRefused } from '../../core/library/store-refused.ts';
import type {
  ContentRecord,
  ForgottenFile,
  PhotoRecord,
  ScoreChunk,
  SignatureChunk,
  StoredFolder,
  StoredItemName,
  StoredSearch,
  StoredThumbnail,
  VectorChunk,
} from '../../core/library/stored-rows.ts';
import type { StoredHead, TaughtChunk } from '../../core/library/teaching-ports.ts';
import { defaultSettings, type Settings, type SpaceKind } from '../../protocol/library.ts';
import { scoresIn, vectorIn } from './content-rows.ts';
import { readIndex } from './index-records.ts';
import { loadLibrary } from './load-library.ts';
import { freeBytes, isQuotaError, keepReserve, mayUseReserve, withRoom } from './reserve.ts';
import { type Database, scoreRows, signatureRows, vectorRows } from './schema.ts';
import { spaceUsed } from './space-used.ts';
import { chunksOf, eachChunk, rowsOf } from './stored-chunks.ts';
import { failureOf, onlyDeletes, writeChanges } from './write-changes.ts';

/**
 * The library in IndexedDB. Every write checks inside of its transaction that this tab still owns the library
 * (the owner's text in `meta`), so a tab that lost it can write nothing, whenever it learns of that.
 */
export class IdbPhotoStore implements PhotoStore {
  readonly #database: Database;
  readonly #owner: string;
  /** Its owner's text is stored: not yet where storage was too full for it. */
  #isOwned: boolean;
  #closed = false;

  private constructor(database: Database, owner: string, isOwned: boolean) {
    this.#database = database;
    this.#owner = owner;
    this.#isOwned = isOwned;
  }

  /** Takes the library for the owner of that name: from now on others' writes are refused. */
  static async own(database: Database, owner: string): Promise<IdbPhotoStore> {
    const isOwned = await withRoom(database, () => database.put('meta', owner, 'owner')).then(
      () => true,
      async (error: unknown) => {
        if (!isQuotaError(error)) throw error;
        // Deleting is never refused: the owner before can write no more. The first write that fits in names the new one.
        await database.delete('meta', 'owner');
        return false;
      },
    );
    return new IdbPhotoStore(database, owner, isOwned);
  }

  /** See [Note: Reserve]. */
  async keepReserve(free = freeBytes): Promise<void> {
    if (!this.#closed) await keepReserve(this.#database, free);
  }

  close(): void {
    this.#closed = true;
    this.#database.close();
  }

  load(): Promise<StoredLibrary> {
    return loadLibrary(this.#database);
  }

  itemNames(): Promise<StoredItemName[]> {
    return this.#database.getAll('itemNames');
  }

  searches(): Promise<StoredSearch[]> {
    return this.#database.getAll('searches');
  }

  versions(): Promise<StoredVersion[]> {
    return this.#database.getAll('versions');
  }

  async versionAnswers(number: number): Promise<KeptAnswers | null> {
    return (await this.#database.get('versionAnswers', number)) ?? null;
  }

  async records(ids: readonly PhotoId[]): Promise<(PhotoRecord | null)[]> {
    const store = this.#database.transaction('photoRecords').store;
    return Promise.all(ids.map(async (id) => (await store.get(id)) ?? null));
  }

  async withoutRecords(ids: readonly PhotoId[]): Promise<PhotoId[]> {
    if (ids.length === 0) return [];
    const there = new Set(await this.#database.getAllKeys('photoRecords'));
    return ids.filter((id) => !there.has(id));
  }

  async contents(sha256: readonly string[]): Promise<(ContentRecord | null)[]> {
    const store = this.#database.transaction('contents').store;
    return Promise.all(sha256.map(async (hash) => (await store.get(hash)) ?? null));
  }

  async contentStarting(digits: string): Promise<ContentRecord | null> {
    // No digit comes after f.
    return (await this.#database.get('contents', IDBKeyRange.bound(digits, `${digits}g`))) ?? null;
  }

  async blob(key: number): Promise<FileBytes | null> {
    return (await this.#database.get('blobs', key)) ?? null;
  }

  async folders(numbers: readonly number[]): Promise<StoredFolder[]> {
    const store = this.#database.transaction('folders').store;
    const found = await Promise.all(numbers.map((number) => store.get(number)));
    return found.filter((folder) => folder !== undefined);
  }

  allFolders(): Promise<StoredFolder[]> {
    return this.#database.getAll('folders');
  }

  photosOfFolder(folder: number): Promise<PhotoId[]> {
    return this.#database.getAllKeysFromIndex('photoRecords', 'folder', folder);
  }

  forgottenFiles(folder: number): Promise<ForgottenFile[]> {
    // An empty list comes after all texts.
    return this.#database.getAll('forgottenFiles', IDBKeyRange.bound([folder], [folder, []]));
  }

  async thumbnails(contents: readonly ContentId[]): Promise<(StoredThumbnail | null)[]> {
    const store = this.#database.transaction('thumbnails').store;
    return Promise.all(contents.map(async (content) => (await store.get(content)) ?? null));
  }

  async scores(model: ModelKey, content: ContentId): Promise<Uint8Array<ArrayBuffer> | null> {
    const [scores = null] = await this.scoreRows(model, [content]);
    return scores;
  }

  scoreRows(model: ModelKey, contents: readonly ContentId[]): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
    return rowsOf(this.#database, 'scores', modelKeyText(model), contents, scoreRows, scoresIn);
  }

  vectors(model: ModelKey, contents: readonly ContentId[]): Promise<(Float32Array<ArrayBuffer> | null)[]> {
    return rowsOf(this.#database, 'vectors', modelKeyText(model), contents, vectorRows, vectorIn);
  }

  eachScoreChunk(model: ModelKey, visit: (chunk: ScoreChunk) => Promise<boolean>): Promise<void> {
    const ofModel = (from: number) => chunksOf(modelKeyText(model), from);
    return eachChunk(this.#database, 'scores', ofModel, ({ chunk, rows, scores }) =>
      visit({ firstContent: (chunk * scoreRows) as ContentId, rows, scores }),
    );
  }

  eachVectorChunk(model: ModelKey, visit: (chunk: VectorChunk) => Promise<boolean>): Promise<void> {
    const ofModel = (from: number) => chunksOf(modelKeyText(model), from);
    return eachChunk(this.#database, 'vectors', ofModel, ({ chunk, rows, dim, records }) =>
      visit({ firstContent: (chunk * vectorRows) as ContentId, rows, dim, records }),
    );
  }

  eachSignatureChunk(visit: (chunk: SignatureChunk) => Promise<boolean>): Promise<void> {
    const all = (from: number) => IDBKeyRange.lowerBound(from);
    return eachChunk(this.#database, 'signatures', all, async ({ chunk, version, rows, records }) =>
      version === signatureVersion
        ? visit({ firstContent: (chunk * signatureRows) as ContentId, rows, records })
        : true,
    );
  }

  heads(): Promise<StoredHead[]> {
    return this.#database.getAll('heads');
  }

  taughtTags(set: number): Promise<TaughtChunk[]> {
    return this.#database.getAll('taughtTags', chunksOf(set));
  }

  index(model: ModelKey, slot: IndexSlot): Promise<StoredIndex | null> {
    return readIndex(this.#database, model, slot);
  }

  duplicatePairs(): Promise<StoredPairs[]> {
    return this.#database.getAll('duplicatePairs');
  }

  async duplicates(): Promise<StoredDuplicates> {
    const transaction = this.#database.transaction(['duplicateDecisions', 'duplicateRuns'], 'readonly');
    const [decisions, runs] = await Promise.all([
      transaction.objectStore('duplicateDecisions').getAll(),
      transaction.objectStore('duplicateRuns').getAll(),
      transaction.done,
    ]);
    return { decisions, runs };
  }

  async lastDuplicate(): Promise<number> {
    const transaction = this.#database.transaction(['duplicateDecisions', 'duplicateRuns'], 'readonly');
    const [decision, run] = await Promise.all([
      transaction.objectStore('duplicateDecisions').openKeyCursor(null, 'prev'),
      transaction.objectStore('duplicateRuns').openKeyCursor(null, 'prev'),
    ]);
    return Math.max(decision?.primaryKey ?? 0, run?.primaryKey ?? 0);
  }

  async write(changes: LibraryChanges, durability: Durability): Promise<WriteResult> {
    if (this.#closed) return 'lost';
    const write = async () => {
      const owner = { text: this.#owner, isNew: !this.#isOwned };
      const result = await writeChanges(this.#database, changes, durability, owner);
      if (result === 'written' && !onlyDeletes(changes)) this.#isOwned = true;
      return result;
    };
    try {
      return await (mayUseReserve(changes) ? withRoom(this.#database, write) : write());
    } catch (error) {
      const failure = failureOf(error, changes);
      if (failure !== null) return failure;
      // The browser or another tab closed the connection under our hands.
      if (this.#closed || (error instanceof DOMException && error.name === 'InvalidStateError'))
        return 'lost';
      throw error;
    }
  }

  spaceUsed(): Promise<ReadonlyMap<SpaceKind, number>> {
    return spaceUsed(this.#database);
  }

  /** Small plain values beside the library. */
  remembered(key: string): Promise<unknown> {
    return this.#database.get('meta', key);
  }

  /** Where there is room for it. */
  async remember(key: string, value: unknown): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#putPlain(key, value);
    } catch (error) {
      if (!isQuotaError(error) && !(error instanceof StoreRefused)) throw error;
    }
  }

  async forget(key: string): Promise<void> {
    if (!this.#closed) await this.#database.delete('meta', key);
  }

  async settings(): Promise<Settings> {
    const stored = (await this.#database.get('meta', 'settings')) as Partial<Settings> | undefined;
    return { ...defaultSettings, ...stored };
  }

  /** @throws StoreRefused when storage is full, or another tab owns the library */
  async saveSettings(settings: Settings): Promise<void> {
    try {
      await withRoom(this.#database, () => this.#putPlain('settings', settings));
    } catch (error) {
      throw isQuotaError(error) ? new StoreRefused('storage-full') : error;
    }
  }

  async #putPlain(key: string, value: unknown): Promise<void> {
    const transaction = this.#database.transaction('meta', 'readwrite');
    const owner = await transaction.store.get('owner');
    if (owner !== this.#owner && (this.#isOwned || owner !== undefined)) throw new StoreRefused('lost');
    await Promise.all([transaction.store.put(value, key), transaction.done]);
  }
}
