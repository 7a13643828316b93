import type { Catalogue } from './catalogue.ts';
import type { FileHandle } from './file-handle.ts';
import type { Files } from './file-ports.ts';
import type { PhotoId } from './photo.ts';
import { absentFlag, missingFlag } from './photo-table.ts';

/** Looks at the file of a photo that stays. */
export type KeptFiles = Pick<Files, 'open' | 'isSameEntry' | 'sha256'>;

/** The file of a photo that stays, found whole: `bytes` of it in the library only, or a file of that size and time. */
export type WholeFile =
  | { readonly kind: 'bytes' }
  | {
      readonly kind: 'file';
      readonly handle: FileHandle;
      readonly size: number;
      readonly modifiedAt: number;
    };

/**
 * The file of the photo for whose sake another goes, looked at right before: time has passed since the photos were
 * compared, and two records may share one file. Null: not whole, or not another one.
 *
 * @param sha256AsDecided of the photo that stays: what it shows now may have been put in its place since
 */
export async function wholeFileOf(
  { store, table }: Catalogue,
  files: KeptFiles,
  removed: PhotoId,
  kept: PhotoId,
  sha256AsDecided?: string,
): Promise<WholeFile | null> {
  const { flags, removedAt } = table.columns;
  if (!table.has(removed) || removedAt[removed] === 0) return null;
  if (!table.has(kept) || removedAt[kept] !== 0) return null;
  if ((flags[kept]! & (missingFlag | absentFlag)) !== 0) return null;
  const [own, other] = await store.records([removed, kept]);
  if (own?.source.kind !== 'handle' || other == null || other.sha256 === null) return null;
  const { source, sha256 } = other;
  if (sha256AsDecided !== undefined && sha256 !== sha256AsDecided) return null;
  if (source.kind === 'absent') return null;
  if (source.kind === 'stored') {
    const blob = await store.blob(source.blob);
    return blob !== null && (await files.sha256(blob)) === sha256 ? { kind: 'bytes' } : null;
  }
  if (await files.isSameEntry(own.source.handle, source.handle)) return null;
  const opened = await files.open(source.handle);
  if (!opened.ok || (await files.sha256(opened.bytes)) !== sha256) return null;
  const { bytes, modifiedAt } = opened;
  return { kind: 'file', handle: source.handle, size: bytes.size, modifiedAt };
}

/**
 * Whether it is still there when the other one is not: one file may have two names, by two ways to its folder or on disks
 * that do not tell A from a, and not every browser can tell.
 */
export async function isStillThere(files: KeptFiles, whole: WholeFile): Promise<boolean> {
  if (whole.kind === 'bytes') return true;
  const opened = await files.open(whole.handle);
  return opened.ok && opened.bytes.size === whole.size && opened.modifiedAt === whole.modifiedAt;
}
