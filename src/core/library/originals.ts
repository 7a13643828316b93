import type { Catalogue } from './catalogue.ts';
import type { FileBytes, FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { Failure, PhotoId } from './photo.ts';
import { missingFlag } from './photo-table.ts';
import { setMissing } from './place-photos.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** The photos' own bytes, wherever they are, and the permissions that reading them takes. */
export class Originals {
  readonly #catalogue: Catalogue;
  readonly #files: Files;
  /** Photos that could not be read in this session for want of permission. */
  readonly #refused = new Set<PhotoId>();

  constructor(catalogue: Catalogue, files: Files) {
    this.#catalogue = catalogue;
    this.#files = files;
  }

  async open(id: PhotoId): Promise<FileBytes | Failure> {
    const [record] = await this.#catalogue.store.records([id]);
    if (record === null || record === undefined) return { code: 'file-missing' };
    if (record.source.kind === 'stored') return this.#stored(record.source.blob);
    if (record.source.kind === 'absent') return (await this.#keptBytes(record)) ?? { code: 'file-missing' };
    const opened = await this.#files.open(record.source.handle);
    if (opened.ok && this.#isItsOwn(id, opened)) {
      await setMissing(this.#catalogue, [id], false);
      return opened.bytes;
    }
    const kept = await this.#keptBytes(record);
    if (kept !== null) return kept;
    if (opened.ok) return { code: 'file-missing' };
    if (opened.failure.code === 'no-permission') this.#refused.add(id);
    if (opened.failure.code === 'file-missing') await setMissing(this.#catalogue, [id], true);
    return opened.failure;
  }

  /** Another file may have taken the place of a missing one. */
  #isItsOwn(id: PhotoId, { bytes, modifiedAt }: { bytes: FileBytes; modifiedAt: number }): boolean {
    const { columns } = this.#catalogue.table;
    if ((columns.flags[id]! & missingFlag) === 0) return true;
    return columns.size[id] === bytes.size && columns.modifiedAt[id] === modifiedAt;
  }

  permissionMayBeThere(): void {
    this.#refused.clear();
  }

  /** What to ask permission for: folders once, else the files themselves; of these photos and of those refused so far. */
  async handlesOf(ids: readonly PhotoId[]): Promise<readonly FileHandle[]> {
    const { store, table } = this.#catalogue;
    const wanted = [...new Set([...ids, ...this.#refused])].filter((id) => table.has(id));
    const folders = new Set<number>();
    const handles: FileHandle[] = [];
    for (const record of await store.records(wanted)) {
      if (record?.source.kind !== 'handle') continue;
      if (record.source.folder === null) handles.push(record.source.handle);
      else folders.add(record.source.folder);
    }
    const roots = await store.folders([...folders]);
    return [...roots.map(({ handle }) => handle), ...handles];
  }

  async #stored(blob: number): Promise<FileBytes | Failure> {
    return (await this.#catalogue.store.blob(blob)) ?? { code: 'file-missing' };
  }

  /** The same bytes may be kept for another photo of the content. */
  async #keptBytes({ sha256 }: PhotoRecord): Promise<FileBytes | null> {
    if (sha256 === null) return null;
    const [content] = await this.#catalogue.store.contents([sha256]);
    return content?.blob == null ? null : this.#catalogue.store.blob(content.blob);
  }
}
