import { labelProfile } from '../tagging/label-profile.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { ContentId, PhotoId } from './photo.ts';

/**
 * Computes the tags and label profiles of all photos from their stored scores, chunk by chunk, letting others run in between.
 *
 * @param isNewer photos whose tags were set since the loading began: what was read may be older
 * @param wanted false: stop, somebody began anew
 * @returns whether it came to the end
 */
export async function loadTags(
  catalogue: Catalogue,
  clock: Clock,
  isNewer: (id: PhotoId) => boolean,
  wanted: () => boolean,
): Promise<boolean> {
  const { store, table, tags, profiles } = catalogue;
  const inUse = new Set<number>();
  for (const id of table.ids()) inUse.add(table.columns.model[id]!);
  for (const model of catalogue.models) {
    if (!inUse.has(model.number)) continue;
    const tagger = catalogue.tagger(model);
    const width = model.labels.length;
    await store.eachScoreChunk(model.key, async ({ firstContent, rows, scores }) => {
      if (!wanted()) return false;
      for (let row = 0; row < rows; row++) {
        const photos = table.photosOf((firstContent + row) as ContentId);
        const own = photos.filter((id) => table.columns.model[id] === model.number && !isNewer(id));
        if (own.length === 0) continue;
        const labels = tagger.tags(scores, row * width);
        for (const id of own) tags.setModelTags(id, labels);
        profiles.set(firstContent + row, labelProfile(model.labels, scores, row * width));
      }
      await clock.breathe();
      return wanted();
    });
    if (!wanted()) return false;
  }
  return wanted();
}
