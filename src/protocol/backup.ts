export type { DecisionConflict, RestoreReport } from '../core/library/backup/restore-report.ts';

import type { RestoreReport } from '../core/library/backup/restore-report.ts';

export type BackupResult =
  | {
      readonly kind: 'saved';
      /** The file, for the page to save; null: it was written where the person wanted it. */
      readonly file: Blob | null;
      readonly bytes: number;
      readonly photos: number;
      readonly originals: number;
      /** Originals that could not be read, or were changed since. */
      readonly missing: number;
    }
  | { readonly kind: 'cancelled' }
  /** `detail`: what the browser said. */
  | { readonly kind: 'failed'; readonly reason: 'no-room' | 'not-writable'; readonly detail: string };

export type RestoreResult =
  | { readonly kind: 'read'; readonly report: RestoreReport }
  /** `foreign`: no backup; `newer`: made by a newer Picsift; `unreadable`: the browser could not read the file. */
  | { readonly kind: 'refused'; readonly reason: 'foreign' | 'newer' | 'unreadable' };

/** What the person last saved. */
export interface LastBackup {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly photos: number;
}

export interface BackupState {
  /** Null: none was made since the library began. */
  readonly last: LastBackup | null;
  /** The browser may clear the library, and the last backup is old or missing. */
  readonly due: boolean;
}

/** The part of the library worker's verbs that is about backups; progress comes with the status. */
export interface BackupApi {
  /**
   * @param originals with the photos' own files, as far as they can be read
   * @param handle where to write it; null: it is made in the browser's own storage and handed to the page
   */
  backUp(originals: boolean, handle: FileSystemFileHandle | null): Promise<BackupResult>;
  /** What restoring would change; nothing is changed. */
  inspectBackup(file: Blob): Promise<RestoreResult>;
  restoreBackup(file: Blob): Promise<RestoreResult>;
  cancelBackup(): Promise<void>;
  backupState(): Promise<BackupState>;
}
