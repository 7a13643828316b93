import type { PhotoKey } from '../dedup/decision.ts';
import type { PlannedRemoval } from '../dedup/removal-plan.ts';
import type { ScriptInput } from '../dedup/removal-scripts.ts';
import type { Removal } from '../dedup/removals.ts';
import type { Catalogue } from './catalogue.ts';
import { bytesOf } from './duplicate-changes.ts';
import type { DuplicatePlan } from './duplicate-view.ts';
import { removedFolderName } from './file-removal.ts';
import type { PhotoId } from './photo.ts';

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
  const fingerprint = removals.map(({ photo, keptFor }) => `${photo}>${keptFor}`).join();
  return {
    entries,
    bytes: bytesOf(catalogue, removals),
    held: held.map(byId).map(({ photo, keptFor }) => ({
      name: table.name(photo),
      keptName: table.name(keptFor),
    })),
    fingerprint,
  };
}

/**
 * Removals for lists and scripts.
 *
 * @param keys of all that go, and of all that stay
 * @param at milliseconds since 1970, of the folder's name
 */
export function scriptInput(
  { table }: Catalogue,
  removals: readonly ReturnType<typeof byId>[],
  keys: ReadonlyMap<PhotoId, PhotoKey>,
  at: number,
): ScriptInput {
  const withPath = removals.filter(({ photo }) => table.path(photo) !== null);
  return {
    target: removedFolderName(at),
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
