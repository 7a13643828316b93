import type { PhotoKey } from '../dedup/decision.ts';
import type { PlannedRemoval } from '../dedup/removal-plan.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import type { Removal } from '../dedup/removals.ts';
import type { Catalogue } from './catalogue.ts';
import { bytesOf } from './duplicate-changes.ts';
import type { DuplicatePlan } from './duplicate-view.ts';
import { removedFolderName } from './file-removal.ts';
import { folderName } from './folder-name.ts';
import type { PhotoId } from './photo.ts';
import type { StoredFolder } from './stored-rows.ts';

/** What a dry run says of removals. */
export function planOf(
  catalogue: Catalogue,
  removals: readonly PlannedRemoval[],
  held: readonly Removal[],
): DuplicatePlan {
  const { table } = catalogue;
  const entries = removals.map((removal) => {
    const { photo, keptFor } = byId(removal);
    return {
      photo,
      name: table.name(photo),
      path: table.path(photo),
      keptFor,
      keptName: table.name(keptFor),
      bytes: table.columns.size[photo]!,
      by: removal.by,
    };
  });
  return {
    entries,
    bytes: bytesOf(catalogue, removals),
    held: held.map(byId).map(({ photo, keptFor }) => ({
      name: table.name(photo),
      keptName: table.name(keptFor),
    })),
    fingerprint: fingerprintOf(removals),
  };
}

/** What a dry run is known by. */
export function fingerprintOf(removals: readonly Removal[]): string {
  return removals.map(({ photo, keptFor }) => `${photo}>${keptFor}`).join();
}

/**
 * Removals for lists and scripts.
 *
 * @param keys of all that go, and of all that stay
 * @param at milliseconds since 1970, of the folder's name
 * @param folders that were picked
 */
export function scriptInput(
  { table }: Catalogue,
  removals: readonly ReturnType<typeof byId>[],
  keys: ReadonlyMap<PhotoId, PhotoKey>,
  at: number,
  folders: readonly StoredFolder[],
): ScriptInput {
  const withPath = removals.filter(({ photo }) => table.path(photo) !== null);
  const renamed = folders.flatMap((folder) => {
    const [name, own] = [folderName(folder), folder.handle.name];
    const isTold = ({ photo }: (typeof removals)[number]) => table.path(photo)!.startsWith(`${name}/`);
    return name !== own && withPath.some(isTold) ? { name, own } : [];
  });
  return {
    target: removedFolderName(at),
    ...(renamed.length > 0 && { renamed }),
    files: withPath.map(({ photo, keptFor }) => ({
      path: table.path(photo)!,
      sha256: keys.get(photo)!.sha256,
      bytes: table.columns.size[photo]!,
      kept: table.path(keptFor) ?? table.name(keptFor),
      // Folders of one name may have been picked from several disks: the same path is then no other file.
      keptSha256: [null, table.path(photo)].includes(table.path(keptFor)) ? null : keys.get(keptFor)!.sha256,
    })),
    withoutPath: removals.flatMap(({ photo }) => (table.path(photo) === null ? table.name(photo) : [])),
  };
}

/** Rules and decisions know numbers only. */
export function byId({ photo, keptFor }: Removal): { readonly photo: PhotoId; readonly keptFor: PhotoId } {
  return { photo: photo as PhotoId, keptFor: keptFor as PhotoId };
}
