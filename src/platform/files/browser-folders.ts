import type { Found } from '../../core/library/candidate.ts';
import type { FileHandle } from '../../core/library/file-handle.ts';
import type { FolderAccess } from '../../core/library/file-ports.ts';
import { candidatesOfHandles } from './walk.ts';

/** What a new browser tells of a folder that changed; not in TypeScript's libraries yet. */
interface FolderObserver {
  observe(folder: FileSystemHandle, options: { recursive: boolean }): Promise<void>;
  disconnect(): void;
}

type FolderObserverClass = new (changed: () => void) => FolderObserver;

/** The person's folders, as the browser hands them out. */
export class BrowserFolders implements FolderAccess {
  async permission(folder: FileHandle): Promise<'granted' | 'prompt' | 'denied'> {
    // Browsers without permissions for handles give only handles that may be read.
    return (await (folder as FileSystemHandle).queryPermission?.({ mode: 'read' })) ?? 'granted';
  }

  isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean> {
    return (a as FileSystemHandle).isSameEntry(b as FileSystemHandle);
  }

  async pathWithin(outer: FileHandle, inner: FileHandle): Promise<string | null> {
    const names = await (outer as FileSystemDirectoryHandle).resolve(inner as FileSystemHandle);
    return names?.join('/') ?? null;
  }

  list(folder: FileHandle): AsyncIterable<Found> {
    return candidatesOfHandles([folder as FileSystemHandle]);
  }

  async observe(folder: FileHandle, changed: () => void): Promise<() => void> {
    const Observer = (globalThis as { FileSystemObserver?: FolderObserverClass }).FileSystemObserver;
    if (Observer === undefined) return () => {};
    const observer = new Observer(changed);
    try {
      await observer.observe(folder as FileSystemHandle, { recursive: true });
    } catch (error) {
      // A disk that cannot be watched, or a folder that is gone: it is looked through at the start, and on request.
      if (!(error instanceof DOMException)) throw error;
    }
    return () => observer.disconnect();
  }
}
