import {
  type FileLabel,
  type FileRow,
  guessKind,
  labelsOf,
  mostRows,
  type ReadLabels,
  refuse,
  sideCalled,
} from './label-file.ts';

const photoHeads = [
  'file',
  'filename',
  'file_name',
  'image',
  'image_id',
  'image_name',
  'photo',
  'path',
  'name',
  'id',
];
const sideHeads = ['split', 'subset', 'side', 'fold'];
const labelHeads = ['label', 'labels', 'class', 'classes', 'category', 'categories', 'tag', 'tags'];
const marks = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['x', true],
  ['0', false],
  ['false', false],
  ['no', false],
]);

/**
 * Tables with a row per photo, in one of three forms, told by the first row:
 * one column of labels (several between `;` or `|`); a column per label with 1, 0 or nothing (nobody has said); a column
 * per group with a label each.
 */
export function readCsv(text: string): ReadLabels {
  const table = parseCsv(text);
  if (table === null) return refuse('broken', 'quotes that do not end');
  const [head, ...body] = table;
  if (head === undefined || body.length === 0) return refuse('empty');
  if (body.length > mostRows) return refuse('too-large');
  const heads = head.map((name) => name.trim());
  const small = heads.map((name) => name.toLowerCase());
  const photo = Math.max(
    0,
    small.findIndex((name) => photoHeads.includes(name)),
  );
  const side = small.findIndex((name) => sideHeads.includes(name));
  const columns = heads.map((_, c) => c).filter((c) => c !== photo && c !== side && heads[c] !== '');
  if (columns.length === 0) return refuse('not-labels');
  const listed = columns.length === 1 || columns.every((c) => labelHeads.includes(small[c]!));
  const marked =
    !listed &&
    columns.every((c) =>
      body.every((row) => (row[c] ?? '').trim() === '' || marks.has(row[c]!.trim().toLowerCase())),
    );
  const rows = body
    .filter((row) => (row[photo] ?? '').trim() !== '')
    .map((row): FileRow => {
      const present: FileLabel[] = [];
      const absent: FileLabel[] = [];
      for (const c of columns) {
        const value = (row[c] ?? '').trim();
        if (value === '') continue;
        if (marked) {
          (marks.get(value.toLowerCase()) ? present : absent).push({ name: heads[c]!, group: null });
        } else if (listed) {
          for (const name of value.split(/[;|]/).map((one) => one.trim())) {
            if (name !== '') present.push({ name, group: null });
          }
        } else {
          present.push({ name: value, group: heads[c]! });
        }
      }
      const sideText = side < 0 ? '' : (row[side] ?? '');
      return {
        photo: row[photo]!.trim(),
        present,
        absent,
        fullyLabelled: false,
        side: sideCalled(sideText),
      };
    });
  if (rows.length === 0) return refuse('empty');
  return { ok: true, file: { name: null, kind: guessKind(rows), labels: labelsOf(rows), rows } };
}

/** Cells of a table between commas, semicolons or tabs, quoted as RFC 4180 has it; null: a quote that does not end. */
export function parseCsv(text: string): string[][] | null {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const firstLine = /^[^\r\n]*/.exec(text.slice(from, from + 100_000))![0];
  const separators = [',', ';', '\t'];
  const count = (separator: string) => firstLine.split(separator).length;
  const separator = separators.reduce((best, one) => (count(one) > count(best) ? one : best));
  const table: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at++;
      row.push(cell);
      if (row.length > 1 || cell !== '') table.push(row);
      row = [];
      cell = '';
    } else cell += sign;
  }
  if (quoted) return null;
  row.push(cell);
  if (row.length > 1 || cell !== '') table.push(row);
  return table;
}
