import type { FileBytes, FileHandle } from '../../core/library/file-handle.ts';
import type { FolderFiles } from '../../core/library/file-removal.ts';
import { BrowserFiles } from './browser-files.ts';

const bytes = new BrowserFiles();
/** Held while files are moved: a tab that lost the library to another one may still be at it. */
const lockName = 'picsift-files';

/** Files of picked folders, through the browser's file handles. Throws what the browser throws: no access, mostly. */
export const browserFolderFiles: FolderFiles = {
  async locate(folder, file) {
    return (folder as FileSystemDirectoryHandle).resolve(file as FileSystemHandle);
  },

  async read(folder, path) {
    const parent = await parentOf(folder, path, false);
    if (parent === null) return null;
    return orNull(async () => (await parent.getFileHandle(path.at(-1)!)).getFile());
  },

  async isThere(folder) {
    const first = orNull(() => (folder as FileSystemDirectoryHandle).keys().next());
    return (await first) !== null;
  },

  async write(folder, path, content) {
    const parent = await parentOf(folder, path, true);
    const handle = await parent!.getFileHandle(path.at(-1)!, { create: true });
    const file = content as Blob;
    const writable = await handle.createWritable();
    // The file changes only when it is closed: a half-written one is never there.
    await file.stream().pipeTo(writable);
    return handle;
  },

  async remove(folder, path) {
    const parent = await parentOf(folder, path, false);
    await parent?.removeEntry(path.at(-1)!);
  },

  sha256: (content: FileBytes) => bytes.sha256(content),

  alone(job) {
    const locks = globalThis.navigator?.locks;
    return locks === undefined ? job() : locks.request(lockName, job);
  },

  text: (content) => new Blob([content], { type: 'application/json' }),
};

async function parentOf(
  folder: FileHandle,
  path: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle | null> {
  let at: FileSystemDirectoryHandle = folder as FileSystemDirectoryHandle;
  for (const name of path.slice(0, -1)) {
    const next = await orNull(() => at.getDirectoryHandle(name, { create }));
    if (next === null) return null;
    at = next;
  }
  return at;
}

/** Null where there is nothing of that name. */
async function orNull<Value>(ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof DOMException &&
      (error.name === 'NotFoundError' || error.name === 'TypeMismatchError')
    ) {
      return null;
    }
    throw error;
  }
}
