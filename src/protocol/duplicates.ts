import type { Decision } from '../core/dedup/decision.ts';
import type { PhotoComparison } from '../core/library/compare-photos.ts';
import type { FilesResult } from '../core/library/duplicate-files.ts';
import type { DuplicateScope } from '../core/library/duplicate-scope.ts';
import type {
  AppliedRun,
  ApplyResult,
  DuplicateChoice,
  DuplicatePlan,
  DuplicatePlanRequest,
  DuplicateQuery,
  DuplicateUndo,
  DuplicateView,
  SplitOffPhoto,
} from '../core/library/duplicate-view.ts';
import type { PhotoId } from '../core/library/photo.ts';

export type { PhotoComparison } from '../core/library/compare-photos.ts';
// What the library's core answers with is defined there; it is part of the protocol.
export type { FilesResult } from '../core/library/duplicate-files.ts';
export type {
  AppliedRun,
  ApplyResult,
  DuplicateChoice,
  DuplicatePlan,
  DuplicatePlanRequest,
  DuplicateQuery,
  DuplicateUndo,
  DuplicateView,
  SplitOffPhoto,
} from '../core/library/duplicate-view.ts';

export type DuplicateFileKind = 'csv' | 'json' | 'sh' | 'ps1';

/** The part of the library worker's verbs that is about duplicates. */
export interface DuplicatesApi {
  /** The groups of a tier, and what all tiers amount to. */
  duplicates(query: DuplicateQuery): Promise<DuplicateView>;
  /** Photos that match a part of a group of that answer and are not in it, and why. */
  splitOff(query: DuplicateQuery, group: readonly PhotoId[]): Promise<readonly SplitOffPhoto[]>;
  /** Among which photos the person has them looked for; null: nothing was chosen yet. */
  duplicateScope(): Promise<DuplicateScope | null>;
  keepDuplicateScope(scope: DuplicateScope): Promise<void>;
  /** The search for alike photos; what is found so far stays. */
  pauseDuplicates(): Promise<void>;
  resumeDuplicates(): Promise<void>;
  /** Photos of a group side by side: what differs, and why the first two match. */
  comparePhotos(photos: readonly PhotoId[]): Promise<PhotoComparison>;
  /** All that was decided, newest first. */
  duplicateDecisions(): Promise<readonly Decision[]>;
  /** Such as were taken back; how many are new. */
  addDuplicateDecisions(decisions: readonly Decision[]): Promise<number>;
  forgetDuplicateDecisions(numbers: readonly number[]): Promise<void>;
  /** Takes back whatever says that these photos are to go, and answers with it. */
  reopenDuplicates(photos: readonly PhotoId[]): Promise<readonly Decision[]>;
  /** Decisions as a file, and from one; -1: it is none. Else how many are new. */
  exportDuplicateDecisions(): Promise<Blob>;
  importDuplicateDecisions(file: Blob): Promise<number>;
  decideDuplicates(choice: DuplicateChoice): Promise<void>;
  /** What was applied and can be taken back, newest first. */
  duplicateRuns(): Promise<readonly AppliedRun[]>;
  /** Takes that run back, else the last decision or run, also after a restart; null if there was nothing. */
  undoDuplicates(run?: number): Promise<DuplicateUndo | null>;
  /** Picked folders that undoing that, or tidying up, writes in next; the page asks for leave first. */
  foldersOfUndo(run?: number): Promise<readonly FileSystemHandle[]>;
  /** A dry run. */
  planDuplicates(request: DuplicatePlanRequest): Promise<DuplicatePlan>;
  /**
   * Removes from the library, and notes what is to become of files in picked folders; refused if the dry run of that
   * fingerprint does not hold any more.
   */
  applyDuplicates(
    request: DuplicatePlanRequest,
    fingerprint: string,
    files: 'leave' | 'move' | 'delete',
  ): Promise<ApplyResult>;
  /** Picked folders that hold files of these photos; the page asks for leave to write there. */
  foldersOfPhotos(
    photos: Uint32Array<ArrayBuffer>,
  ): Promise<{ readonly folders: readonly FileSystemHandle[]; readonly files: number }>;
  /** Moves the files of what a run removed aside or deletes them for good, as it noted. */
  clearDuplicateFiles(run: number): Promise<FilesResult>;
  /** Looking at files before applying ends with nothing done; moving and deleting end after the file at hand. */
  stopDuplicateFiles(): Promise<void>;
  /** Brings work on files that was cut off to an end; picked folders to which there is no access yet. */
  settleDuplicateFiles(): Promise<readonly FileSystemHandle[]>;
  /** Photos that could not be taken back stay removed, work that cannot be brought to an end as it is; Undo goes on. */
  leaveDuplicates(): Promise<void>;
  /** What a dry run lists, as a file: a list, or a script that moves the files. */
  exportDuplicates(request: DuplicatePlanRequest, kind: DuplicateFileKind): Promise<Blob>;
}
