import type { Catalogue, CatalogueChanges } from './catalogue.ts';
import type { ContentId, PhotoId } from './photo.ts';
import { verdictChunks } from './verdict-chunks.ts';

/**
 * [Note: Left rows]
 * Where the browser gives less room than is used already, it takes nothing but deletions. Photos that are deleted for good
 * then go with all that is theirs alone (record, bytes, preview); their rows in packed chunks, which other photos share,
 * are left behind. In memory they are gone at once. What is stored follows as soon as there is room; until then a mark is
 * missing, and a start looks for rows without a record. Which files of folders are not to come back follows from those rows
 * (`forgottenByRows`), and is stored when they go.
 *
 * To be called outside of `exclusive`. Without room for it nothing happens.
 */
export async function clearLeftRows(catalogue: Catalogue): Promise<void> {
  if (catalogue.leftRows === null) return;
  await catalogue.exclusive(async () => {
    const { leftRows, table, store } = catalogue;
    if (leftRows === null) return;
    const ids = [...leftRows.keys()];
    const contents = new Set([...leftRows.values()].filter((content) => content !== null));
    const users = new Map<ContentId, readonly PhotoId[]>();
    for (const content of contents) {
      const photos = table.photosOf(content);
      if (photos.length > 0) users.set(content, photos);
    }
    // How many photos share a content was not written either.
    const records = await store.records([...users.values()].map(([photo]) => photo!));
    const shared = await store.contents(records.flatMap((record) => record?.sha256 ?? []));
    const changes: CatalogueChanges = {
      photoRows: new Map(ids.map((id) => [id, null])),
      photoTexts: new Map(ids.map((id) => [id, null])),
      contents: shared.flatMap((content) => {
        const photos = content === null ? undefined : users.get(content.id);
        return content === null || photos === undefined ? [] : [{ ...content, refs: photos.length }];
      }),
      clearedRows: [...contents].filter((content) => !users.has(content)),
      verdicts: verdictChunks(catalogue, ids, () => null),
      forgottenFiles: catalogue.leftForgotten,
      rowsWhole: true,
    };
    if ((await catalogue.write(changes, 'relaxed')) !== 'written') return;
    catalogue.leftRows = null;
    catalogue.leftForgotten = [];
  });
}
