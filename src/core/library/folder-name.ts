import { pathInFolder } from './candidate.ts';
import type { Catalogue, PhotoText } from './catalogue.ts';
import type { PhotoId } from './photo.ts';
import { foldText } from './query-photos.ts';
import { StoreRefused } from './store-refused.ts';
import type { StoredFolder } from './stored-rows.ts';

/**
 * [Note: Names of folders]
 * Browsers tell a picked folder's name and not where it lies: `Photos` of two disks would give equal paths, and whatever
 * goes by paths (decisions about equal files, reference folders, rules) could not tell them apart. The second one's paths
 * begin with `Photos (2)`, for as long as it is known.
 */
export function folderName({ name, handle }: Pick<StoredFolder, 'name' | 'handle'>): string {
  return name ?? handle.name;
}

/** A name for a folder that none of the others has; undefined: its own will do. */
export function freeName(own: string, others: Iterable<string>): string | undefined {
  const taken = new Set([...others].map(foldText));
  const isFree = (name: string) => !taken.has(foldText(name));
  if (isFree(own)) return undefined;
  for (let n = 2; ; n++) if (isFree(`${own} (${n})`)) return `${own} (${n})`;
}

/** Has the paths of a folder's photos begin with its name, as far as they do not: to be called outside of `exclusive`. */
export async function namePaths(
  catalogue: Catalogue,
  numbers: readonly number[],
  name: string,
): Promise<void> {
  const { table, store } = catalogue;
  for (const number of numbers) {
    const ids = await store.photosOfFolder(number);
    await catalogue.exclusive(async () => {
      const photoTexts = new Map<PhotoId, PhotoText>();
      for (const id of ids) {
        const path = table.has(id) ? table.path(id) : null;
        if (path === null || path.startsWith(`${name}/`)) continue;
        photoTexts.set(id, { name: table.name(id), path: `${name}/${pathInFolder(path)}` });
      }
      if (photoTexts.size === 0) return;
      const photoRows = new Map([...photoTexts.keys()].map((id) => [id, table.row(id)]));
      StoreRefused.check(await catalogue.write({ photoRows, photoTexts }, 'relaxed'));
    });
  }
}
