import type { Candidate } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { FileBytes } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { PhotoId } from './photo.ts';
import { handleFlag } from './photo-table.ts';
import type { PhotoRecord } from './stored-rows.ts';

/**
 * [Note: Same source]
 * A source is not added twice. Two handles are the same source if the file system says so. Else a path decides: the
 * same path with the same size and time, or the same bytes. Without paths, name, size, time and bytes must all agree.
 * Equal bytes from elsewhere are another photo that shares the content.
 */
export class SameSource {
  readonly #catalogue: Catalogue;
  readonly #files: Files;
  readonly #away: () => Promise<ReadonlySet<PhotoId>>;
  #byName: Map<string, PhotoId[]> | null = null;

  /** @param away photos whose file was moved aside or deleted with its photo: another file may be in its place */
  constructor(catalogue: Catalogue, files: Files, away: () => Promise<ReadonlySet<PhotoId>>) {
    this.#catalogue = catalogue;
    this.#files = files;
    this.#away = away;
  }

  /** To be called for new photos. */
  added(id: PhotoId, name: string): void {
    if (this.#byName !== null) append(this.#byName, name, id);
  }

  /** The photo that has this source already. */
  async find(candidate: Candidate): Promise<PhotoId | null> {
    const { table } = this.#catalogue;
    for (const id of this.#named(candidate.name)) {
      if (!table.has(id) || !(await this.#isSame(candidate, id))) continue;
      // Its file is elsewhere, and this one is not put back but another one.
      const isRemoved = table.columns.removedAt[id] !== 0;
      if (isRemoved && (await this.#away()).has(id) && !(await this.#sameBytes(candidate, id))) continue;
      return id;
    }
    return null;
  }

  #named(name: string): readonly PhotoId[] {
    const { table } = this.#catalogue;
    if (this.#byName === null) {
      this.#byName = new Map();
      for (const id of table.ids()) append(this.#byName, table.fileName(id), id);
    }
    return this.#byName.get(name) ?? [];
  }

  async #isSame(candidate: Candidate, id: PhotoId): Promise<boolean> {
    const { table } = this.#catalogue;
    const row = table.row(id);
    const path = table.path(id);
    const unchanged = row.size === candidate.bytes.size && row.modifiedAt === candidate.modifiedAt;
    if (candidate.handle !== null && (row.flags & handleFlag) !== 0) {
      const record = await this.#record(id);
      return (
        record?.source.kind === 'handle' &&
        (await this.#files.isSameEntry(record.source.handle, candidate.handle))
      );
    }
    if (path !== candidate.path) return false;
    if (path !== null) return unchanged || (await this.#sameBytes(candidate, id));
    return unchanged && (await this.#sameBytes(candidate, id));
  }

  async #sameBytes(candidate: Candidate, id: PhotoId): Promise<boolean> {
    const { size } = this.#catalogue.table.row(id);
    if (size !== candidate.bytes.size) return false;
    const record = await this.#record(id);
    if (record === null) return false;
    const known = record.sha256 ?? (await this.#hashOf(record));
    return known !== null && known === (await this.#files.sha256(candidate.bytes));
  }

  async #hashOf(record: PhotoRecord): Promise<string | null> {
    const { source } = record;
    let bytes: FileBytes | null;
    if (source.kind === 'stored') {
      bytes = await this.#catalogue.store.blob(source.blob);
    } else if (source.kind === 'absent') {
      bytes = null;
    } else {
      const opened = await this.#files.open(source.handle);
      bytes = opened.ok ? opened.bytes : null;
    }
    return bytes === null ? null : this.#files.sha256(bytes);
  }

  async #record(id: PhotoId): Promise<PhotoRecord | null> {
    return (await this.#catalogue.store.records([id]))[0] ?? null;
  }
}

function append(byName: Map<string, PhotoId[]>, name: string, id: PhotoId): void {
  const ids = byName.get(name);
  if (ids === undefined) byName.set(name, [id]);
  else ids.push(id);
}
