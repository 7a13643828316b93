import type { Catalogue } from './catalogue.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { Failure, PhotoId } from './photo.ts';
import { placePhotos } from './place-photos.ts';

/** `different`: the file holds other bytes than the photo had; nothing was changed. */
export type RelinkResult = 'linked' | 'different' | Failure;

/**
 * A photo whose file is missing gets another one, chosen by the person.
 *
 * @param evenIfDifferent takes a file with other bytes, too: the photo keeps its tags by the person and is processed again
 */
export async function relinkPhoto(
  catalogue: Catalogue,
  files: Files,
  { id, handle }: { readonly id: PhotoId; readonly handle: FileHandle },
  evenIfDifferent: boolean,
  again: (ids: readonly PhotoId[]) => void,
): Promise<RelinkResult> {
  const { table, store } = catalogue;
  const opened = await files.open(handle);
  if (!opened.ok) return opened.failure;
  const { bytes, modifiedAt } = opened;
  const [record] = await store.records([id]);
  if (!record || record.source.kind === 'stored' || !table.has(id)) return { code: 'file-missing' };
  const isSame = record.sha256 !== null && record.sha256 === (await files.sha256(bytes));
  if (!isSame && !evenIfDifferent) return 'different';
  const { size, modifiedAt: before } = table.row(id);
  const { name } = handle;
  const candidate = { name, path: null, modifiedAt, bytes, handle, root: null };
  const known = { id, size, modifiedAt: before };
  again(await placePhotos(catalogue, [{ known, candidate, folder: null, isChanged: !isSame }]));
  return 'linked';
}
