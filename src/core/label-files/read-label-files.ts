import { readCsv } from './csv.ts';
import { readJson } from './json.ts';
import {
  type LabelFile,
  labelsOf,
  mostCharacters,
  type NamedText,
  type ReadLabels,
  refuse,
} from './label-file.ts';
import { readVoc } from './voc.ts';

/**
 * Reads one table or JSON file, or any number of VOC's, told apart by what is in them.
 *
 * @param unread names of files that were given with them and could not be read
 */
export function readLabelFiles(files: readonly NamedText[], unread: readonly string[] = []): ReadLabels {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size > mostCharacters) return refuse('too-large');
  const [first] = files;
  if (first === undefined && unread.length > 0) return refuse('unreadable', unread[0]);
  if (first === undefined || size === 0) return refuse('empty');
  const isVoc = files.some(({ text }) => startOf(text).startsWith('<'));
  if (!isVoc && files.length > 1) return refuse('not-labels', 'several files that are not VOC annotations');
  const read = isVoc ? readVoc(files) : readTable(first);
  if (!read.ok) return read;
  const all = [...(read.file.unread ?? []), ...unread];
  return { ok: true, file: { ...read.file, ...(all.length > 0 && { unread: all }) } };
}

/** A table or JSON; one that has no name is called as its file. */
function readTable({ name, text }: NamedText): ReadLabels {
  const read = /^[{[]/.test(startOf(text)) ? readJson(text) : readCsv(text);
  if (!read.ok) return read;
  return {
    ok: true,
    file: { ...read.file, name: read.file.name ?? name.replace(/(\.coco)?\.\w+$/i, '') },
  };
}

const startOf = (text: string) =>
  text
    .slice(0, 1000)
    .replace(/^\uFEFF/, '')
    .trimStart();

/**
 * The folders that photos lie in as their classes: the innermost folder of each path, or those right below `root`, whatever
 * lies between them and the photo.
 *
 * @param root path of a folder, without a final slash; null: all photos count
 */
export function foldersAsLabels(paths: Iterable<string>, root: string | null = null): LabelFile {
  const rows = [...paths].flatMap((path) => {
    const folder = classOf(path, root);
    return folder === null
      ? []
      : [
          {
            photo: path,
            present: [{ name: folder, group: null }],
            absent: [],
            fullyLabelled: false,
            side: null,
          },
        ];
  });
  const name = root?.split('/').at(-1) ?? null;
  return { name, kind: 'multi-class', labels: labelsOf(rows), rows };
}

function classOf(path: string, root: string | null): string | null {
  const parts = path.split('/');
  if (root === null) return parts.at(-2) || null;
  const depth = root.split('/').length;
  return path.startsWith(`${root}/`) && parts.length > depth + 1 ? (parts[depth] ?? null) : null;
}

/** Folders with two sub-folders or more that photos lie in: what `foldersAsLabels` takes as a root. In order. */
export function rootFolders(paths: Iterable<string>): string[] {
  const below = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length - 1; depth++) {
      const root = parts.slice(0, depth).join('/');
      const own = below.get(root) ?? new Set();
      below.set(root, own.add(parts[depth]!));
    }
  }
  return [...below]
    .filter(([, own]) => own.size > 1)
    .map(([root]) => root)
    .sort();
}
