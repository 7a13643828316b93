import { pathInFolder } from './candidate.ts';
import { folderName } from './folder-name.ts';
import type { PhotoId } from './photo.ts';
import { handleFlag, missingFlag, type PhotoTable } from './photo-table.ts';
import type { ForgottenFile, StoredFolder } from './stored-rows.ts';

/** What is deleted for good is not to come back with the next look through its folder; null: its file is not there. */
export function forgottenFile(table: PhotoTable, id: PhotoId, folder: number): ForgottenFile | null {
  const path = table.path(id);
  const { flags, size, modifiedAt } = table.row(id);
  if (path === null || (flags & missingFlag) !== 0) return null;
  return { folder, path: pathInFolder(path), size, modifiedAt };
}

/**
 * The same of photos whose records are gone, from the rows that were left behind (see [Note: Left rows]). Which folder it
 * was lay in the record: it is one of the name that the path begins with. Of several by that name each forgets the file,
 * as a file of the same path, size and time is the same picture.
 */
export function forgottenByRows(
  table: PhotoTable,
  ids: readonly PhotoId[],
  folders: readonly StoredFolder[],
): ForgottenFile[] {
  return ids.flatMap((id) => {
    if ((table.columns.flags[id]! & handleFlag) === 0) return [];
    return folders
      .filter((folder) => table.path(id)?.startsWith(`${folderName(folder)}/`))
      .flatMap(({ number }) => forgottenFile(table, id, number) ?? []);
  });
}
