import type { Catalogue } from './catalogue.ts';
import type { FileHandle } from './file-handle.ts';
import type { FolderAccess } from './file-ports.ts';
import { folderName, freeName, namePaths } from './folder-name.ts';
import { numbersOf, type PickedFolder } from './picked-folder.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredFolder } from './stored-rows.ts';

/** The folders that the person picked, as they are stored: each once, under a name of its own. */
export class RememberedFolders {
  readonly all: PickedFolder[] = [];
  readonly #catalogue: Catalogue;
  readonly #access: FolderAccess;

  constructor(catalogue: Catalogue, access: FolderAccess) {
    this.#catalogue = catalogue;
    this.#access = access;
  }

  async load(): Promise<void> {
    for (const stored of await this.#catalogue.store.allFolders()) {
      const known = await this.#find(stored.handle);
      if (known === null) await this.#put(stored);
      else known.aliases.push(stored.number);
    }
    try {
      for (const folder of this.all) await this.#name(folder);
    } catch (error) {
      // Storage is full: they keep their names until the next start.
      if (!(error instanceof StoreRefused)) throw error;
    }
  }

  /** The remembered folder that is this one or holds it. */
  async holding(handle: FileHandle): Promise<{ folder: PickedFolder; path: string } | null> {
    const same = await this.#find(handle);
    if (same !== null) return { folder: same, path: '' };
    for (const folder of this.all) {
      const path = await this.#access.pathWithin(folder.stored.handle, handle);
      if (path !== null) return { folder, path };
    }
    return null;
  }

  async remember(handle: FileHandle): Promise<PickedFolder> {
    const catalogue = this.#catalogue;
    const stored = await catalogue.exclusive(async () => {
      const number = catalogue.counters.folder;
      const counters = { ...catalogue.counters, folder: number + 1 };
      const folder = { number, handle, ...this.freeName(handle, null) };
      StoreRefused.check(await catalogue.write({ counters, folders: [folder] }, 'strict'));
      return folder;
    });
    return this.#put(stored);
  }

  /** @param at only while the folder is there; null: wherever it is */
  async store(
    folder: PickedFolder,
    change: Partial<StoredFolder>,
    at: FileHandle | null = null,
  ): Promise<void> {
    const catalogue = this.#catalogue;
    await catalogue.exclusive(async () => {
      if (at !== null && folder.stored.handle !== at) return;
      const stored = { ...folder.stored, ...change };
      StoreRefused.check(await catalogue.write({ folders: [stored] }, 'strict'));
      folder.stored = stored;
    });
  }

  /** @throws Error where there is none of that number */
  byNumber(number: number): PickedFolder {
    const folder = this.all.find(({ stored }) => stored.number === number);
    if (folder === undefined) throw new Error(`folder ${number} is none of the ${this.all.length} picked`);
    return folder;
  }

  /** Beside all folders but one; none where its own will do. */
  freeName(handle: FileHandle, except: PickedFolder | null): Pick<StoredFolder, 'name'> {
    const others = this.all.filter((one) => one !== except);
    const name = freeName(
      handle.name,
      others.map(({ stored }) => folderName(stored)),
    );
    return name === undefined ? {} : { name };
  }

  async #find(handle: FileHandle): Promise<PickedFolder | null> {
    for (const folder of this.all)
      if (await this.#access.isSameEntry(folder.stored.handle, handle)) return folder;
    return null;
  }

  async #put(stored: StoredFolder): Promise<PickedFolder> {
    const permission = await this.#access.permission(stored.handle);
    const folder: PickedFolder = { stored, aliases: [], permission, isGone: false, stopObserving: null };
    this.all.push(folder);
    return folder;
  }

  /** Folders of older libraries may have the name of an earlier one; what was cut off here goes on. */
  async #name(folder: PickedFolder): Promise<void> {
    const earlier = this.all.slice(0, this.all.indexOf(folder));
    if (folder.stored.name === undefined) {
      const names = earlier.map(({ stored }) => folderName(stored));
      const name = freeName(folder.stored.handle.name, names);
      if (name === undefined) return;
      await this.store(folder, { name });
    }
    await namePaths(this.#catalogue, numbersOf(folder), folderName(folder.stored));
  }
}
