import { type FileRow, labelsOf, type ReadLabels, refuse } from './label-file.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * VOC's XML, a file per picture: the names of its objects are its labels, and all that it has of them.
 *
 * @param texts one file each
 */
export function readVoc(texts: readonly string[]): ReadLabels {
  const rows: FileRow[] = [];
  for (const text of texts) {
    const row = rowOf(text);
    if (row === null) return refuse('broken', text.slice(0, 80));
    rows.push(row);
  }
  if (rows.length === 0) return refuse('empty');
  return { ok: true, file: { name: null, kind: 'multi-label', labels: labelsOf(rows), rows } };
}

/** Only elements and their text are read: no document type, no entities but XML's own, so nothing can be expanded. */
function rowOf(text: string): FileRow | null {
  const path: string[] = [];
  const names = new Set<string>();
  let photo = '';
  let content = '';
  const tags = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![^>]*>|<(\/?)([A-Za-z_][\w.-]*)[^>]*?(\/?)>|([^<]+)/g;
  for (const [, close, name, empty, characters] of text.matchAll(tags)) {
    if (characters !== undefined) content += characters;
    if (name === undefined) continue;
    if (close === '/') {
      if (path.pop() !== name) return null;
      const value = unescaped(content).trim();
      if (name === 'filename' && path.join('/') === 'annotation') photo = value;
      if (name === 'name' && path.join('/') === 'annotation/object' && value !== '') names.add(value);
      content = '';
    } else if (empty !== '/') {
      path.push(name);
      if (path.length > 32) return null;
      content = '';
    }
  }
  if (path.length > 0 || photo === '') return null;
  const present = [...names].map((name) => ({ name, group: null }));
  return { photo, present, absent: [], fullyLabelled: true, side: null };
}

function unescaped(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
