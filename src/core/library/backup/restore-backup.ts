import type { BackupEntry, ContentEntry, SectionName, SectionRows } from '../../backup/entries.ts';
import type { CatalogueChanges } from '../catalogue.ts';
import type { ContentId, Exif, Failure, PhotoId } from '../photo.ts';
import type { WriteResult } from '../photo-store.ts';
import type { ContentRecord, MarkChunk, PhotoRecord } from '../stored-rows.ts';
import { GroupPlan, type RestoredPhoto } from './group-plan.ts';
import { PhotoPairs } from './pair-photos.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';
import type { BackupStep, RestoreParts } from './restore-parts.ts';
import { emptyTally, type RestoreReport } from './restore-report.ts';
import { RestoredOriginals } from './restored-originals.ts';
import { type BackupSection, backupSections } from './sections.ts';

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

/**
 * Takes a backup in, group by group, each in one transaction: wherever it ends, what is there is whole, and taking the same
 * file in again goes on. See [Note: Same photo as in a backup].
 */
export class Restore {
  readonly #parts: RestoreParts;
  readonly #context: RestoreContext;
  readonly #pairs: PhotoPairs;
  #photos: { readonly group: number; readonly photos: readonly RestoredPhoto[] } | null = null;
  readonly #originals: RestoredOriginals;
  /** Large ones come in several parts, and count once. */
  readonly #heads = new Set<number>();
  readonly #versions = new Set<number>();

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
      setRows: new Map(),
      nextLabel: catalogue.labels.size,
      models: new Map(),
      dims: new Map(),
      photos: new Map(),
      taken: new Set(),
      versions: new Map(),
      named: null,
      decided: null,
      heads: null,
      lacking: new Map(),
    };
    this.#pairs = new PhotoPairs(catalogue, this.#context.taken);
    this.#originals = new RestoredOriginals(parts, this.#context, (changes) => this.#write(changes));
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
      this.#originals.dropPending();
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
        return this.#originals.take(entry, at);
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
      const counts = this.#context.report.rows;
      for (const [part, counted] of Object.entries(countedAs)) {
        counts[counted] += changes[part as keyof typeof countedAs]?.length ?? 0;
      }
      for (const { set } of changes.heads ?? []) this.#heads.add(set);
      for (const { version } of changes.versions ?? []) this.#versions.add(version.number);
      if (changes.duplicateScope !== undefined) counts.scope = 1;
      counts.heads = this.#heads.size;
      counts.versions = this.#versions.size;
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
