import type {
  BackupEntry,
  ContentEntry,
  OriginalEntry,
  SectionName,
  SectionRows,
} from '../../backup/entries.ts';
import type { Catalogue, CatalogueChanges } from '../catalogue.ts';
import type { FileBytes } from '../file-handle.ts';
import type { Files } from '../file-ports.ts';
import { type ContentId, type Exif, type Failure, type PhotoId, photoStatusCodes } from '../photo.ts';
import type { WriteResult } from '../photo-store.ts';
import { absentFlag, missingFlag, type PhotoRow } from '../photo-table.ts';
import type { ContentRecord, MarkChunk, PhotoRecord } from '../stored-rows.ts';
import { GroupPlan, type RestoredPhoto } from './group-plan.ts';
import { PhotoPairs } from './pair-photos.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';
import { emptyTally, type RestoreReport } from './restore-report.ts';
import { type BackupSection, backupSections } from './sections.ts';

/** What the reader of a backup file finds, one after another. */
export type BackupStep =
  | {
      readonly type: 'entry';
      readonly entry: BackupEntry<Exif, Failure>;
      /** Of an original's part: where its bytes lie in the file. */
      readonly at: number;
    }
  /** Frames that are damaged. */
  | { readonly type: 'lost'; readonly count: number }
  /** A frame that this Picsift does not know. */
  | { readonly type: 'unknown' }
  | { readonly type: 'end'; readonly complete: boolean };

export interface RestoreParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly now: number;
  /** Nothing is written: what would be is counted. */
  readonly dry: boolean;
  /** Joins pieces of the backup file to one file, without reading them. */
  readonly join: (pieces: readonly FilePiece[], type: string) => FileBytes;
  /** Results are there: tags and index follow. */
  readonly committed: (plan: Pick<GroupPlan, 'photoRows' | 'contentRows'>) => void;
  /** Rows of a section are stored: who keeps them in memory reads them again. */
  readonly merged: (section: SectionName) => void;
  /** Photos that are to be processed. */
  readonly enqueue: (ids: readonly PhotoId[]) => void;
  /** False: stop between two transactions. */
  readonly wanted: () => boolean;
}

export interface FilePiece {
  readonly from: number;
  readonly length: number;
}

/** Which count of the report each part of a section's changes belongs to. */
const countedAs = {
  labels: 'labels',
  labelSets: 'sets',
  models: 'models',
  labelMarks: 'marks',
  duplicateDecisions: 'duplicates',
  searches: 'searches',
  itemNames: 'items',
} as const satisfies Partial<Record<keyof SectionChanges, SectionName>>;

interface PendingOriginal extends Omit<OriginalEntry, 'bytes' | 'from'> {
  readonly pieces: FilePiece[];
  next: number;
}

/**
 * Takes a backup in, group by group, each in one transaction: wherever it ends, what is there is whole, and taking the same
 * file in again goes on. See [Note: Same photo as in a backup].
 */
export class Restore {
  readonly #parts: RestoreParts;
  readonly #context: RestoreContext;
  readonly #pairs: PhotoPairs;
  #photos: { readonly group: number; readonly photos: readonly RestoredPhoto[] } | null = null;
  #original: PendingOriginal | null = null;

  constructor(parts: RestoreParts) {
    const { catalogue, now } = parts;
    this.#parts = parts;
    this.#context = {
      catalogue,
      now,
      report: emptyTally(),
      labels: new Map(),
      sets: new Map(),
      setOf: new Map(),
      nextLabel: catalogue.labels.size,
      models: new Map(),
      dims: new Map(),
      photos: new Map(),
      taken: new Set(),
      named: null,
      lacking: new Map(),
    };
    this.#pairs = new PhotoPairs(catalogue, this.#context.taken);
  }

  async run(steps: AsyncIterable<BackupStep>): Promise<RestoreReport> {
    const { report } = this.#context;
    for await (const step of steps) {
      if (!this.#parts.wanted()) report.stopped = 'cancelled';
      if (report.stopped !== null) return report;
      await this.#take(step);
    }
    return report;
  }

  async #take(step: BackupStep): Promise<void> {
    const { report } = this.#context;
    if (step.type === 'entry') return this.#entry(step.entry, step.at);
    if (step.type === 'lost') {
      report.lostFrames += step.count;
    } else if (step.type === 'unknown') {
      report.unknownFrames++;
    } else {
      await this.#flush(new Map());
      this.#dropOriginal();
      report.complete = step.complete;
    }
  }

  async #entry(entry: BackupEntry<Exif, Failure>, at: number): Promise<void> {
    if (entry.kind === 'contents' && entry.group === this.#photos?.group) {
      return this.#flush(new Map(entry.contents.map((content) => [content.sha256, content])));
    }
    await this.#flush(new Map());
    switch (entry.kind) {
      case 'head':
        this.#context.report.head = entry.head;
        return;
      case 'rows':
        return this.#rows(entry.section, entry.rows);
      case 'photos':
        this.#photos = entry;
        return;
      case 'original':
        return this.#part(entry, at);
      case 'contents':
        return; // the frame with its photos is lost, and told as such
    }
  }

  #rows<Name extends SectionName>(name: Name, rows: readonly SectionRows[Name][]): Promise<void> {
    const section: BackupSection<SectionRows[Name]> = backupSections[name];
    return this.#parts.catalogue.exclusive(async () => {
      this.#passLabels();
      const changes = await section.merge(rows, this.#context);
      if (!(await this.#write(changes))) return;
      for (const [part, counted] of Object.entries(countedAs)) {
        this.#context.report.rows[counted] += changes[part as keyof typeof countedAs]?.length ?? 0;
      }
      if (this.#parts.dry) return;
      this.#loadMarks(changes.labelMarks ?? []);
      this.#parts.merged(name);
    });
  }

  #loadMarks(chunks: readonly MarkChunk[]): void {
    const { marks, tags, feed } = this.#parts.catalogue;
    marks.load(chunks);
    const photos = new Set<PhotoId>();
    for (const { pairs } of chunks) {
      for (let i = 0; i < pairs.length; i += 2) photos.add(pairs[i] as PhotoId);
    }
    for (const photo of photos) tags.recombine(photo);
    feed.photos(photos);
  }

  /** Takes in the photos that wait for what was made of them. */
  async #flush(results: ReadonlyMap<string, ContentEntry>): Promise<void> {
    if (this.#photos === null) return;
    const { photos } = this.#photos;
    this.#photos = null;
    await this.#parts.catalogue.exclusive(() => this.#group(photos, results));
  }

  async #group(photos: readonly RestoredPhoto[], results: ReadonlyMap<string, ContentEntry>): Promise<void> {
    const { catalogue, committed } = this.#parts;
    const { store, table } = catalogue;
    this.#passLabels();
    const contents = await this.#contentsOf(photos);
    for (const entry of results.values()) await this.#learnDim(entry);
    // What photos without a content are known by.
    const unknown = photos
      .flatMap((entry) => this.#pairs.namesakes(entry))
      .filter((id) => !table.columns.content[id]);
    const sha256Of = new Map<PhotoId, string | null>();
    for (const record of await store.records(unknown)) if (record) sha256Of.set(record.id, record.sha256);
    const contentOf = (sha256: string): ContentId | null => contents.get(sha256)?.id ?? null;
    const pairs = this.#pairs.find(photos, contentOf, sha256Of);
    const known = pairs.filter((id) => id !== null);
    const records = new Map<PhotoId, PhotoRecord>();
    for (const record of await store.records(known)) if (record) records.set(record.id, record);

    const plan = new GroupPlan(this.#context, contents, results);
    const ids = photos.map((entry, i) => {
      const id = pairs[i]!;
      if (id === null) return plan.add(entry);
      plan.merge(id, records.get(id) ?? null, entry);
      return id;
    });
    if (!(await this.#write(plan.changes()))) return;
    for (const [i, id] of ids.entries()) {
      this.#context.photos.set(photos[i]!.id, id);
      if (this.#parts.dry || pairs[i] !== null) continue;
      this.#context.taken.add(id);
      this.#pairs.added(id, photos[i]!.name);
    }
    if (this.#parts.dry) return;
    for (const [id, said] of plan.said) {
      for (const label of catalogue.tags.verdictsOf(id).keys()) {
        if (!said.has(label)) catalogue.tags.setVerdict(id, label, null);
      }
      for (const [label, { verdict, at }] of said) catalogue.tags.setVerdict(id, label, verdict, at);
    }
    catalogue.feed.photos(plan.said.keys());
    committed(plan);
  }

  /** The person may have made labels between two groups: their numbers are taken. */
  #passLabels(): void {
    this.#context.nextLabel = Math.max(this.#context.nextLabel, this.#parts.catalogue.labels.size);
  }

  async #contentsOf(photos: readonly RestoredPhoto[]): Promise<Map<string, ContentRecord | null>> {
    const hashes = [...new Set(photos.flatMap(({ sha256 }) => sha256 ?? []))];
    const found = await this.#parts.catalogue.store.contents(hashes);
    return new Map(hashes.map((sha256, i) => [sha256, found[i] ?? null]));
  }

  /** How long the vectors of an entry's model are: as those that are here, else as the first that comes. */
  async #learnDim(entry: ContentEntry): Promise<void> {
    const { models, dims, catalogue } = this.#context;
    const model = models.get(entry.model)?.model;
    if (model === undefined || dims.has(model.number)) return;
    const { store, table } = catalogue;
    for (const id of table.ids()) {
      const content = table.contentOf(id);
      if (table.columns.model[id] !== model.number || content === null) continue;
      const [vector] = await store.vectors(model.key, [content]);
      if (!vector) continue;
      dims.set(model.number, vector.length);
      return;
    }
    if (entry.vector !== null) dims.set(model.number, entry.dim);
  }

  /** Gathers the parts of a file; the last one brings it in. */
  async #part({ sha256, type, size, from, bytes }: OriginalEntry, at: number): Promise<void> {
    const piece = { from: at, length: bytes.length };
    if (from === 0) {
      this.#dropOriginal();
      this.#original = { sha256, type, size, pieces: [], next: 0 };
    }
    const original = this.#original;
    if (original === null || original.sha256 !== sha256 || original.next !== from) return;
    original.pieces.push(piece);
    original.next += bytes.length;
    if (original.next < size) return;
    this.#original = null;
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
  #dropOriginal(): void {
    if (this.#original !== null) this.#context.report.originals.damaged++;
    this.#original = null;
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

  /** False: it was not written, and nothing more will be. Nothing is written of a dry run. */
  async #write(changes: CatalogueChanges): Promise<boolean> {
    const { catalogue, dry } = this.#parts;
    if (dry || isEmpty(changes)) return true;
    const result: WriteResult = await catalogue.write(changes, 'relaxed');
    if (result === 'written') return true;
    this.#context.report.stopped = result === 'lost' ? 'cancelled' : result;
    return false;
  }
}

function isEmpty(changes: CatalogueChanges): boolean {
  return Object.entries(changes).every(([part, value]) =>
    part === 'counters'
      ? true
      : Array.isArray(value)
        ? value.length === 0
        : (value as Map<unknown, unknown>).size === 0,
  );
}
