import type { Found } from './candidate.ts';
import type { FileBytes, FileHandle } from './file-handle.ts';
import type { Failure } from './photo.ts';

export type OpenedFile =
  | { readonly ok: true; readonly bytes: FileBytes; readonly modifiedAt: number }
  | { readonly ok: false; readonly failure: Failure };

export interface Files {
  /** Reads where a handle points; failures: `no-permission`, `file-missing`, `unreadable`. */
  open(handle: FileHandle): Promise<OpenedFile>;
  isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean>;
  /** 64 hex digits; null if the bytes cannot be read. */
  sha256(bytes: FileBytes): Promise<string | null>;
  /** The bytes `from` to `to` (not included); null if they cannot be read. */
  part(bytes: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** What the first bytes say: null for a format that Picsift takes, else what it is ('' if unknown). */
  unsupportedFormat(bytes: FileBytes): Promise<string | null>;
}

/** The person's folders, as far as the browser gives lasting handles to them. Nothing here asks the person. */
export interface FolderAccess {
  permission(folder: FileHandle): Promise<'granted' | 'prompt' | 'denied'>;
  isSameEntry(a: FileHandle, b: FileHandle): Promise<boolean>;
  /** The path of `inner` in `outer`, names joined by slashes; null if it is not in there. */
  pathWithin(outer: FileHandle, inner: FileHandle): Promise<string | null>;
  /** All files in it and in the folders in it; their paths begin with its name. What cannot be read is refused. */
  list(folder: FileHandle): AsyncIterable<Found>;
  /** Calls `changed` after something in it changed, until the answer is called; not where the browser cannot tell. */
  observe(folder: FileHandle, changed: () => void): Promise<() => void>;
}
