import { pathInFolder } from './candidate.ts';
import type { Catalogue } from './catalogue.ts';
import type { FileHandle } from './file-handle.ts';
import type { FolderAccess } from './file-ports.ts';
import type { PhotoId } from './photo.ts';

/** Photos of picked folders that cannot be looked into now, as on a disk that is not plugged in, missing or not. */
export async function photosOutOfReach(
  { store }: Catalogue,
  access: Pick<FolderAccess, 'permission' | 'list'>,
): Promise<ReadonlySet<PhotoId>> {
  const ids = new Set<PhotoId>();
  for (const { number, handle } of await store.allFolders()) {
    if (await canBeRead(access, handle)) continue;
    for (const id of await store.photosOfFolder(number)) ids.add(id);
  }
  return ids;
}

/** Whether a folder can be looked into now. */
export async function canBeRead(
  access: Pick<FolderAccess, 'permission' | 'list'>,
  folder: FileHandle,
): Promise<boolean> {
  if ((await access.permission(folder)) !== 'granted') return false;
  // The first that is listed tells.
  for await (const found of access.list(folder))
    return !('refused' in found && pathInFolder(found.refused.path ?? '') === '');
  return true; // empty
}
