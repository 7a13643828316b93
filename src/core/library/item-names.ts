import type { Catalogue } from './catalogue.ts';
import { longestField, type NamesPlan, readItemNames } from './item-name-file.ts';
import type { PhotoId } from './photo.ts';
import { foldText } from './query-photos.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredItemName } from './stored-rows.ts';

const namesPerWrite = 1000;

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
    for (const photo of photos) this.#set(photo, null);
  }

  /**
   * Things whose name holds `part`; those whose name begins with it first, then those of more photos.
   *
   * @param part case does not count
   */
  async matching(part: string, limit: number): Promise<CatalogueItem[]> {
    const wanted = foldText(part.trim());
    if (wanted === '') return [];
    return (await this.items())
      .map((item) => ({ item, at: foldText(item.name).indexOf(wanted) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => Number(a.at > 0) - Number(b.at > 0) || b.item.photos.length - a.item.photos.length)
      .slice(0, limit)
      .map(({ item }) => item);
  }

  /**
   * Calls what is on photos so, and on those of equal bytes; '' takes their names away. The further columns are those of
   * other photos of that name, or stay. Answers with what to give `takeBack`.
   */
  async call(photos: readonly PhotoId[], called: string): Promise<NamesTaken> {
    await this.load();
    const { table } = this.#catalogue;
    const name = called.trim().replace(/\s+/g, ' ').slice(0, longestField);
    return this.#catalogue.exclusive(async () => {
      const all = new Set(
        photos
          .filter((photo) => table.has(photo))
          .flatMap((photo) => {
            const content = table.contentOf(photo);
            return content === null ? [photo] : table.photosOf(content);
          }),
      );
      const before = [...all].flatMap((photo) => this.#names.get(photo) ?? []);
      const other = [...this.#names.values()].find((one) => one.name === name && !all.has(one.photo));
      if (name === '') await this.#delete(before.map(({ photo }) => photo));
      else
        await this.#write(
          [...all].map((photo) => ({
            photo,
            name,
            columns: other?.columns ?? this.#names.get(photo)?.columns ?? [],
          })),
        );
      return { photos: [...all], before };
    });
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
    return readItemNames(text, this.#catalogue).plan;
  }

  /** Names the photos of all rows that are right; answers with what to give `takeBack`. */
  async take(text: string): Promise<NamesTaken> {
    await this.load();
    return this.#catalogue.exclusive(async () => {
      const { names } = readItemNames(text, this.#catalogue);
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
      for (const name of itemNames) this.#set(name.photo, name);
    }
    // Details of photos tell the name.
    this.#catalogue.feed.photos(names.map(({ photo }) => photo));
  }

  async #delete(photos: readonly PhotoId[]): Promise<void> {
    StoreRefused.check(await this.#catalogue.write({ deletedItemNames: photos }, 'strict'));
    for (const photo of photos) this.#set(photo, null);
    this.#catalogue.feed.photos(photos);
  }

  /** Text filters look for the names, too. */
  #set(photo: PhotoId, name: StoredItemName | null): void {
    if (name === null) this.#names.delete(photo);
    else this.#names.set(photo, name);
    this.#catalogue.searchText.call(photo, name?.name ?? null);
  }

  async #load(): Promise<void> {
    const stored = await this.#catalogue.store.itemNames();
    for (const photo of [...this.#names.keys()]) this.#set(photo, null);
    for (const name of stored) this.#set(name.photo, name);
  }
}
