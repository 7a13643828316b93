import type { Found } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files, FolderAccess } from './file-ports.ts';
import type { FolderInfo, FoldersStatus, RescanReport } from './folder-info.ts';
import { folderName } from './folder-name.ts';
import { rescanFolders, type ScannedFolder } from './folder-rescan.ts';
import { FolderWatch } from './folder-watch.ts';
import type { PickedPlace } from './found-in-place.ts';
import { canBeRead } from './out-of-reach.ts';
import type { PhotoId } from './photo.ts';
import { missingFlag } from './photo-table.ts';
import { isFollowed, needsPermission, numbersOf, type PickedFolder } from './picked-folder.ts';
import { RememberedFolders } from './remembered-folders.ts';
import type { SameSource } from './same-source.ts';
import { Serial } from './serial.ts';

export interface PickedFoldersParts {
  readonly catalogue: Catalogue;
  readonly access: FolderAccess;
  readonly files: Files;
  readonly same: SameSource;
  readonly clock: Clock;
  /** See `RescanParts`. */
  readonly away: () => Promise<ReadonlySet<PhotoId>>;
  /** Takes new files in; answers how many were accepted. */
  readonly take: (found: readonly Found[], folders: ReadonlyMap<FileHandle, number>) => Promise<number>;
  readonly again: (ids: readonly PhotoId[]) => void;
  readonly crash: (error: unknown) => void;
}

const noReport: RescanReport = { fresh: 0, moved: 0, changed: 0, missing: 0, back: 0 };

/** The folders that the person picked: remembered, and kept in step with the disk. */
export class PickedFolders {
  readonly #parts: PickedFoldersParts;
  readonly #turns = new Serial();
  readonly #remembered: RememberedFolders;
  readonly #watch: FolderWatch;
  #scanning: number | null = null;
  #closed = false;

  constructor(parts: PickedFoldersParts) {
    this.#parts = parts;
    this.#remembered = new RememberedFolders(parts.catalogue, parts.access);
    this.#watch = new FolderWatch(parts, (folders) => this.#rescan(folders, true));
  }

  get #folders(): readonly PickedFolder[] {
    return this.#remembered.all;
  }

  get status(): FoldersStatus {
    const waiting = this.#folders.filter(needsPermission).length;
    return { count: this.#folders.length, waiting, scanning: this.#scanning };
  }

  /** Reads what is remembered; says which folders need permission. */
  opened(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#remembered.load();
      this.#parts.catalogue.feed.status();
    });
  }

  /** Looks through all followed folders that may be read, now and whenever they change. */
  async followAll(): Promise<void> {
    const readable = this.#folders.filter((one) => isFollowed(one) && one.permission === 'granted');
    for (const folder of readable) await this.#watch.observe(folder);
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
        const { number, scannedAt } = folder.stored;
        return {
          number,
          name: folderName(folder.stored),
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
   * Remembers folders that were picked just now. Where files may have moved since the last look (some are missing, a folder
   * is gone, as one that was renamed, or was known before), that is found out first, so that they are not taken for new ones.
   *
   * @returns where each of them lies
   */
  async picked(handles: readonly FileHandle[]): Promise<Map<FileHandle, PickedPlace>> {
    const places = new Map<FileHandle, PickedPlace>();
    const folders = new Set<PickedFolder>();
    let wasKnown = false;
    await this.#turns.run(async () => {
      for (const handle of handles) {
        const known = await this.#remembered.holding(handle);
        wasKnown ||= known !== null;
        const { folder, path } = known ?? { folder: await this.#remembered.remember(handle), path: '' };
        folder.permission = await this.#parts.access.permission(folder.stored.handle);
        const { number, handle: root } = folder.stored;
        const name = folderName(folder.stored);
        places.set(handle, { number, root, path: path === '' ? name : `${name}/${path}` });
        folders.add(folder);
      }
    });
    for (const folder of folders) {
      if (!isFollowed(folder)) await this.follow(folder.stored.number, true);
      await this.#watch.observe(folder);
    }
    const readable = [...folders].filter(({ permission }) => permission === 'granted');
    const gone = await this.#goneBeside(folders);
    if (wasKnown || gone.length > 0 || this.#anyMissing()) await this.#rescan([...readable, ...gone], false);
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
    const folder = this.#remembered.byNumber(number);
    await this.#remembered.store(folder, { isFollowed });
    if (isFollowed) await this.#watch.observe(folder);
    else this.#watch.stop(folder);
    this.#parts.catalogue.feed.status();
  }

  /** A folder is elsewhere: what is the same in there goes on with all that is known of it. */
  async relocate(number: number, handle: FileHandle): Promise<RescanReport> {
    const folder = this.#remembered.byNumber(number);
    this.#watch.stop(folder);
    folder.permission = await this.#parts.access.permission(handle);
    const { name = handle.name } = this.#remembered.freeName(handle, folder);
    await this.#remembered.store(folder, { handle, isRelocated: true, name });
    await this.#watch.observe(folder);
    return this.#rescan([folder], true);
  }

  /** Followed folders that the browser must be allowed to read again. */
  handlesNeedingPermission(): readonly FileHandle[] {
    return this.#folders.filter(needsPermission).map(({ stored }) => stored.handle);
  }

  /** The person may have given permission: what can be read now is looked through. */
  async permissionMayBeThere(): Promise<void> {
    const given: PickedFolder[] = [];
    for (const folder of this.#folders.filter(needsPermission)) {
      folder.permission = await this.#parts.access.permission(folder.stored.handle);
      if (folder.permission === 'granted') given.push(folder);
    }
    for (const folder of given) await this.#watch.observe(folder);
    this.#parts.catalogue.feed.status();
    if (given.length > 0) await this.#rescan(given, true);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close(this.#folders);
    await this.#turns.run(async () => {});
  }

  #rescan(folders: readonly PickedFolder[], takesFresh: boolean): Promise<RescanReport> {
    return this.#turns.run(async () => {
      if (folders.length === 0 || this.#closed) return noReport;
      const { catalogue, clock } = this.#parts;
      this.#watch.lookedAt(folders);
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
            await this.#remembered.store(folder, { scannedAt: clock.now(), isRelocated: false }, handle);
        }
        return outcome.report;
      } finally {
        tell(null);
      }
    });
  }

  async #scanned(folder: PickedFolder): Promise<ScannedFolder> {
    const { handle, isRelocated } = folder.stored;
    const inner: string[] = [];
    for (const other of this.#folders) {
      const path = other === folder ? null : await this.#parts.access.pathWithin(handle, other.stored.handle);
      if (path !== null && path !== '') inner.push(path);
    }
    const name = folderName(folder.stored);
    return { numbers: numbersOf(folder), name, handle, isRelocated: isRelocated ?? false, inner };
  }

  /** Those that cannot be looked into now, beside the ones that were picked. */
  async #goneBeside(picked: ReadonlySet<PickedFolder>): Promise<PickedFolder[]> {
    const others = this.#folders.filter((one) => !picked.has(one) && one.permission === 'granted');
    const { access } = this.#parts;
    const areThere = await Promise.all(others.map(({ stored }) => canBeRead(access, stored.handle)));
    return others.filter((_, i) => !areThere[i]);
  }

  #anyMissing(): boolean {
    const { end, columns } = this.#parts.catalogue.table;
    for (let id = 1; id < end; id++) if ((columns.flags[id]! & missingFlag) !== 0) return true;
    return false;
  }
}
