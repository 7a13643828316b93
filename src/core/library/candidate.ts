import type { FileBytes, FileHandle } from './file-handle.ts';
import type { RefusedFile } from './import-progress.ts';

/** A file that may become a photo. */
export interface Candidate {
  readonly name: string;
  /** Relative to the folder that was dropped or picked, its own name included; null for single files. */
  readonly path: string | null;
  readonly modifiedAt: number;
  readonly bytes: FileBytes;
  /** Null: the bytes are to be kept. */
  readonly handle: FileHandle | null;
  /** The folder through which the handle came; null for single files. */
  readonly root: FileHandle | null;
}

/** What a source of files gives: a candidate, or what could not even be looked at. */
export type Found = { readonly candidate: Candidate } | { readonly refused: RefusedFile };

const pictureExtensions = new Set([
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'png',
  'webp',
  'avif',
  'heic',
  'heif',
  'hif',
  'gif',
  'bmp',
]);
const pictureTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/heif',
  'image/gif',
  'image/bmp',
]);
/** What a browser's choice of pictures offers: not all know a type for HEIC. */
export const acceptedPictures = [...pictureTypes, '.heic', '.heif', '.hif'].join();
const junkNames = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '.picasa.ini', 'ehthumbs.db']);

/** Files that systems put into folders: nobody means them. */
export function isJunk({ name, path }: { readonly name: string; readonly path: string | null }): boolean {
  return (
    junkNames.has(name.toLowerCase()) ||
    name.startsWith('._') ||
    (path !== null && /(^|\/)(__MACOSX|@eaDir|\.git|\.Trash[^/]*)\//.test(path))
  );
}

export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= 11 ? name.slice(dot + 1).toLowerCase() : '';
}

/** True if name and type promise a picture that Picsift takes; its bytes have the last word when it is decoded. */
export function looksLikePicture(name: string, type: string): boolean {
  const extension = extensionOf(name);
  return extension === '' ? pictureTypes.has(type) : pictureExtensions.has(extension);
}

/** A path without the name of the folder that it begins with; '' for the folder itself. */
export function pathInFolder(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(slash + 1);
}
