import { type TaggedPhoto, wallClockText } from './tagged-photo.ts';

const columns = ['path', 'name', 'taken', 'tag', 'tag_id', 'said', 'set'] as const;

/**
 * CSV (RFC 4180, with the byte order mark that spreadsheets look for): a line for each tag of each photo, and a line
 * without a tag for photos that have none. Texts that a spreadsheet would take for a formula begin with an apostrophe.
 */
export function tagsAsCsv(photos: Iterable<TaggedPhoto>): string {
  const lines = [columns.join(',')];
  for (const photo of photos) {
    const start = [photo.path ?? photo.name, photo.name, wallClockText(photo)];
    const tags = photo.tags.map(({ name, id, said, set }) => [name, id, said, set ?? '']);
    for (const tag of tags.length > 0 ? tags : [['', '', '', '']]) {
      lines.push([...start, ...tag].map(csvField).join(','));
    }
  }
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** JSON: `{ format: 'picsift-tags', version: 1, photos: [{ path, name, taken, tags: [{ name, id, said, set }] }] }`. */
export function tagsAsJson(photos: Iterable<TaggedPhoto>): string {
  const listed = Array.from(photos, (photo) => ({
    path: photo.path ?? photo.name,
    name: photo.name,
    taken: wallClockText(photo) || null,
    tags: photo.tags.map(({ name, id, said, set }) => ({ name, id, said, set })),
  }));
  return `${JSON.stringify({ format: 'picsift-tags', version: 1, photos: listed }, null, 1)}\n`;
}
