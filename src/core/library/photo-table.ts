import { type ContentId, type PhotoId, type PhotoStatus, photoStatusCodes } from './photo.ts';
import {
  allocateColumns,
  chunkOf,
  columnNames,
  columnsIn,
  emptyChunk,
  type PhotoColumns,
  rowsPerChunk,
} from './photo-columns.ts';
import type { ColumnChunk, NameChunk } from './stored-rows.ts';

/** The packed part of a photo. */
export interface PhotoRow {
  /** `photoStatusCodes`; 0: there is no such photo. */
  readonly status: number;
  /**
   * Bit 0: processing was tried before. Bit 1: the source is a handle. Bit 2: its file was not there at the last look.
   * Bit 3: the source is absent. Bit 4: a favourite.
   */
  readonly flags: number;
  /** See [Note: Wall-clock times]. */
  readonly capturedAt: number;
  readonly modifiedAt: number;
  readonly importedAt: number;
  /** 0: not removed. */
  readonly removedAt: number;
  /** Bytes. */
  readonly size: number;
  readonly width: number;
  readonly height: number;
  /** Null until processed. */
  readonly content: ContentId | null;
  /** Number of the model that made the results; 0: none. */
  readonly model: number;
}

export const triedFlag = 1;
export const handleFlag = 2;
export const missingFlag = 4;
export const absentFlag = 8;
/** The person likes it. */
export const favouriteFlag = 16;

/**
 * [Note: Wall-clock times]
 * `capturedAt` is what a clock on the wall showed, in milliseconds since 1970 as if it were UTC: EXIF knows no zone. The
 * modification time stands in where there is no EXIF date; it is shifted by the zone of this device, so that both can
 * be compared, grouped by month, filtered by day, and shown with `timeZone: 'UTC'`.
 */
export function wallClock(instant: number): number {
  return Number.isFinite(instant) ? instant - new Date(instant).getTimezoneOffset() * 60_000 : 0;
}

const statusNames = Object.entries(photoStatusCodes) as [PhotoStatus, number][];

export function statusName(code: number): PhotoStatus {
  const found = statusNames.find(([, known]) => known === code);
  if (found === undefined) throw new Error(`status code ${code}; expected 1 to ${statusNames.length}`);
  return found[0];
}

/** All photos in memory: packed columns whose row is the photo's id, names, and the photos of each content. */
export class PhotoTable {
  /** Ids below this may exist. */
  end = 1;
  columns: PhotoColumns = allocateColumns(rowsPerChunk);
  readonly names: string[] = [''];
  readonly paths: (string | null)[] = [null];
  /** First photo of a content and the next one with the same content; 0: none. */
  #firstPhoto = new Uint32Array(rowsPerChunk);
  #nextPhoto = new Uint32Array(rowsPerChunk);

  has(id: number): id is PhotoId {
    return id > 0 && id < this.end && this.columns.status[id] !== 0;
  }

  row(id: PhotoId): PhotoRow {
    const columns = this.columns;
    const content = columns.content[id]!;
    return {
      status: columns.status[id]!,
      flags: columns.flags[id]!,
      capturedAt: columns.capturedAt[id]!,
      modifiedAt: columns.modifiedAt[id]!,
      importedAt: columns.importedAt[id]!,
      removedAt: columns.removedAt[id]!,
      size: columns.size[id]!,
      width: columns.width[id]!,
      height: columns.height[id]!,
      content: content === 0 ? null : ((content - 1) as ContentId),
      model: columns.model[id]!,
    };
  }

  name(id: PhotoId): string {
    return this.names[id] ?? '';
  }

  path(id: PhotoId): string | null {
    return this.paths[id] ?? null;
  }

  /** Null for a photo without one, and for an id that no photo has (links name what they like). */
  contentOf(id: PhotoId): ContentId | null {
    const content = this.columns.content[id] ?? 0;
    return content === 0 ? null : ((content - 1) as ContentId);
  }

  /** Photos that share a content, by number. */
  photosOf(content: ContentId): PhotoId[] {
    const photos: PhotoId[] = [];
    for (let id = this.#firstPhoto[content] ?? 0; id !== 0; id = this.#nextPhoto[id]!) {
      photos.push(id as PhotoId);
    }
    // They are chained in the order of processing, which differs from time to time.
    return photos.length < 2 ? photos : photos.sort((a, b) => a - b);
  }

  /** The name of the photo's file: its name in the library may be another one by now. */
  fileName(id: PhotoId): string {
    const path = this.path(id);
    return path === null ? this.name(id) : path.slice(path.lastIndexOf('/') + 1);
  }

  /** Every photo that exists, by id. */
  *ids(): Generator<PhotoId> {
    for (let id = 1; id < this.end; id++) {
      if (this.columns.status[id] !== 0) yield id as PhotoId;
    }
  }

  add(id: PhotoId, row: PhotoRow, name: string, path: string | null): void {
    this.#grow(id + 1);
    this.names[id] = name;
    this.paths[id] = path;
    this.set(id, row);
  }

  set(id: PhotoId, row: PhotoRow): void {
    const before = this.columns.content[id]!;
    const after = row.content === null ? 0 : row.content + 1;
    if (before !== after) {
      if (before !== 0) this.#unlink(id, before - 1);
      if (after !== 0) this.#link(id, after - 1);
    }
    writeRow(this.columns, id, row);
  }

  delete(id: PhotoId): void {
    if (!this.has(id)) return;
    const content = this.columns.content[id]!;
    if (content !== 0) this.#unlink(id, content - 1);
    for (const name of columnNames) this.columns[name][id] = 0;
    this.names[id] = '';
    this.paths[id] = null;
  }

  load(columns: readonly ColumnChunk[], names: readonly NameChunk[]): void {
    for (const { chunk, bytes } of columns) {
      const first = chunk * rowsPerChunk;
      this.#grow(first + rowsPerChunk);
      const views = columnsIn(bytes);
      for (const name of columnNames) this.columns[name].set(views[name], first);
      for (let id = first; id < first + rowsPerChunk; id++) {
        const content = this.columns.content[id]!;
        if (content !== 0) this.#link(id, content - 1);
      }
    }
    for (const { chunk, names: chunkNames, paths } of names) {
      const first = chunk * rowsPerChunk;
      for (let i = 0; i < chunkNames.length; i++) {
        this.names[first + i] = chunkNames[i]!;
        this.paths[first + i] = paths[i]!;
      }
    }
  }

  /** The chunk as it will be once `changes` hold (null: deleted); the table itself does not change. */
  encodeColumns(chunk: number, changes: ReadonlyMap<PhotoId, PhotoRow | null>): ColumnChunk {
    const first = chunk * rowsPerChunk;
    const bytes = emptyChunk();
    const views = columnsIn(bytes);
    for (const name of columnNames) {
      views[name].set(this.columns[name].subarray(first, first + rowsPerChunk));
    }
    for (const [id, row] of changes) {
      if (chunkOf(id) !== chunk) continue;
      if (row === null) for (const name of columnNames) views[name][id - first] = 0;
      else writeRow(views, id - first, row);
    }
    return { chunk, bytes };
  }

  /** Likewise, for names and paths. */
  encodeNames(
    chunk: number,
    changes: ReadonlyMap<PhotoId, { readonly name: string; readonly path: string | null } | null>,
  ): NameChunk {
    const first = chunk * rowsPerChunk;
    const names: string[] = Array.from({ length: rowsPerChunk }, (_, i) => this.names[first + i] ?? '');
    const paths: (string | null)[] = Array.from(
      { length: rowsPerChunk },
      (_, i) => this.paths[first + i] ?? null,
    );
    for (const [id, text] of changes) {
      if (chunkOf(id) !== chunk) continue;
      names[id - first] = text?.name ?? '';
      paths[id - first] = text?.path ?? null;
    }
    return { chunk, names, paths };
  }

  #grow(end: number): void {
    const capacity = this.columns.status.length;
    if (end > capacity) {
      const larger = allocateColumns(Math.max(end, capacity * 2));
      for (const name of columnNames) larger[name].set(this.columns[name]);
      this.columns = larger;
      this.#nextPhoto = grown(this.#nextPhoto, larger.status.length);
    }
    for (let id = this.end; id < end; id++) {
      this.names[id] ??= '';
      this.paths[id] ??= null;
    }
    this.end = Math.max(this.end, end);
  }

  #link(id: number, content: number): void {
    if (content >= this.#firstPhoto.length) {
      this.#firstPhoto = grown(this.#firstPhoto, Math.max(content + 1, this.#firstPhoto.length * 2));
    }
    this.#nextPhoto[id] = this.#firstPhoto[content]!;
    this.#firstPhoto[content] = id;
  }

  #unlink(id: number, content: number): void {
    const next = this.#nextPhoto[id]!;
    if (this.#firstPhoto[content] === id) {
      this.#firstPhoto[content] = next;
    } else {
      let before = this.#firstPhoto[content]!;
      while (this.#nextPhoto[before] !== id) before = this.#nextPhoto[before]!;
      this.#nextPhoto[before] = next;
    }
    this.#nextPhoto[id] = 0;
  }
}

function writeRow(columns: PhotoColumns, at: number, row: PhotoRow): void {
  columns.status[at] = row.status;
  columns.flags[at] = row.flags;
  columns.capturedAt[at] = row.capturedAt;
  columns.modifiedAt[at] = row.modifiedAt;
  columns.importedAt[at] = row.importedAt;
  columns.removedAt[at] = row.removedAt;
  columns.size[at] = row.size;
  columns.width[at] = row.width;
  columns.height[at] = row.height;
  columns.content[at] = row.content === null ? 0 : row.content + 1;
  columns.model[at] = row.model;
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
