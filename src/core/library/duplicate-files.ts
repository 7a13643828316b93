import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { DuplicateRun, FileJournal, JournaledFile } from './duplicate-run.ts';
import type { FileHandle } from './file-handle.ts';
import { type FilePlace, FileRemoval, type FolderFiles, removedFolderName } from './file-removal.ts';
import type { Told } from './file-work.ts';
import { isStillThere, type KeptFiles, type WholeFile, wholeFileOf } from './kept-file.ts';
import type { PhotoId } from './photo.ts';
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
  /** Not deleted, as the photo that stays is in the library's own storage only. */
  readonly onlyHere: number;
  /** Not looked at any more, as the person stopped it. */
  readonly stopped: number;
}

export const nothingCleared: FilesResult = { moved: 0, deleted: 0, left: 0, onlyHere: 0, stopped: 0 };

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

  /** Work on files, while no other tab has any: two would take each other's copies for left-overs. */
  alone<Result>(job: () => Promise<Result>): Promise<Result> {
    return this.#files.alone(job);
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
   * What is to become of the files of removed photos; null: of none.
   *
   * @param number of the run
   * @param items see `look`
   */
  journalOf(number: number, items: readonly JournaledFile[], mode: FileJournal['mode']): FileJournal | null {
    const target = removedFolderName(this.#clock.now());
    if (items.length === 0) return null;
    // What is deleted lies in a folder of its own until the photo that stays is seen to be there still.
    return { mode, target: mode === 'move' ? target : `${target} (${number})`, state: 'working', items };
  }

  /**
   * Moves or deletes the files of a run whose journal says so. A file goes only while that of the photo that stays is
   * whole and another one.
   *
   * @param write stores a run
   */
  async clear(
    run: DuplicateRun & { readonly files: FileJournal },
    write: (run: DuplicateRun) => Promise<void>,
    told: Told,
  ): Promise<FilesResult> {
    const { files } = run;
    const { mode, items } = files;
    const { removal, folders } = await this.#removalOf(files);
    if (mode === 'move') {
      for (const [number, handle] of folders) {
        const inside = items.filter(({ folder }) => folder === number);
        await removal.writeManifest(handle, run.number, inside).catch(() => folders.delete(number));
      }
    }
    const keptFor = new Map(run.removed.map((one) => [one.photo, one.keptFor]));
    const done: JournaledFile[] = [];
    let onlyHere = 0;
    let stopped = 0;
    for (const item of items) {
      if (!told(done.length, items.length)) {
        stopped++;
        done.push(item);
        continue;
      }
      // Without a manifest in it a folder is left alone.
      const kept = folders.has(item.folder)
        ? await wholeFileOf(
            this.#catalogue,
            this.#kept,
            item.photo,
            keptFor.get(item.photo)!,
            item.keptSha256,
          )
        : null;
      // What the browser may forget is no reason to delete a file.
      const isOnlyHere = mode === 'delete' && kept?.kind === 'bytes';
      if (isOnlyHere) onlyHere++;
      const mayGo = kept !== null && !isOnlyHere;
      done.push({ ...item, place: mayGo ? await this.#clearOne(removal, item, mode, kept) : 'original' });
      await this.#clock.breathe();
    }
    if (mode === 'delete') for (const folder of folders.values()) await removal.clearFolder(folder, items);
    // Access was taken away meanwhile: what became of some cannot be told yet.
    const state = (await this.#outOfReach(done)).length === 0 ? 'done' : 'working';
    await write({ ...run, files: { ...files, state, items: done } });
    return resultOf(done, mode, onlyHere, stopped);
  }

  async #clearOne(
    removal: FileRemoval,
    item: JournaledFile,
    mode: FileJournal['mode'],
    kept: WholeFile,
  ): Promise<FilePlace> {
    const place = await removal.moveAside(item);
    if (place !== 'aside') return place;
    if (await isStillThere(this.#kept, kept)) return mode === 'move' ? place : removal.deleteAside(item);
    // It was the file of the photo that stays: put back at once, or, if its place is taken already, left where it is.
    const { place: back } = await removal.putBack(item);
    return back === 'blocked' ? removal.settle(item) : back;
  }

  /**
   * Puts moved files back. One that is still `aside` afterwards can be tried again; one that is `gone` is in neither place.
   *
   * @returns the journal afterwards, and the records of photos whose file has a new handle
   */
  async putBack(
    run: DuplicateRun,
    write: (run: DuplicateRun) => Promise<void>,
    told: Told,
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
        if (!(await this.#files.isThere(stored.handle))) found.set(folder, stored.handle);
      } catch {
        found.set(folder, stored.handle);
      }
    }
    return [...found.values()];
  }

  /** The files of photos that are to go, as far as they lie in picked folders, as they are now; null: it was stopped. */
  async look(removed: DuplicateRun['removed'], told: Told): Promise<JournaledFile[] | null> {
    const { store, table } = this.#catalogue;
    const records = await this.#records(removed.map(({ photo }) => photo));
    const kept = new Map(
      (await this.#records(removed.map(({ keptFor }) => keptFor))).map(({ id, sha256 }) => [id, sha256]),
    );
    const keptFor = new Map(removed.map((one) => [one.photo, kept.get(one.keptFor) ?? undefined]));
    const numbers = records.flatMap(({ source }) => (source.kind === 'handle' ? (source.folder ?? []) : []));
    const folders = new Map(
      (await store.folders([...new Set(numbers)])).map((one) => [one.number, one.handle]),
    );
    const items: JournaledFile[] = [];
    for (const [n, { id, source, sha256 }] of records.entries()) {
      if (!told(n, records.length)) return null;
      if (source.kind !== 'handle' || source.folder === null || sha256 === null) continue;
      const folder = folders.get(source.folder);
      const path =
        folder === undefined ? null : await this.#files.locate(folder, source.handle).catch(() => null);
      if (path === null) continue;
      // As it is now: it may have been touched since it was looked at.
      const file = await this.#files.read(folder!, path).catch(() => null);
      const modifiedAt = file?.lastModified ?? table.columns.modifiedAt[id]!;
      const keptSha256 = keptFor.get(id);
      items.push({
        photo: id,
        folder: source.folder,
        path,
        sha256,
        modifiedAt,
        place: 'original',
        ...(keptSha256 !== undefined && { keptSha256 }),
      });
    }
    return told(records.length, records.length) ? items : null;
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

function resultOf(
  items: readonly JournaledFile[],
  mode: FileJournal['mode'],
  onlyHere: number,
  stopped: number,
): FilesResult {
  const at = (place: FilePlace) => items.filter((item) => item.place === place).length;
  const moved = at('aside');
  const deleted = mode === 'delete' ? at('gone') : 0;
  const left = items.length - moved - deleted - onlyHere - stopped;
  return { moved, deleted, left, onlyHere, stopped };
}

/** Once stored, memory may follow. @throws StoreRefused */
export async function writeRun(catalogue: Catalogue, run: DuplicateRun): Promise<void> {
  StoreRefused.check(await catalogue.exclusive(() => catalogue.write({ duplicateRuns: [run] }, 'strict')));
}
