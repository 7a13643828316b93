import type { OriginalEntry } from '../../backup/entries.ts';
import type { CatalogueChanges } from '../catalogue.ts';
import type { FileBytes } from '../file-handle.ts';
import { type PhotoId, photoStatusCodes } from '../photo.ts';
import { absentFlag, missingFlag, type PhotoRow } from '../photo-table.ts';
import type { PhotoRecord } from '../stored-rows.ts';
import type { RestoreContext } from './restore-context.ts';
import type { FilePiece, RestoreParts } from './restore-parts.ts';

interface PendingOriginal extends Omit<OriginalEntry, 'bytes' | 'from'> {
  readonly pieces: FilePiece[];
  next: number;
}

/** Brings photos' own files back, from their parts in the backup. */
export class RestoredOriginals {
  readonly #parts: RestoreParts;
  readonly #context: RestoreContext;
  readonly #write: (changes: CatalogueChanges) => Promise<boolean>;
  #pending: PendingOriginal | null = null;

  /** @param write false: it was not written, and nothing more will be */
  constructor(
    parts: RestoreParts,
    context: RestoreContext,
    write: (changes: CatalogueChanges) => Promise<boolean>,
  ) {
    this.#parts = parts;
    this.#context = context;
    this.#write = write;
  }

  /** Gathers the parts of a file; the last one brings it in. */
  async take({ sha256, type, size, from, bytes }: OriginalEntry, at: number): Promise<void> {
    const piece = { from: at, length: bytes.length };
    if (from === 0) {
      this.dropPending();
      this.#pending = { sha256, type, size, pieces: [], next: 0 };
    }
    const original = this.#pending;
    if (original === null || original.sha256 !== sha256 || original.next !== from) return;
    original.pieces.push(piece);
    original.next += bytes.length;
    if (original.next < size) return;
    this.#pending = null;
    const ids = this.#context.lacking.get(sha256);
    if (ids === undefined) return;
    const { files, join, catalogue, dry } = this.#parts;
    const file = join(original.pieces, type);
    if (original.next !== size || (!dry && (await files.sha256(file)) !== sha256)) {
      this.#context.report.originals.damaged++;
      return;
    }
    this.#context.report.originals.fresh++;
    if (!dry) await catalogue.exclusive(() => this.#bringBack(sha256, file, ids));
  }

  /** Parts of the file before are missing. */
  dropPending(): void {
    if (this.#pending !== null) this.#context.report.originals.damaged++;
    this.#pending = null;
  }

  async #bringBack(sha256: string, file: FileBytes, wanted: readonly PhotoId[]): Promise<void> {
    const { catalogue, enqueue } = this.#parts;
    const { store, table } = catalogue;
    const ids = wanted.filter((id) => table.has(id) && (table.columns.flags[id]! & absentFlag) !== 0);
    const records = (await store.records(ids)).filter((record) => record !== null);
    const [content = null] = await store.contents([sha256]);
    const photoRows = new Map<PhotoId, PhotoRow>();
    const changed: PhotoRecord[] = [];
    const fresh: PhotoId[] = [];
    const blobs: { key: number; bytes: FileBytes }[] = [];
    let { blob } = catalogue.counters;
    const put = (): number => {
      blobs.push({ key: blob, bytes: file });
      return blob++;
    };
    // All photos of a content share its bytes; those that are still to be processed have their own.
    let shared = content?.blob ?? null;
    for (const record of records) {
      const row = table.row(record.id);
      const isReady = row.content !== null;
      if (isReady) shared ??= put();
      // A file that is at fault still is.
      const isDone = isReady || row.status === photoStatusCodes.failed;
      const status = isDone ? row.status : photoStatusCodes.queued;
      // What was queued before has its turn already.
      if (!isDone && row.status !== photoStatusCodes.queued) fresh.push(record.id);
      photoRows.set(record.id, { ...row, status, flags: row.flags & ~absentFlag & ~missingFlag });
      const source = { kind: 'stored', blob: isReady ? shared! : put() } as const;
      changed.push({ ...record, source, failure: isDone ? record.failure : null });
    }
    const contents = content !== null && content.blob !== shared ? [{ ...content, blob: shared }] : [];
    const counters = { ...catalogue.counters, blob };
    if (!(await this.#write({ counters, photoRows, records: changed, contents, blobs }))) return;
    enqueue(fresh);
  }
}
