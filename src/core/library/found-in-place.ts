import { type Found, pathInFolder } from './candidate.ts';
import type { FileHandle } from './file-handle.ts';

/** Where a folder that was picked lies: in a folder that is remembered, or it is one itself. */
export interface PickedPlace {
  readonly number: number;
  /** The folder that is remembered. */
  readonly root: FileHandle;
  /** From the name of `root` on. */
  readonly path: string;
}

/** Files as they lie in the remembered folders, not in the folders within these that were picked. */
export async function* foundInPlace(
  found: AsyncIterable<Found>,
  places: ReadonlyMap<FileHandle, PickedPlace>,
): AsyncGenerator<Found> {
  for await (const one of found) {
    const candidate = 'candidate' in one ? one.candidate : null;
    const root = candidate?.root ?? null;
    const place = root === null ? undefined : places.get(root);
    if (candidate === null || candidate.path === null || place === undefined) {
      yield one;
      continue;
    }
    const path = `${place.path}/${pathInFolder(candidate.path)}`;
    yield { candidate: { ...candidate, path, root: place.root } };
  }
}
