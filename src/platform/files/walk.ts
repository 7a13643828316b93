import { type Found, isJunk } from '../../core/library/candidate.ts';
import { removedFolderPrefix } from '../../core/library/file-removal.ts';
import type { IncomingFile } from '../../protocol/library.ts';
import { readFailure } from './browser-files.ts';

/** Folders nested deeper than this are left out: links that lead back to themselves would never end. */
const deepest = 64;
/** Files asked for at once. */
const filesAtOnce = 32;

interface Place {
  /** Path of the folder, no slash at the end. */
  readonly path: string;
  readonly depth: number;
  readonly folder: FileSystemDirectoryHandle;
  readonly root: FileSystemDirectoryHandle;
}

interface Listed {
  readonly handle: FileSystemFileHandle;
  readonly path: string | null;
  readonly root: FileSystemDirectoryHandle | null;
}

/** Files that came without handles. */
export function* candidatesOfFiles(files: readonly IncomingFile[]): Generator<Found> {
  for (const { file, path } of files) {
    const { name, lastModified } = file;
    yield { candidate: { name, path, modifiedAt: lastModified, bytes: file, handle: null, root: null } };
  }
}

/**
 * Files behind handles; folders are read recursively, as fast as the taker takes. A folder that cannot be read is
 * told as refused and costs only itself.
 */
export async function* candidatesOfHandles(handles: readonly FileSystemHandle[]): AsyncGenerator<Found> {
  let batch: Listed[] = [];
  let asked: Promise<Found[]> = Promise.resolve([]);
  for await (const one of list(handles)) {
    if (!('handle' in one)) {
      yield one;
      continue;
    }
    batch.push(one);
    if (batch.length < filesAtOnce) continue;
    // Listing goes on while the browser looks at the files of the batch before.
    const found = await asked;
    asked = Promise.all(batch.map(candidateOf));
    asked.catch(() => {}); // told when it is awaited
    batch = [];
    yield* found;
  }
  yield* await asked;
  yield* await Promise.all(batch.map(candidateOf));
}

async function* list(handles: readonly FileSystemHandle[]): AsyncGenerator<Listed | Found> {
  const waiting: Place[] = [];
  for (const handle of handles) {
    if (isFile(handle)) yield { handle, path: null, root: null };
    else if (isFolder(handle)) waiting.push({ path: handle.name, depth: 1, folder: handle, root: handle });
  }
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    const { path, depth, folder, root } = place;
    const inner: Place[] = [];
    try {
      for await (const entry of folder.values()) {
        const entryPath = `${path}/${entry.name}`;
        if (isFile(entry)) {
          if (!isJunk({ name: entry.name, path: entryPath })) yield { handle: entry, path: entryPath, root };
        } else if (isFolder(entry) && depth < deepest && !entry.name.startsWith(removedFolderPrefix)) {
          inner.push({ path: entryPath, depth: depth + 1, folder: entry, root });
        }
      }
    } catch (error) {
      yield { refused: { name: folder.name, path, failure: readFailure(error) } };
    }
    waiting.unshift(...inner);
  }
}

async function candidateOf({ handle, path, root }: Listed): Promise<Found> {
  const { name } = handle;
  try {
    // Without permission the browser refuses here: asking for it first would take twice as long.
    const bytes = await handle.getFile();
    return { candidate: { name, path, modifiedAt: bytes.lastModified, bytes, handle, root } };
  } catch (error) {
    return { refused: { name, path, failure: readFailure(error) } };
  }
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}
