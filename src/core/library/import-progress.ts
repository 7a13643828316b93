import type { Failure, PhotoId } from './photo.ts';

/** A file that was looked at but not taken. */
export interface RefusedFile {
  readonly name: string;
  readonly path: string | null;
  readonly failure: Failure;
}

/** What became of the files of one call. */
export interface AddReport {
  /** New photos, committed. */
  readonly accepted: number;
  /** Sources that the library has already. */
  readonly alreadyThere: number;
  readonly refused: number;
  /** Set when storage refused to take more: what was accepted stays. */
  readonly stopped: Failure | null;
  /** The person cancelled: the rest was not taken, and more of the same drop is not wanted. */
  readonly cancelled: boolean;
  /** To be given with further calls for the same drop, so that a cancellation in between ends them, too. */
  readonly intake: number;
}

/** A photo that failed, or a file that was refused, as the import panel lists it. */
export interface ImportFailure {
  /** Null for files that were refused before they became photos. */
  readonly id: PhotoId | null;
  readonly name: string;
  readonly path: string | null;
  readonly failure: Failure;
  readonly canRetry: boolean;
}

/** What went wrong, of which only the first ones are listed: a folder may hold any number of other files. */
export interface ImportFailures {
  readonly total: number;
  readonly first: readonly ImportFailure[];
  /** Of all of them. */
  readonly canRetry: boolean;
}

export interface ImportProgress {
  /**
   * `waiting-model`: nothing can run until a model is there. `waiting-permission`: only photos behind handles that need
   * permission are left. `cancelling`: what waited is taken out again.
   */
  readonly state:
    | 'idle'
    | 'running'
    | 'paused'
    | 'waiting-model'
    | 'waiting-permission'
    | 'storage-full'
    | 'cancelling';
  /** Files of this run that are through (ready, failed or refused) and all files of this run. */
  readonly done: number;
  readonly total: number;
  /** Photos that cannot be read: those that the library shows as failed. */
  readonly failed: number;
  /** Photos that failed for now: they stay among the others, and are tried again. */
  readonly deferred: number;
  /** Files that did not become photos. */
  readonly refused: number;
  readonly alreadyThere: number;
  /** Over the last seconds; 0 when not known. */
  readonly photosPerSecond: number;
  /** Seconds; null when not known. */
  readonly secondsLeft: number | null;
  /** Folders are still being read: `total` grows. */
  readonly scanning: boolean;
  /** The person ended this run before all was done. */
  readonly cancelled: boolean;
}
