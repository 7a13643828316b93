import type { Catalogue } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { readCsv } from './read-csv.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredItemName } from './stored-rows.ts';

/** Bytes of a file of names, and rows of it, that are read; letters of a name or a column. */
export const mostLetters = 20_000_000;
const mostRows = 200_000;
const longestField = 400;
const mostColumns = 20;
const namesPerWrite = 1000;

export type NameRowProblem =
  | 'no-file' // the row names no file
  | 'no-name' // the row gives no name
  | 'no-photo' // no photo of the library has that path or name
  | 'several-photos'; // several photos have that name: a path would tell them apart

/** What importing a file of names would do. */
export type NamesPlan =
  | {
      readonly kind: 'plan';
      /** Photos that get a name, and how many items those make. */
      readonly photos: number;
      readonly items: number;
      /** Headings of further columns. */
      readonly columns: readonly string[];
      readonly wrong: readonly {
        readonly line: number;
        readonly file: string;
        readonly why: NameRowProblem;
      }[];
    }
  /** `headings`: there is no column for file or for name; `broken`: no CSV; `too-large`. */
  | { readonly kind: 'refused'; readonly why: 'headings' | 'broken' | 'too-large' };

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

  /** Names the photos of all rows that are right. */
  async take(text: string): Promise<NamesPlan> {
    await this.load();
    return this.#catalogue.exclusive(async () => {
      const { plan, names } = this.#read(text);
      await this.#write(names);
      return plan;
    });
  }

  /** Takes all names away again, and answers with them. */
  async forget(): Promise<readonly StoredItemName[]> {
    await this.load();
    return this.#catalogue.exclusive(async () => {
      const names = [...this.#names.values()];
      const deletedItemNames = names.map(({ photo }) => photo);
      StoreRefused.check(await this.#catalogue.write({ deletedItemNames }, 'strict'));
      this.#names.clear();
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
    const rows = readCsv(text);
    if (rows === null) return refused('broken');
    if (rows.length > mostRows) return refused('too-large');
    const headings = (rows[0]?.fields ?? []).map((field) => field.trim().slice(0, longestField));
    const columnOf = (words: readonly string[]) =>
      headings.findIndex((heading) => words.includes(heading.toLowerCase()));
    const file = columnOf(['file', 'path', 'photo', 'filename', '文件', '文件名', '路径']);
    const called = columnOf(['name', 'product', 'item', '名称', '品名', '商品']);
    if (file < 0 || called < 0) return refused('headings');
    const others = headings
      .map((heading, at) => ({ heading, at }))
      .filter(({ heading, at }) => at !== file && at !== called && heading !== '')
      .slice(0, mostColumns);
    const photosOf = this.#finder();
    const names = new Map<PhotoId, StoredItemName>();
    const wrong: { line: number; file: string; why: NameRowProblem }[] = [];
    for (const { line, fields } of rows.slice(1)) {
      const path = (fields[file] ?? '').trim().slice(0, longestField);
      const name = (fields[called] ?? '').trim().replace(/\s+/g, ' ').slice(0, longestField);
      const found = path === '' ? [] : photosOf(path);
      const why = problemOf(path, name, found.length);
      if (why !== null) {
        wrong.push({ line, file: path, why });
        continue;
      }
      const columns = others.map(
        ({ heading, at }) => [heading, (fields[at] ?? '').trim().slice(0, longestField)] as const,
      );
      names.set(found[0]!, { photo: found[0]!, name, columns });
    }
    const items = new Set([...names.values()].map(({ name }) => name)).size;
    const columns = others.map(({ heading }) => heading);
    return { plan: { kind: 'plan', photos: names.size, items, columns, wrong }, names: [...names.values()] };
  }

  /** Photos by path or by file name; upper and lower case are the same. */
  #finder(): (path: string) => readonly PhotoId[] {
    const { table } = this.#catalogue;
    const photos = new Map<string, PhotoId[]>();
    const add = (key: string, id: PhotoId) => {
      const known = photos.get(key);
      if (known === undefined) photos.set(key, [id]);
      else if (!known.includes(id)) known.push(id);
    };
    for (const id of table.ids()) {
      if (table.columns.removedAt[id] !== 0) continue;
      add(table.name(id).toLowerCase(), id);
      const path = table.path(id);
      if (path !== null) add(path.toLowerCase(), id);
    }
    return (path) =>
      photos.get(
        path
          .replaceAll('\\', '/')
          .replace(/^\.?\//, '')
          .toLowerCase(),
      ) ?? [];
  }
}

function problemOf(path: string, name: string, photos: number): NameRowProblem | null {
  if (path === '') return 'no-file';
  if (name === '') return 'no-name';
  if (photos === 0) return 'no-photo';
  return photos > 1 ? 'several-photos' : null;
}
