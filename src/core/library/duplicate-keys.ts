import type { Decision } from '../dedup/decision.ts';
import type { Catalogue } from './catalogue.ts';
import { placesOf } from './duplicate-groups.ts';
import type { ContentId, PhotoId } from './photo.ts';

/**
 * What decisions know photos by.
 *
 * @throws RangeError for a photo that has not been processed
 */
export async function keysOf(catalogue: Catalogue, photos: readonly PhotoId[]) {
  const { table, store } = catalogue;
  const keys = new Map<PhotoId, Decision['photos'][number]>();
  const places = new Map<ContentId, Map<PhotoId, string>>();
  for (const record of await store.records([...new Set(photos)])) {
    const content = record === null ? null : table.contentOf(record.id);
    if (record === null || record.sha256 === null || content === null) continue;
    const of = places.get(content) ?? placesOf(catalogue, content);
    places.set(content, of);
    keys.set(record.id, { sha256: record.sha256, place: of.get(record.id)! });
  }
  const missing = photos.find((photo) => !keys.has(photo));
  if (missing !== undefined) throw new RangeError(`photo ${missing} has not been processed`);
  return keys;
}
