import type { Candidate } from './candidate.ts';
import type { Catalogue, PhotoText } from './catalogue.ts';
import type { FileHandle } from './file-handle.ts';
import type { FreshPhoto } from './fresh-photos.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';
import { absentFlag, handleFlag, missingFlag, type PhotoRow, wallClock } from './photo-table.ts';
import { nameInPlace } from './place-photos.ts';
import type { PhotoRecord, StoredFolder } from './stored-rows.ts';

/** What accepting candidates changes. */
export class AcceptPlan {
  readonly rows = new Map<PhotoId, PhotoRow>();
  readonly texts = new Map<PhotoId, PhotoText>();
  readonly queued: PhotoId[] = [];
  readonly fresh: FreshPhoto[] = [];
  readonly newRoots = new Map<FileHandle, number>();
  readonly #records: PhotoRecord[] = [];
  readonly #blobs: { key: number; bytes: Candidate['bytes'] }[] = [];
  readonly #folders: StoredFolder[] = [];
  readonly #catalogue: Catalogue;
  readonly #roots: ReadonlyMap<FileHandle, number>;
  readonly #now: number;
  #photo: number;
  #blob: number;
  #folder: number;

  constructor(catalogue: Catalogue, roots: ReadonlyMap<FileHandle, number>, now: number) {
    this.#catalogue = catalogue;
    this.#roots = roots;
    this.#now = now;
    ({ photo: this.#photo, blob: this.#blob, folder: this.#folder } = catalogue.counters);
  }

  accept(candidate: Candidate): void {
    const id = this.#photo++ as PhotoId;
    const { name, path, modifiedAt, bytes } = candidate;
    this.rows.set(id, {
      status: photoStatusCodes.queued,
      flags: candidate.handle === null ? 0 : handleFlag,
      capturedAt: wallClock(modifiedAt),
      modifiedAt,
      importedAt: this.#now,
      removedAt: 0,
      size: bytes.size,
      width: 0,
      height: 0,
      content: null,
      model: 0,
    });
    this.texts.set(id, { name, path });
    this.queued.push(id);
    const record: PhotoRecord = {
      id,
      type: bytes.type,
      source: this.#sourceOf(candidate),
      sha256: null,
      exif: null,
      failure: null,
      attempts: 0,
    };
    this.#records.push(record);
    this.fresh.push({ record, bytes, modifiedAt });
  }

  /**
   * A known source that is added again: a removed photo comes back; one that could not be read is tried again, through
   * the new handle; one that was added by itself belongs to the folder from now on; one whose file was absent has it from
   * now on. True: a photo is there that was not.
   */
  async comeBack(id: PhotoId, candidate: Candidate): Promise<boolean> {
    const row = this.rows.get(id) ?? this.#catalogue.table.row(id);
    const [record] = await this.#catalogue.store.records([id]);
    const wasAbsent = record?.source.kind === 'absent';
    const isUnchanged = candidate.bytes.size === row.size && candidate.modifiedAt === row.modifiedAt;
    const failedForNow = row.status === photoStatusCodes.deferred;
    // Bytes that are stored, or that may be others than before, go the way of every new file.
    const isNew = failedForNow || (wasAbsent && !(candidate.handle !== null && isUnchanged));
    const comesBack = row.removedAt !== 0 || failedForNow || wasAbsent;
    const takesHandle = record?.source.kind === 'handle' && candidate.handle !== null;
    const joins = takesHandle && record.source.folder === null && candidate.root !== null;
    if (!comesBack && !joins) return false;
    const status = isNew ? photoStatusCodes.queued : row.status;
    const kept = row.flags & ~missingFlag & ~absentFlag;
    const flags = wasAbsent && candidate.handle !== null ? kept | handleFlag : kept;
    this.rows.set(id, { ...row, status, removedAt: 0, flags });
    if (comesBack && status === photoStatusCodes.queued) this.queued.push(id);
    if (record && (takesHandle || wasAbsent)) {
      const failure = isNew ? null : record.failure;
      this.#records.push({ ...record, source: this.#sourceOf(candidate), failure });
      const name = nameInPlace(this.#catalogue.table, record, candidate.name);
      this.texts.set(id, { name, path: candidate.path });
    }
    return comesBack;
  }

  changes() {
    return {
      counters: {
        ...this.#catalogue.counters,
        photo: this.#photo,
        blob: this.#blob,
        folder: this.#folder,
      },
      photoRows: this.rows,
      photoTexts: this.texts,
      records: this.#records,
      blobs: this.#blobs,
      folders: this.#folders,
    };
  }

  #sourceOf({ handle, root, bytes }: Candidate): PhotoRecord['source'] {
    if (handle !== null) {
      return { kind: 'handle', handle, folder: root === null ? null : this.#folderOf(root) };
    }
    const blob = this.#blob++;
    this.#blobs.push({ key: blob, bytes });
    return { kind: 'stored', blob };
  }

  #folderOf(root: FileHandle): number {
    const known = this.#roots.get(root) ?? this.newRoots.get(root);
    if (known !== undefined) return known;
    const number = this.#folder++;
    this.newRoots.set(root, number);
    this.#folders.push({ number, handle: root });
    return number;
  }
}
