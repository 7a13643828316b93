import { csvRows } from '../label-files/csv-table.ts';
import type { Catalogue } from './catalogue.ts';
import { PhotosByName } from './match-photos.ts';
import type { PhotoId } from './photo.ts';
import type { StoredItemName } from './stored-rows.ts';

/** Bytes of a file of names, and rows of it, that are read; letters of a name or a column. */
export const mostLetters = 20_000_000;
const mostRows = 200_000;
export const longestField = 400;
const mostColumns = 20;
const mostExamples = 5;

/** What the columns of files and of names may be called, plainest first. */
const fileHeadings = [
  'file',
  'filename',
  'file name',
  '文件',
  '文件名',
  'path',
  '路径',
  'photo',
  '照片',
  'image',
  '图片',
];
const nameHeadings = [
  'name',
  '名称',
  '品名',
  'product name',
  '产品名称',
  '商品名称',
  'product',
  '商品',
  '产品',
  'item',
];

export type NameRowProblem =
  | 'no-file' // the row names no file
  | 'no-name' // the row gives no name
  | 'no-photo' // no photo of the library has that path or name
  | 'several-photos' // several photos have that name: a path would tell them apart
  | 'named-before'; // a row before gives the photo another name

/** What importing a file of names would do. */
export type NamesPlan =
  | {
      readonly kind: 'plan';
      /** Photos that get a name, and how many items those make. */
      readonly photos: number;
      readonly items: number;
      /** Headings of further columns. */
      readonly columns: readonly string[];
      /** The first few rows that are right, to be looked over. */
      readonly examples: readonly { readonly file: string; readonly name: string }[];
      /** Headings of columns beyond those that are kept. */
      readonly unread: readonly string[];
      /** How many fields are too long, and are cut off. */
      readonly cut: number;
      readonly wrong: readonly {
        readonly line: number;
        readonly file: string;
        readonly why: NameRowProblem;
      }[];
    }
  /** `headings`: there is no column for file or for name; `broken`: no CSV; `too-large`. */
  | { readonly kind: 'refused'; readonly why: 'headings' | 'broken' | 'too-large' };

/** What a CSV file would name, and what it says of each photo. */
export function readItemNames(
  text: string,
  catalogue: Catalogue,
): { readonly plan: NamesPlan; readonly names: readonly StoredItemName[] } {
  const refused = (why: 'headings' | 'broken' | 'too-large') => ({
    plan: { kind: 'refused', why } as const,
    names: [],
  });
  if (text.length > mostLetters) return refused('too-large');
  const rows = csvRows(text)?.filter(({ fields }) => fields.some((field) => field.trim() !== ''));
  if (rows === undefined) return refused('broken');
  if (rows.length > mostRows) return refused('too-large');
  const headings = (rows[0]?.fields ?? []).map((field) => field.trim().slice(0, longestField));
  const folded = headings.map((heading) => heading.normalize('NFKC').toLowerCase());
  // Of several that would do, the plainest: `item` beside `name` is some other column.
  const columnOf = (words: readonly string[]) => {
    const word = words.find((one) => folded.includes(one));
    return word === undefined ? -1 : folded.indexOf(word);
  };
  const file = columnOf(fileHeadings);
  const called = columnOf(nameHeadings);
  if (file < 0 || called < 0) return refused('headings');
  const further = headings.flatMap((heading, at) =>
    at === file || at === called || heading === '' ? [] : [{ heading, at }],
  );
  const others = further.slice(0, mostColumns);
  const photos = new PhotosByName(catalogue);
  const names = new Map<PhotoId, StoredItemName>();
  const examples: { file: string; name: string }[] = [];
  const wrong: { line: number; file: string; why: NameRowProblem }[] = [];
  let cut = 0;
  for (const { line, fields } of rows.slice(1)) {
    const at = (column: number) => {
      const field = (fields[column] ?? '').trim();
      if (field.length > longestField) cut++;
      return field.slice(0, longestField);
    };
    const path = at(file);
    const name = at(called).replace(/\s+/g, ' ');
    const found = path === '' ? none : photos.find(path);
    const isNamed = found.photos.some((photo) => (names.get(photo)?.name ?? name) !== name);
    const why = problemOf(path, name, found) ?? (isNamed ? 'named-before' : null);
    if (why !== null) {
      wrong.push({ line, file: path, why });
      continue;
    }
    const isNew = !found.photos.some((photo) => names.has(photo));
    if (isNew && examples.length < mostExamples) examples.push({ file: path, name });
    const columns = others.map(({ heading, at: column }) => [heading, at(column)] as const);
    // Several photos of equal bytes are one to whoever names them.
    for (const photo of found.photos) names.set(photo, { photo, name, columns });
  }
  const plan: NamesPlan = {
    kind: 'plan',
    photos: names.size,
    items: new Set([...names.values()].map(({ name }) => name)).size,
    columns: others.map(({ heading }) => heading),
    examples,
    unread: further.slice(mostColumns).map(({ heading }) => heading),
    cut,
    wrong,
  };
  return { plan, names: [...names.values()] };
}

type Found = ReturnType<PhotosByName['find']>;
const none: Found = { photos: [], ambiguous: false };

function problemOf(path: string, name: string, { photos, ambiguous }: Found): NameRowProblem | null {
  if (path === '') return 'no-file';
  if (name === '') return 'no-name';
  if (photos.length === 0) return 'no-photo';
  return ambiguous ? 'several-photos' : null;
}
