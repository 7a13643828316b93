import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { DuplicateRun, FileJournal, JournaledFile } from './duplicate-run.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import { type FilePlace, FileRemoval, type FolderFiles, removedFolderName } from './file-removal.ts';
import type { PhotoId } from './photo.ts';
import { absentFlag, missingFlag } from './photo-table.ts';
import { StoreRefused } from './store-refused.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** Records read at once. */
const recordsPerRead = 512;

/** What became of the files of one application. */
export interface FilesResult {
  readonly moved: number;
  readonly deleted: number;
  /** Left where they are: changed since they were compared, in use, or out of reach. */
  readonly left: number;
}

/** Looks at the file of a photo that stays. */
export type KeptFiles = Pick<Files, 'open' | 'isSameEntry' | 'sha256'>;

/** The files of removed photos, where they lie in picked folders. See [Note: Moved files]. */
export class DuplicateFiles {
  readonly #catalogue: Catalogue;
  readonly #clock: Clock;
  readonly #files: FolderFiles;
  readonly #kept: KeptFiles;

  constructor(catalogue: Catalogue, clock: Clock, files: FolderFiles, kept: KeptFiles) {
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#files = files;
    this.#kept = kept;
  }

  /** Picked folders that hold files of these photos, and how many of them lie in one. */
  async foldersOf(photos: Iterable<PhotoId>): Promise<{ folders: FileHandle[]; files: number }> {
    const numbers = new Set<number>();
    let files = 0;
    for (const { source } of await this.#records(photos)) {
      if (source.kind !== 'handle' || source.folder === null) continue;
      numbers.add(source.folder);
      files++;
    }
    const folders = await this.#catalogue.store.folders([...numbers]);
    return { folders: folders.map(({ handle }) => handle), files };
  }

  /**
   * Moves or deletes the files of a run. The journal says what is meant before the first is touched, and what became of
   * them after the last. A file goes only while that of the photo that stays is whole and another one.
   *
   * @param write stores a run
   * @param told is told how many files are through, of how many
   */
  async clear(
    run: DuplicateRun,
    mode: FileJournal['mode'],
    write: (run: DuplicateRun) => Promise<void>,
    told: (done: number, total: number) => void,
  ): Promise<FilesResult> {
    const items = await this.#itemsOf(run);
    const target = removedFolderName(this.#clock.now());
    const files: FileJournal = { mode, target, state: 'working', items };
    if (items.length === 0) return { moved: 0, deleted: 0, left: 0 };
    await write({ ...run, files });
    const { removal, folders } = await this.#removalOf(files);
    if (mode === 'move') {
      for (const [number, handle] of folders) {
        const inside = items.filter(({ folder }) => folder === number);
        await removal.writeManifest(handle, run.number, inside).catch(() => folders.delete(number));
      }
    }
    const keptFor = new Map(run.removed.map((one) => [one.photo, one.keptFor]));
    const done: JournaledFile[] = [];
    for (const item of items) {
      told(done.length, items.length);
      // Without a manifest in it a folder is left alone.
      const mayGo = folders.has(item.folder) && (await this.#mayGo(item.photo, keptFor.get(item.photo)!));
      const place = mayGo
        ? await (mode === 'move' ? removal.moveAside(item) : removal.delete(item))
        : 'original';
      done.push({ ...item, place });
      await this.#clock.breathe();
    }
    // Access was taken away meanwhile: what became of some cannot be told yet.
    const state = (await this.#outOfReach(done)).length === 0 ? 'done' : 'working';
    await write({ ...run, files: { ...files, state, items: done } });
    return resultOf(done, mode);
  }

  /**
   * Puts moved files back. One that is still `aside` afterwards can be tried again; one that is `gone` is in neither place.
   *
   * @returns the journal afterwards, and the records of photos whose file has a new handle
   */
  async putBack(
    run: DuplicateRun,
    write: (run: DuplicateRun) => Promise<void>,
    told: (done: number, total: number) => void,
  ): Promise<{ files: FileJournal; records: PhotoRecord[] }> {
    const files = run.files!;
    await write({ ...run, files: { ...files, state: 'returning' } });
    const { removal } = await this.#removalOf(files);
    const handles = new Map<PhotoId, FileHandle>();
    const items: JournaledFile[] = [];
    for (const item of files.items) {
      told(items.length, files.items.length);
      if (item.place !== 'aside') {
        items.push(item);
        continue;
      }
      const { place, handle } = await removal.putBack(item);
      items.push({ ...item, place: place === 'blocked' ? 'aside' : place });
      if (handle !== null) handles.set(item.photo, handle);
      await this.#clock.breathe();
    }
    const records = (await this.#records(handles.keys())).map((record): PhotoRecord => {
      const { source } = record;
      if (source.kind !== 'handle') return record;
      return { ...record, source: { ...source, handle: handles.get(record.id)! } };
    });
    return { files: { ...files, state: 'done', items }, records };
  }

  /** Picked folders that hold files of journals. */
  async foldersWith(journals: readonly FileJournal[]): Promise<FileHandle[]> {
    const numbers = new Set(journals.flatMap(({ items }) => items.map(({ folder }) => folder)));
    return (await this.#catalogue.store.folders([...numbers])).map(({ handle }) => handle);
  }

  /** After an interruption: each file is in the old or the new state, unless there is no access to some folders yet. */
  async settle(files: FileJournal): Promise<FileJournal | { readonly outOfReach: readonly FileHandle[] }> {
    const { removal } = await this.#removalOf(files);
    const items: JournaledFile[] = [];
    for (const item of files.items) {
      const place: FilePlace = await removal.settle(item);
      items.push({ ...item, place });
    }
    const outOfReach = await this.#outOfReach(items);
    return outOfReach.length === 0 ? { ...files, state: 'done', items } : { outOfReach };
  }

  /** Folders to which the browser gives no access, of files about which nothing could be told. */
  async #outOfReach(items: readonly JournaledFile[]): Promise<FileHandle[]> {
    const found = new Map<number, FileHandle>();
    for (const { folder, path, place } of items) {
      if (place !== 'blocked' || found.has(folder)) continue;
      const [stored] = await this.#catalogue.store.folders([folder]);
      if (stored === undefined) continue;
      try {
        await this.#files.read(stored.handle, path);
      } catch {
        found.set(folder, stored.handle);
      }
    }
    return [...found.values()];
  }

  async #itemsOf({ removed }: DuplicateRun): Promise<JournaledFile[]> {
    const { store, table } = this.#catalogue;
    const records = await this.#records(removed.map(({ photo }) => photo));
    const numbers = records.flatMap(({ source }) => (source.kind === 'handle' ? (source.folder ?? []) : []));
    const folders = new Map(
      (await store.folders([...new Set(numbers)])).map((one) => [one.number, one.handle]),
    );
    const items: JournaledFile[] = [];
    for (const { id, source, sha256 } of records) {
      if (source.kind !== 'handle' || source.folder === null || sha256 === null) continue;
      const folder = folders.get(source.folder);
      const path =
        folder === undefined ? null : await this.#files.locate(folder, source.handle).catch(() => null);
      if (path === null) continue;
      const modifiedAt = table.columns.modifiedAt[id]!;
      items.push({ photo: id, folder: source.folder, path, sha256, modifiedAt, place: 'original' });
    }
    return items;
  }

  /** Looked at right before: time has passed since the photos were compared, and two records may share one file. */
  async #mayGo(removed: PhotoId, kept: PhotoId): Promise<boolean> {
    const { store, table } = this.#catalogue;
    const { flags, removedAt } = table.columns;
    if (!table.has(removed) || removedAt[removed] === 0) return false;
    if (!table.has(kept) || removedAt[kept] !== 0) return false;
    if ((flags[kept]! & (missingFlag | absentFlag)) !== 0) return false;
    const [own, other] = await store.records([removed, kept]);
    if (own?.source.kind !== 'handle' || other == null || other.sha256 === null) return false;
    const { source } = other;
    if (source.kind === 'absent') return false;
    if (source.kind === 'stored') return (await store.blob(source.blob)) !== null;
    if (await this.#kept.isSameEntry(own.source.handle, source.handle)) return false;
    const opened = await this.#kept.open(source.handle);
    return opened.ok && (await this.#kept.sha256(opened.bytes)) === other.sha256;
  }

  async #removalOf({ items, target }: FileJournal) {
    const numbers = [...new Set(items.map(({ folder }) => folder))];
    const stored = await this.#catalogue.store.folders(numbers);
    const folders = new Map(stored.map(({ number, handle }) => [number, handle]));
    return {
      folders,
      removal: new FileRemoval(this.#files, ({ folder }) => folders.get(folder) ?? null, target),
    };
  }

  async #records(photos: Iterable<PhotoId>): Promise<PhotoRecord[]> {
    const { store, table } = this.#catalogue;
    const ids = [...photos].filter((id) => table.has(id));
    const found: PhotoRecord[] = [];
    for (let start = 0; start < ids.length; start += recordsPerRead) {
      for (const record of await store.records(ids.slice(start, start + recordsPerRead))) {
        if (record !== null) found.push(record);
      }
    }
    return found;
  }
}

function resultOf(items: readonly JournaledFile[], mode: FileJournal['mode']): FilesResult {
  const at = (place: FilePlace) => items.filter((item) => item.place === place).length;
  const moved = at('aside');
  const deleted = mode === 'delete' ? at('gone') : 0;
  return { moved, deleted, left: items.length - moved - deleted };
}

/** Once stored, memory may follow. @throws StoreRefused */
export async function writeRun(catalogue: Catalogue, run: DuplicateRun): Promise<void> {
  StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ duplicateRuns: [run] }, 'strict')));
}
