import type { Catalogue } from './catalogue.ts';
import type { FileBytes } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import { type Failure, type PhotoId, photoStatusCodes } from './photo.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** Opens files of queued photos, and keeps those behind handles that need permission, until it is given. */
export class LockedPhotos {
  readonly #catalogue: Catalogue;
  readonly #files: Files;
  readonly #ids = new Set<PhotoId>();
  readonly #folders = new Set<number>();

  constructor(catalogue: Catalogue, files: Files) {
    this.#catalogue = catalogue;
    this.#files = files;
  }

  get ids(): ReadonlySet<PhotoId> {
    return this.#ids;
  }

  /** The permission that was missing may be there now, or nobody waits for it any more. */
  takeAll(): PhotoId[] {
    const ids = [...this.#ids];
    this.#ids.clear();
    this.#folders.clear();
    return ids;
  }

  async open(
    record: PhotoRecord,
  ): Promise<
    { bytes: FileBytes; modifiedAt: number } | { ok: false; failure: Failure; sha256: null } | 'locked'
  > {
    const catalogue = this.#catalogue;
    const { source, id } = record;
    if (source.kind === 'stored') {
      const bytes = await catalogue.store.blob(source.blob);
      const modifiedAt = catalogue.table.row(id).modifiedAt;
      return bytes === null
        ? { ok: false, failure: { code: 'file-missing' }, sha256: null }
        : { bytes, modifiedAt };
    }
    if (source.kind === 'absent') return { ok: false, failure: { code: 'file-missing' }, sha256: null };
    const isLocked = source.folder !== null && this.#folders.has(source.folder);
    const opened = isLocked ? null : await this.#files.open(source.handle);
    if (opened?.ok) return opened;
    if (opened === null || opened.failure.code === 'no-permission') {
      // Still queued; the person is asked once for all of them.
      if (source.folder !== null) this.#folders.add(source.folder);
      if (catalogue.table.columns.status[id] === photoStatusCodes.queued) this.#ids.add(id);
      return 'locked';
    }
    return { ok: false, failure: opened.failure, sha256: null };
  }
}
