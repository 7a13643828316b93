import { type Candidate, extensionOf, type Found, isJunk, looksLikePicture } from './candidate.ts';
import type { Catalogue, PhotoText } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { FreshPhoto } from './fresh-photos.ts';
import type { AddReport, RefusedFile } from './import-progress.ts';
import type { ImportRun } from './import-run.ts';
import { type Failure, type PhotoId, photoStatusCodes } from './photo.ts';
import type { WriteResult } from './photo-store.ts';
import { absentFlag, handleFlag, missingFlag, type PhotoRow, wallClock } from './photo-table.ts';
import type { SameSource } from './same-source.ts';
import type { PhotoRecord, StoredFolder } from './stored-rows.ts';

/** Bounds of one transaction: it must not keep others waiting for long. */
const mostFiles = 256;
const mostBytes = 64 * 2 ** 20;

export interface IntakeParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly same: SameSource;
  readonly run: ImportRun;
  readonly clock: Clock;
  /** Photos that are to be processed: new ones, and known ones that are tried again or come back. */
  readonly enqueue: (ids: readonly PhotoId[], fresh: readonly FreshPhoto[]) => void;
}

interface Tally {
  accepted: number;
  alreadyThere: number;
  refused: number;
  stopped: Failure | null;
}

/** Takes files in: looks whether they are pictures and new, and commits them as queued photos. */
export class Intake {
  readonly #parts: IntakeParts;
  /** Grows when the person cancels: what began under an older number stops. */
  #intake = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Nothing more is committed of what is coming in, but for a transaction that is under way. */
  cancel(): void {
    this.#intake++;
  }

  /**
   * Resolves when all of them are committed or refused, or the person has cancelled.
   *
   * @param intake of the report of an earlier call for the same drop; null for the first one
   * @param folders numbers of folders that are remembered already
   */
  async add(
    found: AsyncIterable<Found> | Iterable<Found>,
    intake: number | null = null,
    folders: ReadonlyMap<FileHandle, number> = new Map(),
  ): Promise<AddReport> {
    const { run, clock, catalogue } = this.#parts;
    const tally: Tally = { accepted: 0, alreadyThere: 0, refused: 0, stopped: null };
    const began = intake ?? this.#intake;
    const isCancelled = () => began !== this.#intake;
    if (isCancelled()) return { ...tally, cancelled: true, intake: began };
    const batch = new Batch();
    const roots = new Map(folders);
    run.begin();
    try {
      for await (const file of found) {
        if (isCancelled() || tally.stopped !== null) break;
        if ('refused' in file) {
          this.#refuse(file.refused, tally);
          continue;
        }
        const { candidate } = file;
        if (isJunk(candidate)) continue;
        const failure = await this.#unfit(candidate);
        if (failure !== null) {
          this.#refuse({ name: candidate.name, path: candidate.path, failure }, tally);
          continue;
        }
        if (!batch.fits(candidate)) {
          await this.#commit(batch.take(), roots, tally, isCancelled);
          await clock.breathe();
        }
        batch.push(candidate);
      }
      await this.#commit(batch.take(), roots, tally, isCancelled);
    } finally {
      run.end();
      catalogue.feed.status();
    }
    return { ...tally, cancelled: isCancelled(), intake: began };
  }

  #refuse(file: RefusedFile, tally: Tally): void {
    tally.refused++;
    this.#parts.run.refuse(file);
    this.#parts.catalogue.feed.status();
  }

  /** Why a file cannot become a photo; null if it may. */
  async #unfit({ name, bytes }: Candidate): Promise<Failure | null> {
    if (bytes.size === 0) return { code: 'empty-file' };
    if (looksLikePicture(name, bytes.type)) return null;
    const found = await this.#parts.files.unsupportedFormat(bytes);
    if (found === null) return null;
    const what = found || extensionOf(name).toUpperCase() || bytes.type;
    return what === '' ? { code: 'unsupported-type' } : { code: 'unsupported-type', found: what };
  }

  async #commit(
    candidates: readonly Candidate[],
    roots: Map<FileHandle, number>,
    tally: Tally,
    isCancelled: () => boolean,
  ): Promise<void> {
    if (candidates.length === 0) return;
    // Looked at when its turn has come: a cancellation may have gone before.
    const result = await this.#parts.catalogue.exclusive(async () =>
      isCancelled() ? 'written' : this.#commitNow(candidates, roots, tally),
    );
    if (result === 'written') return;
    if (result === 'unreadable' && candidates.length > 1) {
      // One of them cannot be read; which one shows when each is alone.
      for (const candidate of candidates) await this.#commit([candidate], roots, tally, isCancelled);
      return;
    }
    const failure: Failure = { code: result === 'unreadable' ? 'unreadable' : 'storage-full' };
    if (result !== 'unreadable') tally.stopped = failure;
    for (const { name, path } of candidates) this.#refuse({ name, path, failure }, tally);
  }

  async #commitNow(
    candidates: readonly Candidate[],
    roots: Map<FileHandle, number>,
    tally: Tally,
  ): Promise<WriteResult> {
    const { catalogue, clock, run, enqueue } = this.#parts;
    const now = clock.now();
    const plan = new AcceptPlan(catalogue, roots, now);
    let alreadyThere = 0;
    let accepted = 0;
    for (const candidate of candidates) {
      const id = await this.#parts.same.find(candidate);
      if (id === null) plan.accept(candidate);
      if (id === null || (await plan.comeBack(id, candidate))) accepted++;
      else alreadyThere++;
    }
    if (plan.rows.size > 0) {
      const result = await catalogue.write(plan.changes(), 'strict');
      if (result !== 'written') return result;
    }
    for (const [root, number] of plan.newRoots) roots.set(root, number);
    for (const [id, { name }] of plan.texts) this.#parts.same.added(id, name);
    run.found(alreadyThere);
    run.accepted(plan.queued.length);
    tally.alreadyThere += alreadyThere;
    tally.accepted += accepted;
    enqueue(plan.queued, plan.fresh);
    return 'written';
  }
}

/** Candidates of one transaction. Two that could be the same source never share one. */
class Batch {
  #candidates: Candidate[] = [];
  #bytes = 0;
  #keys = new Set<string>();

  fits(candidate: Candidate): boolean {
    return (
      this.#candidates.length === 0 ||
      (this.#candidates.length < mostFiles &&
        this.#bytes + storedBytes(candidate) <= mostBytes &&
        !this.#keys.has(sourceKey(candidate)))
    );
  }

  push(candidate: Candidate): void {
    this.#candidates.push(candidate);
    this.#bytes += storedBytes(candidate);
    this.#keys.add(sourceKey(candidate));
  }

  take(): readonly Candidate[] {
    const candidates = this.#candidates;
    this.#candidates = [];
    this.#bytes = 0;
    this.#keys = new Set();
    return candidates;
  }
}

function storedBytes({ handle, bytes }: Candidate): number {
  return handle === null ? bytes.size : 0;
}

function sourceKey({ name, path }: Candidate): string {
  return path ?? `/${name}`;
}

/** What accepting a batch changes. */
class AcceptPlan {
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
      this.texts.set(id, { name: candidate.name, path: candidate.path });
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
