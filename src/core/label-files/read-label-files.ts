import { readCsv } from './csv.ts';
import { readJson } from './json.ts';
import { type LabelFile, labelsOf, mostCharacters, type ReadLabels, refuse } from './label-file.ts';
import { readVoc } from './voc.ts';

/** A file's text, by its name. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Reads one table or JSON file, or any number of VOC's, told apart by what is in them. */
export function readLabelFiles(files: readonly NamedText[]): ReadLabels {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size > mostCharacters) return refuse('too-large');
  const [first] = files;
  if (first === undefined || size === 0) return refuse('empty');
  const start = first.text
    .slice(0, 1000)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('<')) return readVoc(files.map(({ text }) => text));
  if (files.length > 1) return refuse('not-labels', 'several files that are not VOC annotations');
  const read = start.startsWith('{') || start.startsWith('[') ? readJson(first.text) : readCsv(first.text);
  if (!read.ok || read.file.name !== null) return read;
  return { ok: true, file: { ...read.file, name: first.name.replace(/\.\w+$/, '') } };
}

/** The folders that photos lie in as their classes: the innermost folder of each path. */
export function foldersAsLabels(paths: Iterable<string>): LabelFile {
  const rows = [...paths].flatMap((path) => {
    const folder = path.split('/').at(-2);
    return folder === undefined || folder === ''
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
  return { name: null, kind: 'multi-class', labels: labelsOf(rows), rows };
}
