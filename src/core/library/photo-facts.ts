import type { PhotoFacts } from '../dedup/keep-rules.ts';
import type { Catalogue } from './catalogue.ts';
import type { Exif, PhotoId } from './photo.ts';

/** Records read at once. */
const recordsPerRead = 512;

/** What rules and comparisons look at, of photos that exist. */
export async function photoFacts(
  catalogue: Catalogue,
  photos: Iterable<PhotoId>,
): Promise<Map<number, PhotoFacts>> {
  const { store, table } = catalogue;
  const ids = [...new Set(photos)];
  const facts = new Map<number, PhotoFacts>();
  for (let start = 0; start < ids.length; start += recordsPerRead) {
    const records = await store.records(ids.slice(start, start + recordsPerRead));
    for (const record of records) {
      if (record === null || !table.has(record.id)) continue;
      const { id, type, exif, source } = record;
      const { size, width, height, capturedAt, modifiedAt } = table.row(id);
      facts.set(id, {
        photo: id,
        name: table.name(id),
        path: table.path(id),
        size,
        width,
        height,
        type,
        capturedAt,
        modifiedAt,
        metadata: exif === null ? 0 : metadataOf(exif),
        hasCaptureDate: exif?.capturedAt != null,
        hasFile: source.kind === 'handle',
      });
    }
  }
  return facts;
}

function metadataOf({ orientation, ...fields }: Exif): number {
  return Object.values(fields).filter((value) => value !== null).length;
}
