import type { Clock } from './clock.ts';
import type { FolderAccess } from './file-ports.ts';
import type { PickedFolder } from './picked-folder.ts';

/** After a change of a folder, more are waited for. */
const calmMilliseconds = 1500;

export interface FolderWatchParts {
  readonly access: FolderAccess;
  readonly clock: Clock;
  readonly crash: (error: unknown) => void;
}

/** Watches folders where the browser can, and has them looked through when they changed. */
export class FolderWatch {
  readonly #parts: FolderWatchParts;
  readonly #lookThrough: (folders: readonly PickedFolder[]) => Promise<unknown>;
  /** Folders that changed since they were looked through last. */
  readonly #stale = new Set<PickedFolder>();
  #cancelTimer: (() => void) | null = null;
  #closed = false;

  constructor(parts: FolderWatchParts, lookThrough: (folders: readonly PickedFolder[]) => Promise<unknown>) {
    this.#parts = parts;
    this.#lookThrough = lookThrough;
  }

  lookedAt(folders: readonly PickedFolder[]): void {
    for (const folder of folders) this.#stale.delete(folder);
  }

  close(folders: readonly PickedFolder[]): void {
    this.#closed = true;
    this.#cancelTimer?.();
    for (const folder of folders) this.stop(folder);
  }

  async observe(folder: PickedFolder): Promise<void> {
    if (folder.stopObserving !== null || folder.permission !== 'granted' || this.#closed) return;
    folder.stopObserving = () => {};
    const stop = await this.#parts.access.observe(folder.stored.handle, () => this.#changed(folder));
    if (folder.stopObserving === null || this.#closed) stop();
    else folder.stopObserving = stop;
  }

  stop(folder: PickedFolder): void {
    folder.stopObserving?.();
    folder.stopObserving = null;
  }

  /** Folders that change together are looked through together: a file may go from one to the other. */
  #changed(folder: PickedFolder): void {
    this.#stale.add(folder);
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.clock.after(calmMilliseconds, () => {
      this.#lookThrough([...this.#stale]).catch(this.#parts.crash);
    });
  }
}
