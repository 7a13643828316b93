import type { Catalogue, CatalogueChanges } from './catalogue.ts';
import { FileTagPlan } from './file-tags.ts';
import type { Embedded } from './model-ports.ts';
import { type ContentId, type PhotoId, photoStatusCodes, transientFailures } from './photo.ts';
import { type PhotoRow, triedFlag, wallClock } from './photo-table.ts';
import type {
  ContentRecord,
  ContentRow,
  PhotoRecord,
  SignatureRow,
  StoredModel,
  StoredThumbnail,
} from './stored-rows.ts';

/** What came out of processing one photo. */
export interface PhotoResult {
  readonly id: PhotoId;
  /** The photo when processing began: it may have changed since. */
  readonly seen: {
    readonly row: PhotoRow;
    readonly path: string | null;
    /** See `Catalogue.placements`. */
    readonly placements: number;
  };
  /** Bytes and time of the file that was processed: what is behind a handle may have changed. */
  readonly size: number;
  readonly modifiedAt: number;
  readonly outcome: Embedded;
}

/** A result beside what is stored of its photo now. */
export interface CurrentResult extends PhotoResult {
  readonly record: PhotoRecord;
}

type Ready = Extract<Embedded, { ok: true }>;

/**
 * Decides what a batch of results changes: which photos share a content, what is stored once, what nobody needs any
 * more. Nothing is written here.
 */
export class ResultPlan {
  readonly photoRows = new Map<PhotoId, PhotoRow>();
  readonly contentRows: ContentRow[] = [];
  readonly signatureRows: SignatureRow[] = [];
  readonly #catalogue: Catalogue;
  /** Contents as they will be, by SHA-256; null: not known to the library. */
  readonly #contents: Map<string, ContentRecord | null>;
  readonly #touched = new Set<string>();
  readonly #records: PhotoRecord[] = [];
  readonly #thumbnails: { content: ContentId; thumbnail: StoredThumbnail }[] = [];
  readonly #deletedBlobs: number[] = [];
  readonly #deletedContents: string[] = [];
  readonly #deletedThumbnails: ContentId[] = [];
  readonly #fileTags: FileTagPlan;
  #nextContent: number;

  /** @param contents what is stored of every SHA-256 that the results (old and new) name */
  constructor(catalogue: Catalogue, contents: ReadonlyMap<string, ContentRecord | null>) {
    this.#catalogue = catalogue;
    this.#contents = new Map(contents);
    this.#nextContent = catalogue.counters.content;
    this.#fileTags = new FileTagPlan(catalogue, catalogue.labels.size);
  }

  /** False: the photo is gone meanwhile, or had results already that stay. */
  add(result: CurrentResult): boolean {
    const { table } = this.#catalogue;
    if (!table.has(result.id)) return false;
    if (result.outcome.ok) {
      this.#ready(result, result.outcome);
      return true;
    }
    const row = this.photoRows.get(result.id) ?? table.row(result.id);
    // Results of another model are better than none.
    if (row.status === photoStatusCodes.ready) return false;
    const { failure, sha256 } = result.outcome;
    const forNow = transientFailures.has(failure.code);
    const status = forNow ? photoStatusCodes.deferred : photoStatusCodes.failed;
    this.photoRows.set(result.id, { ...row, status, flags: row.flags | triedFlag });
    this.#records.push({
      ...result.record,
      failure,
      // The content that it still has is the one of the bytes before.
      sha256: row.content === null ? (sha256 ?? result.record.sha256) : result.record.sha256,
      attempts: result.record.attempts + 1,
    });
    return true;
  }

  changes(): CatalogueChanges {
    return {
      counters: { ...this.#catalogue.counters, content: this.#nextContent },
      photoRows: this.photoRows,
      fileTags: this.#fileTags.photos,
      ...(this.#fileTags.labels.length > 0 && { labels: this.#fileTags.labels }),
      records: this.#records,
      contents: [...this.#touched].flatMap((sha256) => this.#contents.get(sha256) ?? []),
      deletedContents: this.#deletedContents,
      rows: this.contentRows,
      signatures: this.signatureRows,
      thumbnails: this.#thumbnails,
      deletedThumbnails: this.#deletedThumbnails,
      clearedRows: this.#deletedThumbnails,
      deletedBlobs: this.#deletedBlobs,
    };
  }

  #ready({ id, record, size, modifiedAt }: CurrentResult, outcome: Ready): void {
    const { table } = this.#catalogue;
    const model = this.#catalogue.modelByKey(outcome.model);
    if (model === null) throw new Error(`results of a model that was not announced: ${outcome.model.id}`);
    const row = this.photoRows.get(id) ?? table.row(id);
    const isNew = (this.#contents.get(outcome.sha256) ?? null) === null;
    const content = this.#contentOf(row, record, outcome.sha256);
    if (isNew) {
      this.#thumbnails.push({ content: content.id, thumbnail: outcome.thumbnail });
      this.signatureRows.push({ content: content.id, signature: outcome.signature });
    }
    if (isNew || !this.#hasResults(content.id, model)) {
      this.contentRows.push({
        model: outcome.model,
        content: content.id,
        scores: outcome.scores,
        embedding: outcome.embedding,
      });
    }
    this.photoRows.set(id, {
      ...row,
      status: photoStatusCodes.ready,
      flags: row.flags | triedFlag,
      capturedAt: this.#capturedAt(row, record, outcome, modifiedAt),
      modifiedAt,
      size,
      width: outcome.width,
      height: outcome.height,
      content: content.id,
      model: model.number,
    });
    // The others of this content have the new model's results with it.
    for (const other of table.photosOf(content.id)) {
      const otherRow = this.photoRows.get(other) ?? table.row(other);
      if (otherRow.model !== model.number) this.photoRows.set(other, { ...otherRow, model: model.number });
    }
    this.#fileTags.set(id, outcome.exif?.keywords ?? []);
    this.#records.push({
      ...record,
      source: this.#shareBytes(record, outcome.sha256),
      sha256: outcome.sha256,
      exif: outcome.exif,
      failure: null,
    });
  }

  /** Of bytes that were looked at before it stays: the person or a duplicate may have given another one. */
  #capturedAt(row: PhotoRow, { sha256, exif }: PhotoRecord, outcome: Ready, modifiedAt: number): number {
    const [before, now] = [exif?.capturedAt ?? null, outcome.exif?.capturedAt ?? null];
    if (sha256 === outcome.sha256 && before === now) return row.capturedAt;
    return now ?? wallClock(modifiedAt);
  }

  /** The content of these bytes, with this photo counted among those that have it. */
  #contentOf(row: PhotoRow, record: PhotoRecord, sha256: string): ContentRecord {
    const known = this.#contents.get(sha256) ?? null;
    if (known !== null && row.content === known.id) return known;
    if (row.content !== null && record.sha256 !== null) this.#leave(record.sha256);
    const content: ContentRecord =
      known === null
        ? { id: this.#nextContent++ as ContentId, sha256, refs: 1, blob: null }
        : { ...known, refs: known.refs + 1 };
    this.#put(content);
    return content;
  }

  /** Equal bytes are stored once: the content keeps the first that came, the photo's own go. */
  #shareBytes(record: PhotoRecord, sha256: string): PhotoRecord['source'] {
    const { source } = record;
    const content = this.#contents.get(sha256)!;
    if (source.kind !== 'stored' || source.blob === content.blob) return source;
    if (content.blob === null) {
      this.#put({ ...content, blob: source.blob });
      return source;
    }
    this.#deletedBlobs.push(source.blob);
    return { kind: 'stored', blob: content.blob };
  }

  /** The file behind a handle changed: one photo less has the former content. */
  #leave(sha256: string): void {
    const content = this.#contents.get(sha256) ?? null;
    if (content === null) return;
    if (content.refs > 1) {
      this.#put({ ...content, refs: content.refs - 1 });
      return;
    }
    this.#contents.set(sha256, null);
    this.#touched.delete(sha256);
    this.#deletedContents.push(sha256);
    this.#deletedThumbnails.push(content.id);
    if (content.blob !== null) this.#deletedBlobs.push(content.blob);
  }

  #put(content: ContentRecord): void {
    this.#contents.set(content.sha256, content);
    this.#touched.add(content.sha256);
  }

  #hasResults(content: ContentId, model: StoredModel): boolean {
    if (this.contentRows.some((row) => row.content === content)) return true;
    const { table } = this.#catalogue;
    return table.photosOf(content).some((id) => table.row(id).model === model.number);
  }
}
