import type { ContentEntry, DecisionEntry, PhotoEntry } from '../../backup/entries.ts';
import { isBlank, readUnitVector, recordBytes } from '../../index/stored-vectors.ts';
import type { LabelNumber, Verdict } from '../../tagging/label.ts';
import { rivalsOf } from '../../tagging/label-set.ts';
import type { CatalogueChanges, PhotoText } from '../catalogue.ts';
import { FileTagPlan } from '../file-tags.ts';
import {
  type ContentId,
  type Exif,
  type Failure,
  type PhotoId,
  photoStatusCodes,
  transientFailures,
} from '../photo.ts';
import { absentFlag, favouriteFlag, missingFlag, type PhotoRow, triedFlag } from '../photo-table.ts';
import type { ContentRecord, ContentRow, PhotoRecord, StoredLabel, StoredThumbnail } from '../stored-rows.ts';
import { verdictChunks } from '../verdict-chunks.ts';
import type { RestoreContext } from './restore-context.ts';

/** Conflicts that are listed one by one. */
const mostConflicts = 200;

export type RestoredPhoto = PhotoEntry<Exif, Failure>;

interface Said {
  readonly verdict: Verdict;
  readonly at: number;
}

/** What taking one group of photos in changes; nothing is written here. */
export class GroupPlan {
  readonly photoRows = new Map<PhotoId, PhotoRow>();
  readonly contentRows: ContentRow[] = [];
  readonly photoTexts = new Map<PhotoId, PhotoText>();
  /** Verdicts as they will be, of photos whose verdicts change. */
  readonly said = new Map<PhotoId, Map<LabelNumber, Said>>();
  readonly #context: RestoreContext;
  /** By SHA-256, as they will be. */
  readonly #contents: Map<string, ContentRecord | null>;
  readonly #entries: ReadonlyMap<string, ContentEntry>;
  readonly #touched = new Set<string>();
  readonly #models = new Map<ContentId, number>();
  readonly #records: PhotoRecord[] = [];
  readonly #thumbnails: { content: ContentId; thumbnail: StoredThumbnail }[] = [];
  readonly #labels: StoredLabel[] = [];
  readonly #keywords: { readonly id: PhotoId; readonly words: readonly string[] }[] = [];
  #photo: number;
  #content: number;

  constructor(
    context: RestoreContext,
    contents: ReadonlyMap<string, ContentRecord | null>,
    entries: ReadonlyMap<string, ContentEntry>,
  ) {
    this.#context = context;
    this.#contents = new Map(contents);
    this.#entries = entries;
    ({ photo: this.#photo, content: this.#content } = context.catalogue.counters);
  }

  /** A photo that is not here yet. */
  add(entry: RestoredPhoto): PhotoId {
    const { now, report } = this.#context;
    const isFailed = entry.failure !== null && !transientFailures.has(entry.failure.code);
    const id = this.#photo++ as PhotoId;
    const row: PhotoRow = {
      status: isFailed ? photoStatusCodes.failed : photoStatusCodes.deferred,
      flags: absentFlag | missingFlag | triedFlag | (entry.favourite ? favouriteFlag : 0),
      capturedAt: entry.capturedAt,
      modifiedAt: entry.modifiedAt,
      importedAt: entry.importedAt,
      // It is kept from now on for as long as any photo that is removed.
      removedAt: entry.removedAt === 0 ? 0 : now,
      size: entry.size,
      width: 0,
      height: 0,
      content: null,
      model: 0,
    };
    const { type, sha256, exif } = entry;
    const failure: Failure = isFailed ? entry.failure! : { code: 'file-missing' };
    const source = { kind: 'absent' } as const;
    this.photoTexts.set(id, { name: entry.name, path: entry.path });
    this.#decide(id, entry, new Map());
    const record = { id, type, source, sha256, exif, failure, attempts: 0 };
    if (exif?.keywords?.length) this.#keywords.push({ id, words: exif.keywords });
    this.#give(id, row, record, entry);
    report.photos.fresh++;
    if (this.photoRows.get(id)!.content === null && !isFailed) report.withoutResults++;
    return id;
  }

  /** A photo that is here: it keeps all it has, and gets what it lacks. */
  merge(id: PhotoId, record: PhotoRecord | null, entry: RestoredPhoto): void {
    const { catalogue, report } = this.#context;
    const { tags, table } = catalogue;
    const here = new Map<LabelNumber, Said>();
    for (const [label, verdict] of tags.verdictsOf(id)) {
      here.set(label, { verdict, at: tags.verdictTime(id, label) });
    }
    this.#decide(id, entry, here);
    report.photos.known++;
    if (table.columns.removedAt[id] !== 0) report.photos.removed++;
    const before = table.row(id);
    const row = entry.favourite ? { ...before, flags: before.flags | favouriteFlag } : before;
    if (row.flags !== before.flags) this.photoRows.set(id, row);
    if (record === null || record.source.kind !== 'absent') return;
    this.#give(id, row, record, entry);
  }

  changes(): CatalogueChanges {
    const { catalogue } = this.#context;
    const ids = [...this.said.keys()];
    const fileTags = new FileTagPlan(catalogue, this.#context.nextLabel);
    for (const { id, words } of this.#keywords) fileTags.set(id, words);
    this.#context.nextLabel = fileTags.next;
    const labels = [...this.#labels, ...fileTags.labels];
    return {
      counters: { ...catalogue.counters, photo: this.#photo, content: this.#content },
      photoRows: this.photoRows,
      photoTexts: this.photoTexts,
      records: this.#records,
      contents: [...this.#touched].flatMap((sha256) => this.#contents.get(sha256) ?? []),
      rows: this.contentRows,
      thumbnails: this.#thumbnails,
      fileTags: fileTags.photos,
      ...(labels.length > 0 && { labels }),
      verdicts: verdictChunks(
        catalogue,
        ids,
        (id) => new Map([...this.said.get(id)!].map(([label, { verdict }]) => [label, verdict])),
        (id, label) => this.said.get(id)!.get(label)!.at,
      ),
    };
  }

  /** Notes a photo that has no file here, with previews and scores if they are in the backup or here already. */
  #give(id: PhotoId, row: PhotoRow, record: PhotoRecord, entry: RestoredPhoto): void {
    const { lacking, report } = this.#context;
    const { sha256 } = entry;
    if (sha256 === null) {
      this.#keep(id, row, record);
      return;
    }
    const content = row.content === null ? this.#contentOf(sha256) : null;
    const known = this.#contents.get(sha256) ?? null;
    const hasFile = known !== null && known.blob !== null && (content !== null || row.content !== null);
    if (!hasFile && report.head?.originals !== false) {
      const others = lacking.get(sha256);
      if (others === undefined) lacking.set(sha256, [id]);
      else others.push(id);
    }
    const source = hasFile ? ({ kind: 'stored', blob: known.blob! } as const) : record.source;
    const flags = hasFile ? row.flags & ~absentFlag & ~missingFlag : row.flags;
    if (content === null) {
      this.#keep(id, { ...row, flags }, { ...record, sha256, source });
      return;
    }
    const { width, height } = this.#sizeOf(content, entry);
    const model = this.#models.get(content.id)!;
    const status = photoStatusCodes.ready;
    this.#keep(
      id,
      { ...row, flags, status, width, height, content: content.id, model },
      { ...record, sha256, source, exif: record.exif ?? entry.exif, failure: null },
    );
  }

  #keep(id: PhotoId, row: PhotoRow, record: PhotoRecord): void {
    this.photoRows.set(id, row);
    this.#records.push(record);
  }

  #sizeOf(content: ContentRecord, entry: PhotoEntry): { width: number; height: number } {
    if (entry.width > 0 && entry.height > 0) return entry;
    const { table } = this.#context.catalogue;
    const [other] = table.photosOf(content.id);
    return other === undefined ? { width: 0, height: 0 } : table.row(other);
  }

  /** The content of these bytes with one photo more; null: neither here nor in the backup is anything of it. */
  #contentOf(sha256: string): ContentRecord | null {
    const known = this.#contents.get(sha256) ?? null;
    if (known !== null) {
      const { table } = this.#context.catalogue;
      const [other] = table.photosOf(known.id);
      if (other !== undefined) this.#models.set(known.id, table.columns.model[other]!);
      return this.#put({ ...known, refs: known.refs + 1 });
    }
    const entry = this.#entries.get(sha256);
    const model = entry && this.#context.models.get(entry.model);
    const dim = model && this.#context.dims.get(model.model.number);
    if (entry === undefined || model === undefined || dim === undefined) return null;
    if (entry.scores.length !== model.labels.length || (entry.vector !== null && entry.dim !== dim))
      return null;
    const id = this.#content++ as ContentId;
    this.#models.set(id, model.model.number);
    if (entry.thumbnail !== null) {
      const { bytes, ...rest } = entry.thumbnail;
      this.#thumbnails.push({ content: id, thumbnail: { ...rest, bytes: bytes.slice().buffer } });
    }
    this.contentRows.push({
      model: model.model.key,
      content: id,
      scores: inOrderOf(model.model.labels, model.labels, entry.scores),
      embedding: vectorOf(entry, dim),
    });
    return this.#put({ id, sha256, refs: 1, blob: null });
  }

  #put(content: ContentRecord): ContentRecord {
    this.#contents.set(content.sha256, content);
    this.#touched.add(content.sha256);
    return content;
  }

  /** The newer decision holds; what is here holds where neither is known to be newer. */
  #decide(id: PhotoId, { name, decisions }: PhotoEntry, here: Map<LabelNumber, Said>): void {
    const { report } = this.#context;
    let changed = false;
    for (const { label, verdict, at } of decisions) {
      const number = this.#labelOf(label);
      // In some sets one label of a photo rules the others out: two of them contradict each other like yes and no.
      const rival = verdict === 'accepted' ? this.#rivalOf(number, here) : null;
      const before = here.get(number) ?? (rival === null ? undefined : here.get(rival)!);
      if (rival === null && before?.verdict === verdict) {
        report.decisions.same++;
        continue;
      }
      const isTaken = before === undefined || at > before.at;
      if (before === undefined) report.decisions.fresh++;
      else {
        report.decisions[isTaken ? 'fromBackup' : 'fromHere']++;
        const kept = isTaken ? ('backup' as const) : ('here' as const);
        if (report.conflicts.length < mostConflicts) {
          const known = { label: this.#namesOf(rival ?? number), verdict: before.verdict };
          const said = { label: this.#namesOf(number), verdict };
          report.conflicts.push({ photo: name, here: known, backup: said, kept });
        }
      }
      if (!isTaken) continue;
      if (rival !== null) here.delete(rival);
      here.set(number, { verdict, at });
      changed = true;
    }
    if (changed) this.said.set(id, here);
  }

  /** A label that the photo has and cannot have beside this one. */
  #rivalOf(number: LabelNumber, here: ReadonlyMap<LabelNumber, Said>): LabelNumber | null {
    const { setOf, catalogue } = this.#context;
    const known = catalogue.labels.get(number)?.set;
    const set = setOf.get(number) ?? (known === undefined ? null : catalogue.labelSet(known));
    if (set === null) return null;
    return rivalsOf(set, number).find((rival) => here.get(rival)?.verdict === 'accepted') ?? null;
  }

  #namesOf(number: LabelNumber): { en: string; zh: string } {
    const { catalogue, setOf } = this.#context;
    const inSet = setOf.get(number)?.labels.find((label) => label.number === number);
    const known = catalogue.labels.get(number) ?? inSet;
    return known?.names ?? this.#labels.find((label) => label.number === number)?.names ?? { en: '', zh: '' };
  }

  /** A label whose frames are lost is made again under its id: what was decided counts more than how it was written. */
  #labelOf(id: DecisionEntry['label']): LabelNumber {
    const context = this.#context;
    const known = context.labels.get(id) ?? context.catalogue.labels.byId(id)?.number;
    if (known !== undefined) return known;
    const number = context.nextLabel++ as LabelNumber;
    const name = id.replace(/^own:/, '');
    context.labels.set(id, number);
    context.report.rows.labels++;
    this.#labels.push({ number, id, names: { en: name, zh: name }, own: id.startsWith('own:') });
    return number;
  }
}

/** As long as all of its model; not numbers where the model made none. */
function vectorOf({ vector }: ContentEntry, dim: number): Float32Array<ArrayBuffer> {
  const read = new Float32Array(dim);
  if (vector === null || vector.length !== recordBytes(dim)) return read.fill(Number.NaN);
  // A view of a payload starts anywhere; records are read as whole words.
  const record = vector.slice();
  if (!isBlank(record, 0)) readUnitVector(record, 0, dim, read);
  return read;
}

/** Scores in the order of other labels; 0 for those that were not scored. */
function inOrderOf(
  wanted: readonly LabelNumber[],
  labels: readonly LabelNumber[],
  scores: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const isSame = wanted.length === labels.length && wanted.every((label, i) => label === labels[i]);
  if (isSame) return scores.slice();
  const byLabel = new Map(labels.map((label, i) => [label, scores[i]!]));
  return Uint8Array.from(wanted, (label) => byLabel.get(label) ?? 0);
}
