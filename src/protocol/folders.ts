import type { FolderInfo, RescanReport } from '../core/library/folder-info.ts';
import type { PhotoId } from '../core/library/photo.ts';
import type { RelinkResult } from '../core/library/relink.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type { FolderInfo, RescanReport } from '../core/library/folder-info.ts';
export type { RelinkResult } from '../core/library/relink.ts';

/** The library worker's verbs for folders that the person picked, and for photos whose files went elsewhere. */
export interface FoldersApi {
  folders(): Promise<readonly FolderInfo[]>;
  /** Looks through folders now. Null: through all that may be read. */
  rescanFolders(numbers: readonly number[] | null): Promise<RescanReport>;
  /** Whether a folder is looked through by itself: at the start, and when it changes. */
  followFolder(number: number, isFollowed: boolean): Promise<void>;
  /** A folder lies elsewhere now; its photos go on with what is the same in there. */
  relocateFolder(number: number, handle: FileSystemDirectoryHandle): Promise<RescanReport>;
  /** Another file for a photo whose own is missing; see `RelinkResult`. */
  relinkPhoto(id: PhotoId, handle: FileSystemFileHandle, evenIfDifferent: boolean): Promise<RelinkResult>;
}
