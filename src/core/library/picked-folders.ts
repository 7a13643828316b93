import { type Found, pathInFolder } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import type { FolderInfo, FoldersStatus, RescanReport } from './folder-info.ts';
import { rescanFolders, type ScannedFolder } from './folder-rescan.ts';
import type { PhotoId } from './photo.ts';
import { missingFlag } from './photo-table.ts';
import type { SameSource } from './same-source.ts';
import { Serial } from './serial.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredFolder } from './stored-rows.ts';

export interface PickedFoldersParts {
  readonly catalogue: Catalogue;
  readonly access: FolderAccess;
  readonly files: Files;
  readonly same: SameSource;
  readonly clock: Clock;
  /** Takes new files in; answers how many were accepted. */
  readonly take: (found: readonly Found[], folders: ReadonlyMap<FileHandle, number>) => Promise<number>;
  readonly again: (ids: readonly PhotoId[]) => void;
  readonly crash: (error: unknown) => void;
}

/** Where a folder that was picked lies: in a folder that is remembered, or it is one itself. */
export interface PickedPlace {
  readonly number: number;
  /** The folder that is remembered. */
  readonly root: FileHandle;
  /** From the name of `root` on. */
  readonly path: string;
}

/** A folder that the person picked, once, however often it was picked. */
interface Picked {
  stored: StoredFolder;
  /** Other numbers of the same folder, from libraries that did not look for it. */
  readonly aliases: number[];
  permission: 'granted' | 'prompt' | 'denied';
  isGone: boolean;
  stopObserving: (() => void) | null;
}

/** After a change of a folder, more are waited for. */
const calmMilliseconds = 1500;
const noReport: RescanReport = { fresh: 0, moved: 0, changed: 0, missing: 0, back: 0 };

/** The folders that the person picked: remembered, and kept in step with the disk. */
export class PickedFolders {
  readonly #parts: PickedFoldersParts;
  readonly #turns = new Serial();
  #folders: Picked[] = [];
  /** Folders that changed since they were looked through last. */
  readonly #stale = new Set<Picked>();
  #cancelTimer: (() => void) | null = null;
  #scanning: number | null = null;
  #closed = false;

  constructor(parts: PickedFoldersParts) {
    this.#parts = parts;
  }

  get status(): FoldersStatus {
    const waiting = this.#folders.filter(needsPermission).length;
    return { count: this.#folders.length, waiting, scanning: this.#scanning };
  }

  /** Reads what is remembered; says which folders need permission. */
  opened(): Promise<void> {
    return this.#turns.run(async () => {
      const { catalogue } = this.#parts;
      for (const stored of await catalogue.store.allFolders()) {
        const known = await this.#find(stored.handle);
        if (known === null) await this.#put(stored);
        else known.aliases.push(stored.number);
      }
      catalogue.feed.status();
    });
  }

  /** Looks through all followed folders that may be read, now and whenever they change. */
  async followAll(): Promise<void> {
    const readable = this.#folders.filter((one) => isFollowed(one) && one.permission === 'granted');
    for (const folder of readable) await this.#observe(folder);
    if (readable.length > 0) await this.#rescan(readable, true);
  }

  async list(): Promise<FolderInfo[]> {
    const { catalogue } = this.#parts;
    const { flags } = catalogue.table.columns;
    return Promise.all(
      this.#folders.map(async (folder) => {
        const ids = (
          await Promise.all(numbersOf(folder).map((number) => catalogue.store.photosOfFolder(number)))
        ).flat();
        const { number, handle, scannedAt } = folder.stored;
        return {
          number,
          name: handle.name,
          photos: ids.length,
          missing: ids.filter((id) => (flags[id]! & missingFlag) !== 0).length,
          state: folder.permission !== 'granted' ? 'no-permission' : folder.isGone ? 'gone' : 'ready',
          isFollowed: isFollowed(folder),
          scannedAt: scannedAt ?? null,
        } satisfies FolderInfo;
      }),
    );
  }

  /**
   * Remembers folders that were picked just now. Where files may have moved since the last look (some are missing, or the
   * folder was known before), that is found out first, so that they are not taken for new ones.
   *
   * @returns where each of them lies
   */
  async picked(handles: readonly FileHandle[]): Promise<Map<FileHandle, PickedPlace>> {
    const places = new Map<FileHandle, PickedPlace>();
    const folders = new Set<Picked>();
    let wasKnown = false;
    await this.#turns.run(async () => {
      for (const handle of handles) {
        const known = await this.#holding(handle);
        wasKnown ||= known !== null;
        const { folder, path } = known ?? { folder: await this.#remember(handle), path: '' };
        folder.permission = await this.#parts.access.permission(folder.stored.handle);
        const { number, handle: root } = folder.stored;
        places.set(handle, { number, root, path: path === '' ? root.name : `${root.name}/${path}` });
        folders.add(folder);
      }
    });
    for (const folder of folders) {
      if (!isFollowed(folder)) await this.follow(folder.stored.number, true);
      await this.#observe(folder);
    }
    const readable = [...folders].filter(({ permission }) => permission === 'granted');
    if (wasKnown || this.#anyMissing()) await this.#rescan(readable, false);
    this.#parts.catalogue.feed.status();
    return places;
  }

  /** Looks through folders now, new photos are added. Null: all that may be read. */
  rescan(numbers: readonly number[] | null): Promise<RescanReport> {
    const wanted = this.#folders.filter(
      (one) => one.permission === 'granted' && (numbers === null || numbers.includes(one.stored.number)),
    );
    return this.#rescan(wanted, true);
  }

  /** Whether a folder is kept in step by itself. */
  async follow(number: number, isFollowed: boolean): Promise<void> {
    const folder = this.#byNumber(number);
    await this.#store(folder, { isFollowed });
    if (isFollowed) await this.#observe(folder);
    else this.#stopObserving(folder);
    this.#parts.catalogue.feed.status();
  }

  /** A folder is elsewhere: what is the same in there goes on with all that is known of it. */
  async relocate(number: number, handle: FileHandle): Promise<RescanReport> {
    const folder = this.#byNumber(number);
    this.#stopObserving(folder);
    folder.permission = await this.#parts.access.permission(handle);
    await this.#store(folder, { handle, isRelocated: true });
    await this.#observe(folder);
    return this.#rescan([folder], true);
  }

  /** Followed folders that the browser must be allowed to read again. */
  handlesNeedingPermission(): readonly FileHandle[] {
    return this.#folders.filter(needsPermission).map(({ stored }) => stored.handle);
  }

  /** The person may have given permission: what can be read now is looked through. */
  async permissionMayBeThere(): Promise<void> {
    const given: Picked[] = [];
    for (const folder of this.#folders.filter(needsPermission)) {
      folder.permission = await this.#parts.access.permission(folder.stored.handle);
      if (folder.permission === 'granted') given.push(folder);
    }
    for (const folder of given) await this.#observe(folder);
    this.#parts.catalogue.feed.status();
    if (given.length > 0) await this.#rescan(given, true);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    for (const folder of this.#folders) this.#stopObserving(folder);
    await this.#turns.run(async () => {});
  }

  #rescan(folders: readonly Picked[], takesFresh: boolean): Promise<RescanReport> {
    return this.#turns.run(async () => {
      if (folders.length === 0 || this.#closed) return noReport;
      const { catalogue, clock } = this.#parts;
      for (const folder of folders) this.#stale.delete(folder);
      const tell = (files: number | null) => {
        this.#scanning = files;
        catalogue.feed.status();
      };
      tell(0);
      try {
        const scanned = await Promise.all(folders.map((folder) => this.#scanned(folder)));
        const parts = { ...this.#parts, progress: tell, isStopped: () => this.#closed };
        const outcome = await rescanFolders(parts, scanned, takesFresh);
        if (outcome === null) return noReport;
        for (const [i, folder] of folders.entries()) {
          const { handle } = scanned[i]!;
          // It is elsewhere meanwhile: nothing is known of that place.
          if (folder.stored.handle !== handle) continue;
          const failure = outcome.failures.get(folder.stored.number);
          folder.isGone = failure !== undefined && failure.code !== 'no-permission';
          if (failure?.code === 'no-permission') folder.permission = 'prompt';
          if (failure === undefined && takesFresh)
            await this.#store(folder, { scannedAt: clock.now(), isRelocated: false }, handle);
        }
        return outcome.report;
      } finally {
        tell(null);
      }
    });
  }

  async #scanned(folder: Picked): Promise<ScannedFolder> {
    const { handle, isRelocated } = folder.stored;
    const inner: string[] = [];
    for (const other of this.#folders) {
      const path = other === folder ? null : await this.#parts.access.pathWithin(handle, other.stored.handle);
      if (path !== null && path !== '') inner.push(path);
    }
    return { numbers: numbersOf(folder), handle, isRelocated: isRelocated ?? false, inner };
  }

  async #observe(folder: Picked): Promise<void> {
    if (folder.stopObserving !== null || folder.permission !== 'granted' || this.#closed) return;
    folder.stopObserving = () => {};
    const stop = await this.#parts.access.observe(folder.stored.handle, () => this.#changed(folder));
    if (folder.stopObserving === null || this.#closed) stop();
    else folder.stopObserving = stop;
  }

  #stopObserving(folder: Picked): void {
    folder.stopObserving?.();
    folder.stopObserving = null;
  }

  /** Folders that change together are looked through together: a file may go from one to the other. */
  #changed(folder: Picked): void {
    this.#stale.add(folder);
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.clock.after(calmMilliseconds, () => {
      this.#rescan([...this.#stale], true).catch(this.#parts.crash);
    });
  }

  async #find(handle: FileHandle): Promise<Picked | null> {
    for (const folder of this.#folders)
      if (await this.#parts.access.isSameEntry(folder.stored.handle, handle)) return folder;
    return null;
  }

  /** The remembered folder that is this one or holds it. */
  async #holding(handle: FileHandle): Promise<{ folder: Picked; path: string } | null> {
    const same = await this.#find(handle);
    if (same !== null) return { folder: same, path: '' };
    for (const folder of this.#folders) {
      const path = await this.#parts.access.pathWithin(folder.stored.handle, handle);
      if (path !== null) return { folder, path };
    }
    return null;
  }

  async #remember(handle: FileHandle): Promise<Picked> {
    const { catalogue } = this.#parts;
    const stored = await catalogue.exclusive(async () => {
      const number = catalogue.counters.folder;
      const counters = { ...catalogue.counters, folder: number + 1 };
      StoreRefused.check(await catalogue.write({ counters, folders: [{ number, handle }] }, 'strict'));
      return { number, handle };
    });
    return this.#put(stored);
  }

  async #put(stored: StoredFolder): Promise<Picked> {
    const permission = await this.#parts.access.permission(stored.handle);
    const folder: Picked = { stored, aliases: [], permission, isGone: false, stopObserving: null };
    this.#folders.push(folder);
    return folder;
  }

  /** @param at only while the folder is there; null: wherever it is */
  async #store(folder: Picked, change: Partial<StoredFolder>, at: FileHandle | null = null): Promise<void> {
    const { catalogue } = this.#parts;
    await catalogue.exclusive(async () => {
      if (at !== null && folder.stored.handle !== at) return;
      const stored = { ...folder.stored, ...change };
      StoreRefused.check(await catalogue.write({ folders: [stored] }, 'strict'));
      folder.stored = stored;
    });
  }

  #byNumber(number: number): Picked {
    const folder = this.#folders.find(({ stored }) => stored.number === number);
    if (folder === undefined)
      throw new Error(`folder ${number} is none of the ${this.#folders.length} picked`);
    return folder;
  }

  #anyMissing(): boolean {
    const { end, columns } = this.#parts.catalogue.table;
    for (let id = 1; id < end; id++) if ((columns.flags[id]! & missingFlag) !== 0) return true;
    return false;
  }
}

function numbersOf({ stored, aliases }: Picked): number[] {
  return [stored.number, ...aliases];
}

function isFollowed({ stored }: Picked): boolean {
  return stored.isFollowed ?? true;
}

function needsPermission(folder: Picked): boolean {
  return isFollowed(folder) && folder.permission !== 'granted';
}

/** Files as they lie in the remembered folders, not in the folders within these that were picked. */
export async function* foundInPlace(
  found: AsyncIterable<Found>,
  places: ReadonlyMap<FileHandle, PickedPlace>,
): AsyncGenerator<Found> {
  for await (const one of found) {
    const candidate = 'candidate' in one ? one.candidate : null;
    const root = candidate?.root ?? null;
    const place = root === null ? undefined : places.get(root);
    if (candidate === null || candidate.path === null || place === undefined) {
      yield one;
      continue;
    }
    const path = `${place.path}/${pathInFolder(candidate.path)}`;
    yield { candidate: { ...candidate, path, root: place.root } };
  }
}
