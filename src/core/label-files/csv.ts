import { csvRows } from './csv-table.ts';
import {
  type FileLabel,
  type FileRow,
  guessKind,
  keyOf,
  type LabelFile,
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
  '文件',
  '文件名',
  '照片',
  '图片',
  '路径',
];
const sideHeads = ['split', 'subset', 'side', 'fold', '划分'];
const labelHeads = [
  'label',
  'labels',
  'class',
  'classes',
  'category',
  'categories',
  'tag',
  'tags',
  '标签',
  '类别',
];
const marks = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['x', true],
  ['0', false],
  ['false', false],
  ['no', false],
]);
const isMark = (value: string) => marks.has(value.toLowerCase());

/** A label's own column, a group's column, or one that lists labels. */
type Meaning = 'marked' | 'grouped' | 'listed';
/** Heads that say what they mean, for names that would be taken for something else. */
const saidMeaning = /^(label|group):(.+)$/su;

/**
 * Tables with a row per photo, in one of three forms, told by the first row:
 * one column of labels (several between `;` or `|`); a column per label with 1, 0 or nothing (nobody has said); a column
 * per group with a label each.
 */
export function readCsv(text: string): ReadLabels {
  const table = csvRows(text);
  if (table === null) return refuse('broken', 'quotes that do not end');
  const [head, ...body] = table.map(({ fields }) => fields.map((field) => withoutGuard(field.trim())));
  if (head === undefined || body.length === 0) return refuse('empty');
  if (body.length > mostRows) return refuse('too-large');
  const small = head.map((name) => name.toLowerCase());
  const photo = Math.max(
    0,
    small.findIndex((name) => photoHeads.includes(name)),
  );
  // A label may be called so, too: what splits is written last.
  const side = small.findLastIndex((name, c) => c !== photo && sideHeads.includes(name));
  const columns = [...head.keys()].filter((c) => c !== photo && c !== side && head[c] !== '');
  if (columns.length === 0) return refuse('not-labels');
  const usual = usualMeaning(columns, small, body);
  const meanings = columns.map((c) => {
    const [, said, name = head[c]!] = saidMeaning.exec(head[c]!) ?? [];
    const meaning: Meaning = said === undefined ? usual : said === 'label' ? 'marked' : 'grouped';
    // One for all rows: of a large table there are millions.
    const label: FileLabel = { name, group: null };
    return { c, meaning, name, label };
  });
  const rows = body
    .filter((row) => (row[photo] ?? '') !== '')
    .map((row): FileRow => {
      const present: FileLabel[] = [];
      const absent: FileLabel[] = [];
      for (const { c, meaning, name, label } of meanings) {
        const value = row[c] ?? '';
        if (value === '') continue;
        if (meaning === 'marked') {
          (marks.get(value.toLowerCase()) ? present : absent).push(label);
        } else if (meaning === 'grouped') {
          present.push({ name: value, group: name });
        } else {
          present.push(...listedNames(value).map((one) => ({ name: one, group: null })));
        }
      }
      return {
        photo: row[photo]!,
        present,
        absent,
        fullyLabelled: false,
        side: sideCalled(side < 0 ? '' : (row[side] ?? '')),
      };
    });
  if (rows.length === 0) return refuse('empty');
  const own = meanings.filter(({ meaning }) => meaning === 'marked').map(({ label }) => label);
  return { ok: true, file: { name: null, kind: guessKind(rows), labels: labelsOf(rows, own), rows } };
}

/** What columns mean that do not say it themselves. */
function usualMeaning(
  columns: readonly number[],
  heads: readonly string[],
  body: readonly (readonly string[])[],
): Meaning {
  if (columns.every((c) => labelHeads.includes(heads[c]!))) return 'listed';
  const isMarked = (c: number) => body.every((row) => (row[c] ?? '') === '' || isMark(row[c]!));
  if (columns.every(isMarked)) return 'marked';
  return columns.length === 1 ? 'listed' : 'grouped';
}

/** Between `;` or `|`, unless a backslash stands before them. */
function listedNames(value: string): string[] {
  return value
    .split(/(?<!\\)[;|]/u)
    .map((name) => name.replace(/\\([;|])/gu, '$1').trim())
    .filter((name) => name !== '');
}

/** As `readCsv` reads it: a column per label with 1, 0 or nothing for any number of labels, a column per group, or one column. */
export function writeCsv(file: LabelFile): string {
  const { kind, rows } = file;
  const columns =
    kind === 'multi-output'
      ? groupColumns(file)
      : kind === 'multi-class'
        ? [classColumn]
        : labelColumns(file);
  const lines = rows.map((row) => [row.photo, ...columns.map(({ cell }) => cell(row)), row.side ?? '']);
  const table = [['file', ...columns.map(({ head }) => head), 'split'], ...lines];
  return `\ufeff${table.map((line) => line.map(field).join(',')).join('\r\n')}\r\n`;
}

interface Column {
  readonly head: string;
  readonly cell: (row: FileRow) => string;
}

const classColumn: Column = {
  head: 'label',
  cell: ({ present }) => present.map(({ name }) => name.replace(/[;|]/gu, '\\$&')).join(';'),
};

function labelColumns({ labels, rows }: LabelFile): Column[] {
  const keys = (own: readonly FileLabel[]) => new Set(own.map(keyOf));
  const said = new Map(rows.map((row) => [row, { has: keys(row.present), lacks: keys(row.absent) }]));
  return labels.map((label) => ({
    head: headOf('label', label.name),
    cell: (row) => {
      const { has, lacks } = said.get(row)!;
      return has.has(keyOf(label)) ? '1' : row.fullyLabelled || lacks.has(keyOf(label)) ? '0' : '';
    },
  }));
}

function groupColumns({ labels, rows }: LabelFile): Column[] {
  const groups = [...new Set(labels.map(({ group }) => group ?? ''))];
  const of = (group: string, { present }: FileRow) =>
    present.find((label) => (label.group ?? '') === group)?.name ?? '';
  const isUnclear =
    groups.length === 1 || rows.every((row) => groups.every((group) => isMark(of(group, row) || '1')));
  return groups.map((group) => ({
    head: isUnclear ? `group:${group}` : headOf('group', group),
    cell: (row) => of(group, row),
  }));
}

/** A name as a head: with what it is before it where it would be taken for something else. */
function headOf(meaning: 'label' | 'group', name: string): string {
  const small = name.toLowerCase();
  const isUnclear = [...photoHeads, ...sideHeads, ...labelHeads].includes(small) || saidMeaning.test(name);
  return isUnclear ? `${meaning}:${name}` : name;
}

/** Texts that a spreadsheet would take for a formula begin with an apostrophe. */
function field(text: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Without the apostrophe that keeps spreadsheets from taking it for a formula. */
function withoutGuard(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
