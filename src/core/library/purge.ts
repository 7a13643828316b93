import type { Catalogue, CatalogueChanges, PhotoText } from './catalogue.ts';
import { forgottenFile } from './forgotten-files.ts';
import type { ContentId, PhotoId } from './photo.ts';
import type { WriteResult } from './photo-store.ts';
import type { PhotoRow } from './photo-table.ts';
import type { ContentRecord } from './stored-rows.ts';
import { verdictChunks } from './verdict-chunks.ts';

const mostPhotos = 256;

/**
 * Deletes photos for good, in transactions of some hundred; contents and bytes go with the last photo that has them.
 * To be called outside of `exclusive`.
 */
export async function purgePhotos(catalogue: Catalogue, ids: readonly PhotoId[]): Promise<WriteResult> {
  for (let start = 0; start < ids.length; start += mostPhotos) {
    const part = ids.slice(start, start + mostPhotos);
    const result = await catalogue.exclusive(() => purgePart(catalogue, part));
    if (result !== 'written') return result;
  }
  return 'written';
}

async function purgePart(catalogue: Catalogue, wanted: readonly PhotoId[]): Promise<WriteResult> {
  const { store, table } = catalogue;
  const ids = [...new Set(wanted)].filter((id) => table.has(id));
  if (ids.length === 0) return 'written';
  const records = (await store.records(ids)).filter((record) => record !== null);
  const hashes = new Set(
    records.flatMap(({ id, sha256 }) => (sha256 !== null && table.contentOf(id) !== null ? sha256 : [])),
  );
  const going = new Set(ids);
  const contents = new Map<string, ContentRecord>();
  for (const content of await store.contents([...hashes])) {
    if (content === null) continue;
    // Counted, not taken down by one: where only deletions fit, the stored number stays behind.
    const refs = table.photosOf(content.id).filter((id) => !going.has(id)).length;
    contents.set(content.sha256, { ...content, refs });
  }
  const deletedBlobs: number[] = [];
  for (const { id, source, sha256 } of records) {
    const isShared = sha256 !== null && table.contentOf(id) !== null && contents.has(sha256);
    if (!isShared && source.kind === 'stored') deletedBlobs.push(source.blob);
  }
  const gone = [...contents.values()].filter(({ refs }) => refs <= 0);
  const goneIds: ContentId[] = gone.map(({ id }) => id);
  for (const { blob } of gone) if (blob !== null) deletedBlobs.push(blob);
  const forgottenFiles = records.flatMap(({ id, source }) =>
    source.kind === 'handle' && source.folder !== null ? (forgottenFile(table, id, source.folder) ?? []) : [],
  );
  const changes: CatalogueChanges = {
    photoRows: new Map<PhotoId, PhotoRow | null>(ids.map((id) => [id, null])),
    photoTexts: new Map<PhotoId, PhotoText | null>(ids.map((id) => [id, null])),
    deletedRecords: ids,
    forgottenFiles,
    contents: [...contents.values()].filter(({ refs }) => refs > 0),
    deletedContents: gone.map(({ sha256 }) => sha256),
    deletedThumbnails: goneIds,
    clearedRows: goneIds,
    deletedBlobs,
    verdicts: verdictChunks(
      catalogue,
      ids.filter((id) => catalogue.tags.verdictsOf(id).size > 0),
      () => null,
    ),
  };
  const result = await catalogue.write(changes, 'strict');
  if (result !== 'storage-full') return result;
  // Deleting alone is never refused (see [Note: Reserve]).
  const deletedContents = gone.map(({ sha256 }) => sha256);
  const deleted = { deletedContents, deletedBlobs, deletedThumbnails: goneIds };
  return catalogue.deleteLeavingRows(ids, deleted, forgottenFiles);
}
