import type { SearchRow } from '../../backup/entries.ts';
import type { StoredSearch } from '../stored-rows.ts';
import { fragmentHere } from './fragment-here.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

/** One of the same name that is here stays as it is. */
export async function mergeSearches(
  rows: readonly SearchRow[],
  context: RestoreContext,
): Promise<SectionChanges> {
  const known = await context.catalogue.store.searches();
  const names = new Set(known.map(({ name }) => name));
  let number = Math.max(0, ...known.map((search) => search.number));
  const searches: StoredSearch[] = [];
  for (const { name, fragment } of rows) {
    const here = fragmentHere(fragment, context);
    if (here === null || names.has(name)) continue;
    names.add(name);
    searches.push({ number: ++number, name, fragment: here });
  }
  return searches.length > 0 ? { searches } : {};
}
