import type { UndoableAction } from './action-log.ts';
import type { BackupJob } from './backup/backups.ts';
import type { DuplicateSearchStatus } from './duplicate-search.ts';
import type { FileProgress } from './duplicate-view.ts';
import type { FoldersStatus } from './folder-info.ts';
import type { ImportProgress } from './import-progress.ts';
import type { IndexStatus } from './index-status.ts';
import { photoStatusCodes } from './photo.ts';
import { favouriteFlag, missingFlag, type PhotoTable } from './photo-table.ts';
import type { TeachingStatus } from './teaching-answers.ts';

/** What of the status the library itself knows. */
export interface LibraryState {
  /** Grows whenever a view asked before may be out of date. */
  readonly contentRevision: number;
  readonly counts: {
    readonly present: number;
    readonly queued: number;
    readonly failed: number;
    readonly removed: number;
    /** Of the present ones. */
    readonly favourites: number;
    /** Of the present ones: their file was not there at the last look. */
    readonly missing: number;
  };
  readonly folders: FoldersStatus;
  readonly import: ImportProgress;
  /** Photos with results of an earlier model, to be done again with the one that runs. */
  readonly outdated: number;
  readonly tagsLoaded: boolean;
  readonly index: IndexStatus;
  /** Cosine from which photos count as similar unless the person says otherwise. */
  readonly learnedCutOff: number;
  /** A label set is being taught, or the library scored by it; null: none. */
  readonly teaching: TeachingStatus | null;
  /** A backup that is being made, looked at or taken in; null: none is. */
  readonly backup: BackupJob | null;
  readonly duplicates: DuplicateSearchStatus;
  /** Files of duplicates that are being moved, deleted or put back. */
  readonly duplicateFiles: FileProgress | null;
  /** How often something was done in this session that can be taken back, was taken back or done again. */
  readonly actions: number;
  /** What `undo` would take back next; null if nothing. */
  readonly undo: UndoableAction | null;
  readonly redo: UndoableAction | null;
}

export function photoCounts({
  end,
  columns: { status, removedAt, flags },
}: PhotoTable): LibraryState['counts'] {
  const counts = { present: 0, queued: 0, failed: 0, removed: 0, favourites: 0, missing: 0 };
  for (let id = 1; id < end; id++) {
    if (status[id] === 0) continue;
    if (removedAt[id] !== 0) counts.removed++;
    else if (status[id] === photoStatusCodes.failed) counts.failed++;
    else {
      counts.present++;
      if ((flags[id]! & favouriteFlag) !== 0) counts.favourites++;
      if ((flags[id]! & missingFlag) !== 0) counts.missing++;
      if (status[id] === photoStatusCodes.queued) counts.queued++;
    }
  }
  return counts;
}
