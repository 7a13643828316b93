import { csvRows } from '../label-files/csv-table.ts';
import type { Catalogue } from './catalogue.ts';
import { PhotosByName } from './match-photos.ts';
import type { PhotoId } from './photo.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredItemName } from './stored-rows.ts';

/** Bytes of a file of names, and rows of it, that are read; letters of a name or a column. */
export const mostLetters = 20_000_000;
const mostRows = 200_000;
const longestField = 400;
const mostColumns = 20;
const mostExamples = 5;
const namesPerWrite = 1000;
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

/** What naming photos changed. */
export interface NamesTaken {
  readonly photos: readonly PhotoId[];
  /** The names of those that had one. */
  readonly before: readonly StoredItemName[];
}

/** An item of the catalogue: all photos of a name. */
export interface CatalogueItem {
  readonly name: string;
  readonly photos: readonly PhotoId[];
  readonly columns: readonly (readonly [string, string])[];
}

/** What things on photos are called: names and further columns that the person gave in a file. */
export class ItemNames {
  readonly #catalogue: Catalogue;
  readonly #names = new Map<PhotoId, StoredItemName>();
  #loading: Promise<void> | null = null;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  get size(): number {
    return this.#names.size;
  }

  of(photo: PhotoId): StoredItemName | null {
    return this.#names.get(photo) ?? null;
  }

  /** What is stored changed elsewhere: it is read again. */
  reload(): void {
    this.#loading = null;
  }

  removed(photos: Iterable<PhotoId>): void {
    for (const photo of photos) this.#names.delete(photo);
  }

  /** Items of photos that are not removed, by name. */
  async items(): Promise<CatalogueItem[]> {
    await this.load();
    const { table } = this.#catalogue;
    const items = new Map<string, { name: string; photos: PhotoId[]; columns: StoredItemName['columns'] }>();
    for (const { photo, name, columns } of this.#names.values()) {
      if (!table.has(photo) || table.columns.removedAt[photo] !== 0) continue;
      const item = items.get(name) ?? { name, photos: [], columns };
      item.photos.push(photo);
      items.set(name, item);
    }
    return [...items.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** What `take` would do; nothing is written. */
  async plan(text: string): Promise<NamesPlan> {
    await this.load();
    return this.#read(text).plan;
  }

  /** Names the photos of all rows that are right; answers with what to give `takeBack`. */
  async take(text: string): Promise<NamesTaken> {
    await this.load();
    return this.#catalogue.exclusive(async () => {
      const { names } = this.#read(text);
      const photos = names.map(({ photo }) => photo);
      const before = photos.flatMap((photo) => this.#names.get(photo) ?? []);
      await this.#write(names);
      return { photos, before };
    });
  }

  /** Undoes `take`: its photos are called what they were before, or nothing. */
  async takeBack({ photos, before }: NamesTaken): Promise<void> {
    await this.load();
    const { table } = this.#catalogue;
    await this.#catalogue.exclusive(async () => {
      const named = new Set(before.map(({ photo }) => photo));
      await this.#delete(photos.filter((photo) => !named.has(photo) && this.#names.has(photo)));
      await this.#write(before.filter(({ photo }) => table.has(photo)));
    });
  }

  /** Takes all names away again, and answers with them. */
  async forget(): Promise<readonly StoredItemName[]> {
    await this.load();
    return this.#catalogue.exclusive(async () => {
      const names = [...this.#names.values()];
      await this.#delete(names.map(({ photo }) => photo));
      return names;
    });
  }

  /** Gives names back that were forgotten; photos that are gone or named anew since are left alone. */
  async giveBack(names: readonly StoredItemName[]): Promise<void> {
    await this.load();
    const { table } = this.#catalogue;
    await this.#catalogue.exclusive(() =>
      this.#write(names.filter(({ photo }) => table.has(photo) && !this.#names.has(photo))),
    );
  }

  async #write(names: readonly StoredItemName[]): Promise<void> {
    for (let from = 0; from < names.length; from += namesPerWrite) {
      const itemNames = names.slice(from, from + namesPerWrite);
      StoreRefused.check(await this.#catalogue.write({ itemNames }, 'strict'));
      for (const name of itemNames) this.#names.set(name.photo, name);
    }
    // Details of photos tell the name.
    this.#catalogue.feed.photos(names.map(({ photo }) => photo));
  }

  async #delete(photos: readonly PhotoId[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write({ deletedItemNames: photos }, 'strict'));
    for (const photo of photos) this.#names.delete(photo);
    this.#catalogue.feed.photos(photos);
  }

  async #load(): Promise<void> {
    const stored = await this.#catalogue.store.itemNames();
    this.#names.clear();
    for (const name of stored) this.#names.set(name.photo, name);
  }

  #read(text: string): { plan: NamesPlan; names: StoredItemName[] } {
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
    const photos = new PhotosByName(this.#catalogue);
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
}

type Found = ReturnType<PhotosByName['find']>;
const none: Found = { photos: [], ambiguous: false };

function problemOf(path: string, name: string, { photos, ambiguous }: Found): NameRowProblem | null {
  if (path === '') return 'no-file';
  if (name === '') return 'no-name';
  if (photos.length === 0) return 'no-photo';
  return ambiguous ? 'several-photos' : null;
}
