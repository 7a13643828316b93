import type { Found } from '../../core/library/candidate.ts';
import type { FileHandle } from '../../core/library/file-handle.ts';
import type { FolderAccess } from '../../core/library/file-ports.ts';
import { removedFolderPrefix } from '../../core/library/file-removal.ts';
import type { Failure } from '../../core/library/photo.ts';
import type { TestFiles, TestHandle } from './test-files.ts';

/** Folders of the tests' disk: those that a file's entry names before its last slash. */
export class TestFolders implements FolderAccess {
  readonly #files: TestFiles;
  /** Entries of folders that cannot be read now, and why; or of files, while their folder is listed. */
  readonly unreadable = new Map<string, Failure['code']>();
  /** Folders that may be read only after the person was asked. */
  readonly locked = new Set<string>();
  /** Called after each listed file. */
  listed: () => Promise<void> | void = () => {};
  readonly #observers = new Map<string, Set<() => void>>();

  constructor(files: TestFiles) {
    this.#files = files;
  }

  async permission(folder: FileHandle): Promise<'granted' | 'prompt'> {
    return this.locked.has(entryOf(folder)) ? 'prompt' : 'granted';
  }

  isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean> {
    return this.#files.isSameEntry(a, b);
  }

  async pathWithin(outer: FileHandle, inner: FileHandle): Promise<string | null> {
    if (entryOf(outer) === entryOf(inner)) return '';
    return entryOf(inner).startsWith(`${entryOf(outer)}/`)
      ? entryOf(inner).slice(entryOf(outer).length + 1)
      : null;
  }

  async *list(root: FileHandle): AsyncGenerator<Found> {
    const top = entryOf(root);
    const refuse = (entry: string, code: Failure['code']): Found => ({
      refused: { name: root.name, path: root.name + entry.slice(top.length), failure: { code } },
    });
    const failure = this.unreadable.get(top) ?? (this.locked.has(top) ? 'no-permission' : undefined);
    if (failure !== undefined) {
      yield refuse(top, failure);
      return;
    }
    const broken = [...this.unreadable].filter(([entry]) => entry.startsWith(`${top}/`));
    for (const [entry, code] of broken) yield refuse(entry, code);
    for (const [entry, { bytes, modifiedAt }] of [...this.#files.disk]) {
      if (!entry.startsWith(`${top}/`) || broken.some(([other]) => `${entry}/`.startsWith(`${other}/`)))
        continue;
      // As the app's walk through a folder does.
      if (entry.includes(`/${removedFolderPrefix}`)) continue;
      const name = entry.slice(entry.lastIndexOf('/') + 1);
      const handle: TestHandle = { kind: 'file', name, entry };
      yield {
        candidate: { name, path: root.name + entry.slice(top.length), modifiedAt, bytes, handle, root },
      };
      await this.listed();
    }
  }

  async observe(folder: FileHandle, changed: () => void): Promise<() => void> {
    const observers = this.#observers.get(entryOf(folder)) ?? new Set();
    this.#observers.set(entryOf(folder), observers.add(changed));
    return () => observers.delete(changed);
  }

  /** The disk tells of a change in a folder; answers how many listened. */
  tell(entry: string): number {
    const observers = this.#observers.get(entry) ?? new Set();
    for (const changed of observers) changed();
    return observers.size;
  }
}

export function folderHandle(entry: string): TestHandle {
  return { kind: 'directory', name: entry.slice(entry.lastIndexOf('/') + 1), entry };
}

function entryOf(handle: FileHandle): string {
  return (handle as TestHandle).entry;
}
