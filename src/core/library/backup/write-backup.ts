import {
  type BackupHead,
  type ContentEntry,
  frameKinds,
  originalPartBytes,
  type PhotoEntry,
  photosPerGroup,
  type SectionName,
} from '../../backup/entries.ts';
import { pack } from '../../backup/packed.ts';
import type { Frame } from '../../backup/write-frames.ts';
import { recordBytes, writeVector } from '../../index/stored-vectors.ts';
import type { Catalogue } from '../catalogue.ts';
import type { FileBytes } from '../file-handle.ts';
import type { Files } from '../file-ports.ts';
import { type ContentId, modelKeyText, type PhotoId } from '../photo.ts';
import { favouriteFlag } from '../photo-table.ts';
import type { PhotoRecord } from '../stored-rows.ts';
import { type BackupSection, backupSections } from './sections.ts';

export interface BackupParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  /** Opens a photo's file; null if it cannot be read. */
  readonly open: (id: PhotoId) => Promise<FileBytes | null>;
  /** Photos, or with originals their files, that are done with. */
  readonly progress: (done: number, total: number) => void;
}

/** Counted while the frames are made; whole when the last one is. */
export interface BackupCounts {
  photos: number;
  originals: number;
  /** Originals that could not be read, or are not what they were. */
  missing: number;
}

/** Labels and models come twice: a damaged frame of theirs would cost what all photos say. */
const copies = 2;

/** The frames of a backup of the library as it is while it is read: a photo is in it once, whatever is imported meanwhile. */
export async function* backupFrames(
  parts: BackupParts,
  head: BackupHead,
  counts: BackupCounts,
): AsyncGenerator<Frame> {
  const { catalogue } = parts;
  yield { kind: frameKinds.head, payload: pack(head) };
  for (let n = 0; n < copies; n++) yield* sectionFrames(catalogue, 'before');
  const total = head.photos * (head.originals ? 2 : 1);
  const withFiles: PhotoId[] = [];
  let group = 0;
  for (const { ids, firsts } of groups(catalogue)) {
    const hashes = head.originals ? await missingHashes(parts, ids) : new Map<PhotoId, string>();
    // Writers wait for the moment that reading a group takes, so that it fits together.
    const { photos, results } = await catalogue.exclusive(() => readGroup(catalogue, ids, hashes));
    yield { kind: frameKinds.photos, payload: pack({ group, photos }) };
    if (results.length > 0) yield { kind: frameKinds.contents, payload: pack({ group, contents: results }) };
    group++;
    counts.photos += photos.length;
    if (head.originals) withFiles.push(...firsts);
    parts.progress(counts.photos, total);
  }
  yield* sectionFrames(catalogue, 'after');
  for (const [n, id] of withFiles.entries()) {
    yield* originalFrames(parts, id, counts);
    parts.progress(counts.photos + Math.round(((n + 1) / withFiles.length) * head.photos), total);
  }
}

async function* sectionFrames(catalogue: Catalogue, order: 'before' | 'after'): AsyncGenerator<Frame> {
  for (const name of Object.keys(backupSections) as SectionName[]) {
    const section = backupSections[name] as BackupSection<unknown>;
    if (section.order !== order) continue;
    for await (const rows of section.rows(catalogue)) {
      yield { kind: frameKinds.rows, payload: pack({ section: name, rows }) };
    }
  }
}

interface Group {
  readonly ids: readonly PhotoId[];
  /** One photo of each content, and those without one. */
  readonly firsts: readonly PhotoId[];
}

/** All photos that there are now, in groups; those of one content stand together. */
function* groups({ table }: Catalogue): Generator<Group> {
  const { end } = table;
  const done = new Uint8Array(end);
  let ids: PhotoId[] = [];
  let firsts: PhotoId[] = [];
  for (const id of table.ids()) {
    if (id >= end) break;
    if (done[id] === 1) continue;
    const content = table.contentOf(id);
    const photos = content === null ? [id] : table.photosOf(content).filter((one) => one < end && !done[one]);
    for (const one of photos) done[one] = 1;
    // Of thousands of equal files the frames have a bound all the same.
    for (let from = 0; from < photos.length; from += photosPerGroup) {
      const part = photos.slice(from, from + photosPerGroup);
      if (ids.length > 0 && ids.length + part.length > photosPerGroup) {
        yield { ids, firsts };
        ids = [];
        firsts = [];
      }
      ids.push(...part);
      if (from === 0) firsts.push(part[0]!);
    }
  }
  if (ids.length > 0) yield { ids, firsts };
}

/** What photos that were not processed yet will be known by: without it their files could not be given back to them. */
async function missingHashes(parts: BackupParts, ids: readonly PhotoId[]): Promise<Map<PhotoId, string>> {
  const { catalogue, files } = parts;
  const hashes = new Map<PhotoId, string>();
  for (const record of await catalogue.store.records(ids)) {
    if (record === null || record.sha256 !== null) continue;
    const bytes = await parts.open(record.id);
    const sha256 = bytes === null ? null : await files.sha256(bytes);
    if (sha256 !== null) hashes.set(record.id, sha256);
  }
  return hashes;
}

async function readGroup(
  catalogue: Catalogue,
  ids: readonly PhotoId[],
  hashes: ReadonlyMap<PhotoId, string>,
) {
  const { store, table } = catalogue;
  const there = ids.filter((id) => table.has(id));
  const records = (await store.records(there)).filter((record) => record !== null);
  const photos = records.map((record) =>
    photoEntry(catalogue, { ...record, sha256: record.sha256 ?? hashes.get(record.id) ?? null }),
  );
  const byContent = new Map<ContentId, PhotoRecord>();
  for (const record of records) {
    const content = table.contentOf(record.id);
    if (content !== null && record.sha256 !== null) byContent.set(content, record);
  }
  return { photos, results: await contentEntries(catalogue, byContent) };
}

function photoEntry({ table, tags, labels }: Catalogue, record: PhotoRecord): PhotoEntry {
  const { id, type, sha256, exif, failure } = record;
  const { size, capturedAt, modifiedAt, importedAt, removedAt, width, height, flags } = table.row(id);
  const decisions = [...tags.verdictsOf(id)].flatMap(([label, verdict]) => {
    const known = labels.get(label);
    return known === null ? [] : { label: known.id, verdict, at: tags.verdictTime(id, label) };
  });
  const [name, path] = [table.name(id), table.path(id)];
  const times = { capturedAt, modifiedAt, importedAt, removedAt };
  const favourite = (flags & favouriteFlag) !== 0;
  return {
    ...{ id, name, path, type, size, ...times, width, height, failure, sha256, exif, decisions },
    ...(favourite && { favourite }),
  };
}

async function contentEntries(
  catalogue: Catalogue,
  records: ReadonlyMap<ContentId, PhotoRecord>,
): Promise<ContentEntry[]> {
  const { store, table } = catalogue;
  const entries: ContentEntry[] = [];
  const all = [...records.keys()];
  const thumbnails = new Map<ContentId, Awaited<ReturnType<typeof store.thumbnails>>[number]>();
  for (const [i, thumbnail] of (await store.thumbnails(all)).entries()) thumbnails.set(all[i]!, thumbnail);
  for (const { number, key } of catalogue.models) {
    const ours = all.filter((content) => table.columns.model[records.get(content)!.id] === number);
    if (ours.length === 0) continue;
    const [scores, vectors] = await Promise.all([store.scoreRows(key, ours), store.vectors(key, ours)]);
    for (const [i, content] of ours.entries()) {
      const thumbnail = thumbnails.get(content) ?? null;
      entries.push({
        sha256: records.get(content)!.sha256!,
        thumbnail: thumbnail && { ...thumbnail, bytes: new Uint8Array(thumbnail.bytes) },
        model: modelKeyText(key),
        scores: scores[i] ?? new Uint8Array(0),
        dim: vectors[i]?.length ?? 0,
        vector: vectors[i] ? recordOf(vectors[i]) : null,
      });
    }
  }
  return entries;
}

function recordOf(vector: Float32Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(recordBytes(vector.length));
  writeVector(vector, record, 0);
  return record;
}

async function* originalFrames(parts: BackupParts, id: PhotoId, counts: BackupCounts): AsyncGenerator<Frame> {
  const { catalogue, files } = parts;
  if (!catalogue.table.has(id)) return;
  const bytes = await parts.open(id);
  const sha256 = bytes === null ? null : await files.sha256(bytes);
  const [record] = await catalogue.store.records([id]);
  // A file that was changed on disk since is not the photo that tags and scores are about.
  const isSame = record?.sha256 == null || record.sha256 === sha256;
  if (bytes === null || sha256 === null || !isSame) {
    counts.missing++;
    return;
  }
  for (let from = 0; from < bytes.size; from += originalPartBytes) {
    const part = await files.part(bytes, from, Math.min(from + originalPartBytes, bytes.size));
    if (part === null) {
      counts.missing++;
      return;
    }
    const entry = { sha256, type: bytes.type, size: bytes.size, from, bytes: part };
    yield { kind: frameKinds.original, payload: pack(entry) };
  }
  counts.originals++;
}
