import type { ItemRow } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredItemName } from '../ports.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

const rowsPerFrame = 512;

export async function* itemRows({ store }: Catalogue): AsyncGenerator<readonly ItemRow[]> {
  const names = await store.itemNames();
  for (let from = 0; from < names.length; from += rowsPerFrame) yield names.slice(from, from + rowsPerFrame);
}

/** A name that is here stays. */
export async function mergeItems(
  rows: readonly ItemRow[],
  { catalogue, photos }: RestoreContext,
): Promise<SectionChanges> {
  const known = new Set((await catalogue.store.itemNames()).map(({ photo }) => photo));
  const itemNames = rows.flatMap(({ photo, name, columns }): StoredItemName[] => {
    const here = photos.get(photo);
    return here === undefined || known.has(here) ? [] : [{ photo: here, name, columns }];
  });
  return itemNames.length > 0 ? { itemNames } : {};
}
