import type { FileBytes, FileHandle } from './file-handle.ts';

/** Files of picked folders, to be moved and written. A path: names from the folder to the file. */
export interface FolderFiles {
  /** Null: the file is not below the folder. */
  locate(folder: FileHandle, file: FileHandle): Promise<readonly string[] | null>;
  /** Null: there is none. Throws where the browser gives no access. */
  read(folder: FileHandle, path: readonly string[]): Promise<FolderFile | null>;
  /** False: the folder itself is not there, as on a disk that is not plugged in. */
  isThere(folder: FileHandle): Promise<boolean>;
  /** Makes the folders on the way. */
  write(folder: FileHandle, path: readonly string[], bytes: FileBytes): Promise<FileHandle>;
  /** A folder goes only if it is empty. */
  remove(folder: FileHandle, path: readonly string[]): Promise<void>;
  /** 64 hex digits. */
  sha256(bytes: FileBytes): Promise<string | null>;
  text(content: string): FileBytes;
  /** Does the job while no other tab does one. */
  alone<Result>(job: () => Promise<Result>): Promise<Result>;
}

/** A `File` is one. */
export interface FolderFile extends FileBytes {
  /** Instant, milliseconds since 1970. */
  readonly lastModified: number;
}

export interface FileItem {
  /** Number of the picked folder. */
  readonly folder: number;
  /** Names from the folder to the file. */
  readonly path: readonly string[];
  readonly sha256: string;
  /** Instant, milliseconds since 1970: copying loses it. */
  readonly modifiedAt: number;
}

/**
 * `original`: the file is where it was (the old state). `aside`: it is in the folder of removed ones, and only there (the
 * new state). `gone`: neither. `blocked`: it cannot be told: another file is in its place, or there is no access.
 */
export type FilePlace = 'original' | 'aside' | 'gone' | 'blocked';

/** Name of the folder for what is removed on that day (local time). */
export function removedFolderName(at: number): string {
  const day = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return `${removedFolderPrefix}${day}`;
}

/** Such folders are not looked through for photos. */
export const removedFolderPrefix = 'Picsift removed ';

/**
 * [Note: Moved files]
 * A file is moved by copying, comparing the copy's SHA-256, and only then removing the original, so at every moment one
 * whole file is there. A file that is not what was compared is never touched. After an interruption `settle` looks at
 * both places: where both are there the original counts and the copy goes; so every file is in the old or the new state.
 */
export class FileRemoval {
  readonly #files: FolderFiles;
  readonly #folderOf: (item: FileItem) => FileHandle | null;
  /** Name of the folder of removed ones. */
  readonly #target: string;

  constructor(files: FolderFiles, folderOf: (item: FileItem) => FileHandle | null, target: string) {
    this.#files = files;
    this.#folderOf = folderOf;
    this.#target = target;
  }

  /** Old or new state, or why neither; whatever goes wrong with one file leaves it where it is. */
  async moveAside(item: FileItem): Promise<FilePlace> {
    const folder = this.#folderOf(item);
    if (folder === null) return 'blocked';
    try {
      const original = await this.#files.read(folder, item.path);
      if (original === null) return await this.#missing(folder);
      if ((await this.#files.sha256(original)) !== item.sha256) return 'blocked';
      const aside = this.#aside(item);
      const there = await this.#whole(folder, aside);
      if (there !== null && (await this.#files.sha256(there)) !== item.sha256) return 'blocked';
      if (there === null) await this.#files.write(folder, aside, original);
      if (!(await this.#is(folder, aside, item))) return 'blocked';
      // Once more: another program may have changed it while it was copied.
      if (!(await this.#is(folder, item.path, item))) return 'blocked';
      await this.#files.remove(folder, item.path);
      return 'aside';
    } catch {
      return this.settle(item);
    }
  }

  /** Deletes for good what lies aside. */
  async deleteAside(item: FileItem): Promise<FilePlace> {
    const folder = this.#folderOf(item);
    if (folder === null) return 'blocked';
    try {
      await this.#files.remove(folder, this.#aside(item));
      return 'gone';
    } catch {
      return this.settle(item);
    }
  }

  /** Takes away what is empty of the folder of removed ones; what is not stays. */
  async clearFolder(folder: FileHandle, items: readonly FileItem[]): Promise<void> {
    const paths = new Map<string, readonly string[]>();
    for (const item of items) {
      const path = this.#aside(item);
      for (let depth = 1; depth < path.length; depth++) {
        const part = path.slice(0, depth);
        paths.set(part.join('/'), part);
      }
    }
    // The inner ones first.
    for (const path of [...paths.values()].sort((a, b) => b.length - a.length)) {
      await this.#files.remove(folder, path).catch(() => {});
    }
  }

  /** The way back; never over another file. @returns its new handle with the place */
  async putBack(item: FileItem): Promise<{ readonly place: FilePlace; readonly handle: FileHandle | null }> {
    const folder = this.#folderOf(item);
    if (folder === null) return { place: 'blocked', handle: null };
    try {
      const aside = this.#aside(item);
      const there = await this.#whole(folder, item.path);
      if (there !== null && (await this.#files.sha256(there)) !== item.sha256)
        return { place: 'blocked', handle: null };
      const copy = await this.#files.read(folder, aside);
      let handle: FileHandle | null = null;
      if (there === null) {
        if (copy === null) return { place: await this.#missing(folder), handle };
        if ((await this.#files.sha256(copy)) !== item.sha256) return { place: 'blocked', handle };
        handle = await this.#files.write(folder, item.path, copy);
      }
      if (!(await this.#is(folder, item.path, item))) return { place: 'blocked', handle: null };
      if (copy !== null) await this.#files.remove(folder, aside);
      return { place: 'original', handle };
    } catch {
      return { place: await this.settle(item), handle: null };
    }
  }

  /** After an interruption: which state it is; what is left over is cleared away. */
  async settle(item: FileItem): Promise<FilePlace> {
    const folder = this.#folderOf(item);
    if (folder === null) return 'blocked';
    try {
      const aside = this.#aside(item);
      const isOriginal = await this.#is(folder, item.path, item);
      const copy = await this.#files.read(folder, aside);
      if (isOriginal) {
        // Anything else that lies there is not ours.
        const isOurs = copy !== null && (copy.size === 0 || (await this.#files.sha256(copy)) === item.sha256);
        if (isOurs) await this.#files.remove(folder, aside);
        return 'original';
      }
      if (copy !== null && (await this.#files.sha256(copy)) === item.sha256) return 'aside';
      return (await this.#files.read(folder, item.path)) === null ? await this.#missing(folder) : 'blocked';
    } catch {
      return 'blocked';
    }
  }

  /** What people need to put files back by hand: written before anything is removed. */
  async writeManifest(folder: FileHandle, number: number, items: readonly FileItem[]): Promise<void> {
    const files = items.map(({ path, sha256, modifiedAt }) => ({
      path: path.join('/'),
      sha256,
      modified: new Date(modifiedAt).toISOString(),
    }));
    const text = JSON.stringify({ format: 'picsift-removed', version: 1, files }, null, 1);
    // Another library's runs have the same numbers: what it wrote there is the only place that knows its dates.
    let path = [this.#target, `manifest-${number}.json`];
    for (let n = 2; (await this.#files.read(folder, path)) !== null; n++) {
      path = [this.#target, `manifest-${number}-${n}.json`];
    }
    await this.#files.write(folder, path, this.#files.text(`${text}\n`));
  }

  /** Of a file that is in neither place: of those in a folder that is not there nothing is known. */
  async #missing(folder: FileHandle): Promise<'gone' | 'blocked'> {
    return (await this.#files.isThere(folder)) ? 'gone' : 'blocked';
  }

  #aside(item: FileItem): readonly string[] {
    return [this.#target, ...item.path];
  }

  /** What a write that failed left behind, without a byte, counts as not there. */
  async #whole(folder: FileHandle, path: readonly string[]): Promise<FolderFile | null> {
    const bytes = await this.#files.read(folder, path);
    return bytes === null || bytes.size === 0 ? null : bytes;
  }

  async #is(folder: FileHandle, path: readonly string[], { sha256 }: FileItem): Promise<boolean> {
    const bytes = await this.#files.read(folder, path);
    return bytes !== null && (await this.#files.sha256(bytes)) === sha256;
  }
}
