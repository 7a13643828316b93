import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';

/**
 * [Note: Linked photos]
 * Links name photos by number, which is short and at hand but means another photo in another library, and nothing where
 * the photo was deleted and added again. Beside each number stand the first digits of the SHA-256 of what its file holds:
 * where they disagree, the photo that has them is meant, or none.
 */
export interface LinkedPhoto {
  readonly id: PhotoId;
  /** `hashDigits` hexadecimal digits. */
  readonly hash: string;
}

/** 96 bits: no two files of a million have them in common. */
export const hashDigits = 24;

/** What links have beside the numbers of these photos; null: no such photo, or its file was not read yet. */
export async function hashesOf(
  { store, table }: Catalogue,
  ids: readonly PhotoId[],
): Promise<(string | null)[]> {
  const records = await store.records(ids);
  return ids.map((id, n) => {
    const hash = table.has(id) ? (records[n]?.sha256 ?? null) : null;
    return hash?.slice(0, hashDigits) ?? null;
  });
}

/** The photo that each one means here, one that is not removed if there is one; null: it is not in this library. */
export async function meantPhotos(
  catalogue: Catalogue,
  linked: readonly LinkedPhoto[],
): Promise<(PhotoId | null)[]> {
  const { store, table } = catalogue;
  const own = await hashesOf(
    catalogue,
    linked.map(({ id }) => id),
  );
  return Promise.all(
    linked.map(async ({ id, hash }, n) => {
      if (own[n] === hash) return id;
      const content = await store.contentStarting(hash);
      const photos = content === null ? [] : table.photosOf(content.id);
      return photos.find((photo) => table.columns.removedAt[photo] === 0) ?? photos[0] ?? null;
    }),
  );
}
