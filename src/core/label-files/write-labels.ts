import type { FileLabel, FileRow, LabelFile } from './label-file.ts';

/** Tables, JSON that keeps all that was said, COCO. */
export type LabelTextKind = 'csv' | 'json' | 'coco';

export function writeLabels(file: LabelFile, kind: LabelTextKind): string {
  return kind === 'csv' ? asCsv(file) : kind === 'json' ? asJson(file) : asCoco(file);
}

const nameOf = ({ name }: FileLabel) => name;
const splitOf = ({ side }: FileRow) => (side === null ? '' : side === 'train' ? 'train' : 'validation');

/**
 * As `readCsv` reads it: a column per label with 1, 0 or nothing for any number of labels, a column per group, or one
 * column. Texts that a spreadsheet would take for a formula begin with an apostrophe.
 */
function asCsv({ kind, labels, rows }: LabelFile): string {
  const groups = [...new Set(labels.map(({ group }) => group))];
  const marked = kind === 'multi-label' || kind === 'binary';
  const columns = marked ? labels.map(nameOf) : kind === 'multi-output' ? groups.map(String) : ['label'];
  const cells = ({ present, absent, fullyLabelled }: FileRow): string[] => {
    if (!marked) {
      if (kind !== 'multi-output') return [present.map(nameOf).join(';')];
      return groups.map((group) => present.find((label) => label.group === group)?.name ?? '');
    }
    const [has, lacks] = [new Set(present.map(nameOf)), new Set(absent.map(nameOf))];
    return labels.map(({ name }) => (has.has(name) ? '1' : fullyLabelled || lacks.has(name) ? '0' : ''));
  };
  const lines = rows.map((row) => [row.photo, ...cells(row), splitOf(row)]);
  const table = [['file', ...columns, 'split'], ...lines];
  return `\ufeff${table.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Labels of a set of groups are given by group. */
function asJson({ name, kind, labels, rows }: LabelFile): string {
  const said = (own: readonly FileLabel[]) =>
    kind === 'multi-output'
      ? Object.fromEntries(own.map((label) => [label.group ?? '', label.name]))
      : own.map(nameOf);
  const photos = rows.map((row) => ({
    path: row.photo,
    labels: said(row.present),
    ...(row.absent.length > 0 && { ruledOut: row.absent.map(nameOf) }),
    ...(row.fullyLabelled && { fullyLabelled: true }),
    ...(row.side !== null && { split: splitOf(row) }),
  }));
  const document = { format: 'picsift-labels', version: 1, name, kind, labels, photos };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** Image-level: an annotation has a category and no box. Numbers are from 1 up. */
function asCoco({ name, labels, rows }: LabelFile): string {
  const numbers = new Map(labels.map((label, n) => [label, n + 1]));
  const find = (one: FileLabel) =>
    numbers.get(labels.find((label) => label.name === one.name && label.group === one.group)!) ?? 0;
  const categories = labels.map((label) => ({
    id: find(label),
    name: label.name,
    ...(label.group !== null && { supercategory: label.group }),
  }));
  let annotation = 0;
  const annotations = rows.flatMap(({ present }, n) =>
    present.map((label) => ({ id: ++annotation, image_id: n + 1, category_id: find(label) })),
  );
  const images = rows.map(({ photo }, n) => ({ id: n + 1, file_name: photo }));
  return `${JSON.stringify({ info: { description: name }, images, annotations, categories })}\n`;
}

/** VOC's XML, a file per picture: `path` is relative, with forward slashes. */
export function vocFiles({ rows }: LabelFile): { readonly path: string; readonly text: string }[] {
  return rows.map(({ photo, present }) => {
    const objects = present.map(({ name }) => `  <object><name>${xml(name)}</name></object>\n`).join('');
    const path = photo
      .replace(/^\/+/, '')
      .replaceAll('..', '_')
      .replace(/\.\w+$/, '');
    return {
      path: `Annotations/${path}.xml`,
      text: `<annotation>\n  <filename>${xml(photo)}</filename>\n${objects}</annotation>\n`,
    };
  });
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
