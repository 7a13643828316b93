import type { Catalogue } from './catalogue.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredSearch } from './stored-rows.ts';

const longestName = 80;
const longestFragment = 8_000;
const most = 500;

/** The searches that the person keeps under names of their own. */
export class SavedSearches {
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** In the order in which they were saved. */
  async all(): Promise<StoredSearch[]> {
    const found = await this.#catalogue.store.searches();
    return found.sort((a, b) => a.number - b.number);
  }

  /**
   * Saves a search, a new one (`number` null) or one that is there or was. Answers it as it is stored.
   *
   * @throws RangeError for a name of nothing but spaces, for a fragment longer than 8,000 characters, and beyond 500
   *   searches
   */
  save(search: Omit<StoredSearch, 'number'> & { readonly number: number | null }): Promise<StoredSearch> {
    const name = search.name.trim().replace(/\s+/g, ' ').slice(0, longestName);
    if (name === '') throw new RangeError('a saved search needs a name');
    const { fragment } = search;
    if (fragment.length > longestFragment)
      throw new RangeError(`a search of ${fragment.length} characters; at most ${longestFragment}`);
    return this.#catalogue.exclusive(async () => {
      const known = await this.#catalogue.store.searches();
      if (search.number === null && known.length >= most)
        throw new RangeError(`${known.length} saved searches; at most ${most}`);
      const number = search.number ?? Math.max(0, ...known.map((one) => one.number)) + 1;
      const stored: StoredSearch = { number, name, fragment };
      StoreRefused.check(await this.#catalogue.write({ searches: [stored] }, 'strict'));
      return stored;
    });
  }

  delete(number: number): Promise<void> {
    return this.#catalogue.exclusive(async () => {
      StoreRefused.check(await this.#catalogue.write({ deletedSearches: [number] }, 'strict'));
    });
  }
}
