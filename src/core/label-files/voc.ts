import {
  type FileLabel,
  type FileRow,
  guessKind,
  keyOf,
  type LabelFile,
  labelsOf,
  type NamedText,
  type ReadLabels,
  refuse,
  setKinds,
  sideCalled,
} from './label-file.ts';

// [Note: VOC as written here] VOC knows the objects that are in a picture, by name. What else is known of a photo stands in
// elements of our own, which other readers pass over: `group` in an object, `absent` beside the objects, `complete` (0: what is not
// named is unknown), `split` and `kind`.

const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * VOC's XML, a file per picture: the names of its objects are its labels, and all that it has of them unless it says
 * otherwise ([Note: VOC as written here]). Files that are no annotations are named and passed over, unless all are.
 *
 * @param files one picture each
 */
export function readVoc(files: readonly NamedText[]): ReadLabels {
  const rows: FileRow[] = [];
  const broken: string[] = [];
  let kind: LabelFile['kind'] | null = null;
  for (const { name, text } of files) {
    const said = elementsOf(text);
    const row = said && rowOf(said);
    if (row === null) {
      broken.push(name);
      continue;
    }
    rows.push(row);
    kind ??= setKinds.find((one) => one === said?.kind) ?? null;
  }
  if (rows.length === 0) return broken.length > 0 ? refuse('broken', broken[0]) : refuse('empty');
  const guessed = guessKind(rows) === 'multi-output' ? 'multi-output' : 'multi-label';
  return {
    ok: true,
    file: {
      name: null,
      kind: kind ?? guessed,
      labels: labelsOf(rows),
      rows,
      ...(broken.length > 0 && { unread: broken }),
    },
  };
}

interface Elements {
  filename: string;
  split: string;
  complete: string;
  kind: string;
  readonly object: FileLabel[];
  readonly absent: FileLabel[];
}

/**
 * What we know of in an annotation; null: no XML. Only elements and their text are read: no document type, no entities but
 * XML's own, so nothing can be expanded.
 */
function elementsOf(text: string): Elements | null {
  const found: Elements = { filename: '', split: '', complete: '', kind: '', object: [], absent: [] };
  const path: string[] = [];
  let label: { name: string; group: string | null } = { name: '', group: null };
  let content = '';
  // What is left open reaches to the end, and nothing is tried twice: the time is linear in the text, however torn it is.
  const tags =
    /<!--[\s\S]*?(?:-->|$)|<\?[\s\S]*?(?:\?>|$)|<![^>]*(?:>|$)|<(\/?)([A-Za-z_][\w.-]*)(?![\w.-])[^<>]*?(\/?)>|(<\/?[A-Za-z_])|([^<]+)/g;
  for (const [, close, name, empty, torn, characters] of text.matchAll(tags)) {
    if (torn !== undefined) return null;
    if (characters !== undefined) content += characters;
    if (name === undefined) continue;
    if (close === '/') {
      if (path.pop() !== name) return null;
      const value = unescaped(content).trim();
      const within = path.join('/');
      if (within === 'annotation') {
        if (name === 'filename' || name === 'split' || name === 'complete' || name === 'kind')
          found[name] = value;
        if ((name === 'object' || name === 'absent') && label.name !== '') found[name].push(label);
      } else if (within === 'annotation/object' || within === 'annotation/absent') {
        if (name === 'name') label = { ...label, name: value };
        if (name === 'group') label = { ...label, group: value || null };
      }
      content = '';
    } else if (empty !== '/') {
      if (path.length === 1) label = { name: '', group: null };
      path.push(name);
      if (path.length > 32) return null;
      content = '';
    }
  }
  return path.length > 0 ? null : found;
}

function rowOf({ filename, object, absent, complete, split }: Elements): FileRow | null {
  if (filename === '') return null;
  const once = (labels: readonly FileLabel[]) => [
    ...new Map(labels.map((label) => [keyOf(label), label])).values(),
  ];
  return {
    photo: filename,
    present: once(object),
    absent: once(absent),
    fullyLabelled: complete !== '0',
    side: sideCalled(split),
  };
}

function unescaped(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities.get(name) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** As `readVoc` reads it, a file per picture: `path` is relative, with forward slashes, and each is another one. */
export function vocFiles({ kind, rows }: LabelFile): { readonly path: string; readonly text: string }[] {
  const taken = new Set<string>();
  return rows.map((row) => {
    const path = freePath(row.photo, taken);
    const labels = (element: string, own: readonly FileLabel[]) =>
      own.map(({ name, group }) => {
        const inGroup = group === null ? '' : tag('group', group);
        return `  <${element}>${tag('name', name)}${inGroup}</${element}>\n`;
      });
    const lines = [
      `  ${tag('filename', row.photo)}\n`,
      ...labels('object', row.present),
      ...labels('absent', row.absent),
      row.fullyLabelled ? '' : `  ${tag('complete', '0')}\n`,
      row.side === null ? '' : `  ${tag('split', row.side)}\n`,
      `  ${tag('kind', kind)}\n`,
    ];
    return { path, text: `<annotation>\n${lines.join('')}</annotation>\n` };
  });
}

/** The photo's path without its extension, unless another photo (of another format) has taken that. */
function freePath(photo: string, taken: Set<string>): string {
  const whole = photo.replace(/^\/+/, '').replaceAll('..', '_');
  const short = whole.replace(/\.\w+$/, '');
  let name = taken.has(short.toLowerCase()) ? whole : short;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${whole} ${n}`;
  taken.add(name.toLowerCase());
  return `Annotations/${name}.xml`;
}

const tag = (name: string, text: string) => `<${name}>${xml(text)}</${name}>`;

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
