import type { ItemRow } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import type { StoredItemName } from '../stored-rows.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

const rowsPerFrame = 512;

export async function* itemRows({ store }: Catalogue): AsyncGenerator<readonly ItemRow[]> {
  const names = await store.itemNames();
  for (let from = 0; from < names.length; from += rowsPerFrame) yield names.slice(from, from + rowsPerFrame);
}

/** A name that is here stays. */
export async function mergeItems(rows: readonly ItemRow[], context: RestoreContext): Promise<SectionChanges> {
  const { catalogue, photos } = context;
  context.named ??= new Set((await catalogue.store.itemNames()).map(({ photo }) => photo));
  const known = context.named;
  const itemNames = rows.flatMap(({ photo, name, columns }): StoredItemName[] => {
    const here = photos.get(photo);
    if (here === undefined || known.has(here)) return [];
    known.add(here);
    return [{ photo: here, name, columns }];
  });
  return itemNames.length > 0 ? { itemNames } : {};
}
