import type { Candidate } from './candidate.ts';
import type { Catalogue, PhotoText } from './catalogue.ts';
import type { KnownFile } from './folder-comparison.ts';
import { type PhotoId, photoStatusCodes } from './photo.ts';
import {
  absentFlag,
  handleFlag,
  missingFlag,
  type PhotoRow,
  type PhotoTable,
  wallClock,
} from './photo-table.ts';
import { StoreRefused } from './store-refused.ts';
import type { PhotoRecord } from './stored-rows.ts';

/** A photo and the file that it is from now on. */
export interface Placement {
  readonly known: Pick<KnownFile, 'id' | 'size' | 'modifiedAt'>;
  readonly candidate: Candidate;
  /** Number of the folder that the file lies in; null for a file that was chosen by itself. */
  readonly folder: number | null;
  /** Other bytes than before: to be processed again. */
  readonly isChanged: boolean;
}

const mostPhotos = 256;

/** The name of a photo once its file is there: one that it was given stays, else it is the file's. */
export function nameInPlace(table: PhotoTable, { id, source }: PhotoRecord, fileName: string): string {
  const path = table.path(id);
  const before = path === null ? null : path.slice(path.lastIndexOf('/') + 1);
  const known = before ?? (source.kind === 'handle' ? source.handle.name : table.name(id));
  return table.name(id) === known ? fileName : table.name(id);
}

/**
 * Photos are elsewhere from now on, or their files are not as they were. Photos that somebody else changed meanwhile are
 * left alone: the next look finds them. To be called outside of `exclusive`.
 *
 * @returns photos to be processed again
 */
export async function placePhotos(
  catalogue: Catalogue,
  placements: readonly Placement[],
): Promise<PhotoId[]> {
  const queued: PhotoId[] = [];
  for (let start = 0; start < placements.length; start += mostPhotos) {
    const part = placements.slice(start, start + mostPhotos);
    queued.push(...(await catalogue.exclusive(() => placePart(catalogue, part))));
  }
  return queued;
}

async function placePart(catalogue: Catalogue, part: readonly Placement[]): Promise<PhotoId[]> {
  const { table, store } = catalogue;
  const found = await store.records(part.map(({ known }) => known.id));
  const photoRows = new Map<PhotoId, PhotoRow>();
  const photoTexts = new Map<PhotoId, PhotoText>();
  const records: PhotoRecord[] = [];
  const queued: PhotoId[] = [];
  part.forEach(({ known, candidate, folder, isChanged }, i) => {
    const record = found[i];
    const { id } = known;
    const { handle, name, path, bytes, modifiedAt } = candidate;
    if (!record || record.source.kind === 'stored' || handle === null || !table.has(id)) return;
    const row = table.row(id);
    if (row.size !== known.size || row.modifiedAt !== known.modifiedAt) return;
    const isUndone = isChanged || row.status === photoStatusCodes.deferred;
    // What was removed was the picture of other bytes: about this one nothing was decided.
    const isAnother = isChanged && (record.sha256 !== null || bytes.size !== row.size);
    const removedAt = isAnother ? 0 : row.removedAt;
    photoRows.set(id, {
      ...row,
      size: bytes.size,
      modifiedAt,
      // The date stays with the bytes: a copy of the file, or one that was put back, has only a newer time.
      capturedAt: isUndone && record.exif?.capturedAt == null ? wallClock(modifiedAt) : row.capturedAt,
      flags: (row.flags & ~missingFlag & ~absentFlag) | handleFlag,
      status: isUndone ? photoStatusCodes.queued : row.status,
      removedAt,
    });
    const placed = { name: nameInPlace(table, record, name), path };
    if (table.name(id) !== placed.name || table.path(id) !== path) photoTexts.set(id, placed);
    records.push({
      ...record,
      source: { kind: 'handle', handle, folder },
      ...(isUndone && { failure: null }),
    });
    // What was queued before has its turn already, unless it was removed.
    const hasTurn = row.status === photoStatusCodes.queued && row.removedAt === 0;
    if (isUndone && removedAt === 0 && !hasTurn) queued.push(id);
  });
  if (photoRows.size > 0)
    StoreRefused.check(await catalogue.write({ photoRows, photoTexts, records }, 'relaxed'));
  const { placements } = catalogue;
  for (const id of photoRows.keys()) placements.set(id, (placements.get(id) ?? 0) + 1);
  return queued;
}

/**
 * Notes that the files of photos are missing, or there again. Of the latter those that could not be processed before are
 * answered: they are queued now.
 */
export async function setMissing(
  catalogue: Catalogue,
  ids: readonly PhotoId[],
  isMissing: boolean,
): Promise<PhotoId[]> {
  const queued: PhotoId[] = [];
  const { flags } = catalogue.table.columns;
  const others = ids.filter((id) => ((flags[id]! & missingFlag) !== 0) !== isMissing);
  for (let start = 0; start < others.length; start += mostPhotos * 16) {
    const part = others.slice(start, start + mostPhotos * 16);
    await catalogue.exclusive(async () => {
      const { table } = catalogue;
      const photoRows = new Map<PhotoId, PhotoRow>();
      for (const id of part) {
        if (!table.has(id)) continue;
        const row = table.row(id);
        if (((row.flags & missingFlag) !== 0) === isMissing) continue;
        const flags = isMissing ? row.flags | missingFlag : row.flags & ~missingFlag;
        const again = !isMissing && row.status === photoStatusCodes.deferred && row.removedAt === 0;
        photoRows.set(id, { ...row, flags, status: again ? photoStatusCodes.queued : row.status });
        if (again) queued.push(id);
      }
      if (photoRows.size > 0) StoreRefused.check(await catalogue.write({ photoRows }, 'relaxed'));
    });
  }
  return queued;
}
