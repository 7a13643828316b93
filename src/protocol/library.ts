import type { Exif, Failure, ModelKey, PhotoId, PhotoStatus } from '../core/library/photo.ts';
import type { PhotoQuery, PhotoView, SimilarHit } from '../core/library/photo-query.ts';
import type { Label, LabelNumber, Verdict } from '../core/tagging/label.ts';
import type { BackendReport, InferenceHost, ModelProblem } from './inference.ts';

/** One file without a handle; `path` is relative to the folder that was dropped or picked, null for single files. */
export interface IncomingFile {
  readonly file: File;
  readonly path: string | null;
}

/** A file that was looked at but not taken. */
export interface RefusedFile {
  readonly name: string;
  readonly path: string | null;
  readonly failure: Failure;
}

export interface AddReport {
  /** New photos, committed. */
  readonly accepted: number;
  /** Sources that the library has already. */
  readonly alreadyThere: number;
  readonly refused: number;
  /** Set when storage refused to take more: what was accepted stays. */
  readonly stopped: Failure | null;
}

/** What a grid cell shows. */
export interface PhotoCell {
  readonly id: PhotoId;
  readonly name: string;
  readonly status: PhotoStatus;
  /** Pixels, oriented; 0 when not known yet. */
  readonly width: number;
  readonly height: number;
  /** Milliseconds; the EXIF date if there is one, else the file's modification time. */
  readonly capturedAt: number;
  readonly hasThumbnail: boolean;
}

export interface LabelScore {
  readonly label: LabelNumber;
  /** 0..1; null for labels that the model does not score. */
  readonly score: number | null;
  readonly threshold: number | null;
  readonly verdict: Verdict | null;
}

export interface PhotoDetail extends PhotoCell {
  readonly path: string | null;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  readonly modifiedAt: number;
  readonly importedAt: number;
  /** Null: not removed. */
  readonly removedAt: number | null;
  /** `handle`: read from the person's disk when needed; `stored`: the bytes are kept in the library. */
  readonly source: 'handle' | 'stored';
  readonly exif: Exif | null;
  readonly failure: Failure | null;
  /** The model that made the scores; null before there are any. */
  readonly model: ModelKey | null;
  /** Every label that is scored or judged, best score first. */
  readonly labels: readonly LabelScore[];
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

export interface ImportProgress {
  /** `waiting-model`: nothing can run until a model is there. `waiting-permission`: only photos behind handles that need permission are left. */
  readonly state: 'idle' | 'running' | 'paused' | 'waiting-model' | 'waiting-permission' | 'storage-full';
  /** Files of this run that are through (ready, failed or refused) and all files of this run. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly alreadyThere: number;
  /** Over the last seconds; 0 when not known. */
  readonly photosPerSecond: number;
  /** Seconds; null when not known. */
  readonly secondsLeft: number | null;
  /** Folders are still being read: `total` grows. */
  readonly scanning: boolean;
}

export type ModelStatus =
  | { readonly state: 'loading'; readonly step: 'download' | 'start' /** 0..1 */; readonly progress: number }
  | {
      readonly state: 'ready';
      readonly model: ModelKey;
      readonly name: { readonly en: string; readonly zh: string };
      readonly active: BackendReport;
      readonly workers: number;
      /** All backends that were considered, the active one included. */
      readonly reports: readonly BackendReport[];
    }
  | { readonly state: 'problem'; readonly problem: ModelProblem }
  | { readonly state: 'no-backend'; readonly reports: readonly BackendReport[] };

export interface StorageStatus {
  /** Bytes, as the browser estimates. */
  readonly used: number;
  readonly quota: number;
  readonly persisted: boolean;
}

/** An action that can be taken back; the words are the page's. */
export interface UndoableAction {
  readonly kind: 'tags' | 'remove' | 'restore';
  readonly photos: number;
  readonly label: LabelNumber | null;
}

/** Small, whole, pushed at most ten times a second; `revision` grows by one with each. */
export interface LibraryStatus {
  readonly revision: number;
  /** Grows whenever a view asked before may be out of date. */
  readonly contentRevision: number;
  readonly counts: {
    readonly present: number;
    readonly queued: number;
    readonly failed: number;
    readonly removed: number;
  };
  readonly import: ImportProgress;
  readonly model: ModelStatus;
  readonly tagsLoaded: boolean;
  /** What `undo` would take back next; null if nothing. */
  readonly undo: UndoableAction | null;
  readonly redo: UndoableAction | null;
}

export interface LibraryEvent {
  readonly status: LibraryStatus;
  /** Photos whose cell changed since the event before; 'all' when too many to list. */
  readonly changed: Uint32Array<ArrayBuffer> | 'all';
  /** The labels changed (a model was loaded, an own label made): ask `labels()` again. */
  readonly labelsChanged: boolean;
}

export interface Settings {
  readonly maxMegapixels: number;
  /** 'auto': the fastest that passes the self-test. */
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  readonly allowSoftwareAdapter: boolean;
  /** Cosine below which a photo does not count as similar. */
  readonly similarityCutOff: number;
}

export const defaultSettings: Settings = {
  maxMegapixels: 120,
  backend: 'auto',
  allowSoftwareAdapter: false,
  similarityCutOff: 0.6,
};

export type OpenResult =
  | { readonly kind: 'open'; readonly status: LibraryStatus; readonly settings: Settings }
  /** Another tab owns the library. */
  | { readonly kind: 'owned-elsewhere' }
  | { readonly kind: 'newer-database'; readonly found: number; readonly expected: number }
  | { readonly kind: 'storage-unavailable'; readonly reason: string };

export interface OpenRequest {
  /** Absolute URL of the model pack's folder, with a final slash. */
  readonly packUrl: string;
  /** Take the library over from the tab that owns it. */
  readonly takeOver: boolean;
  /** Hardware threads to plan for. */
  readonly hardwareConcurrency: number;
}

/** What to look like, and among which photos: those of `filter` (its order does not matter), or all present ones. */
export type SimilarQuery = (
  | { readonly kind: 'photo'; readonly id: PhotoId }
  | { readonly kind: 'file'; readonly file: Blob }
) & { readonly filter: PhotoQuery | null };

export type SimilarResult =
  | {
      readonly kind: 'hits';
      /** Best first, the queried photo itself left out; all at or above the cut-off, then up to `beyond` more below it. */
      readonly hits: readonly SimilarHit[];
      readonly cutOff: number;
      /** Photos searched. */
      readonly searched: number;
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'superseded' };

/**
 * The library worker, as the page sees it (Comlink). Verbs are coarse, values plain. Expected failures are values; a
 * throw is a bug. Lists of ids are `Uint32Array` of `PhotoId`.
 */
export interface LibraryApi {
  open(
    request: OpenRequest,
    host: InferenceHost,
    listener: (event: LibraryEvent) => void,
  ): Promise<OpenResult>;
  /** Stops work, commits what is in hand, gives the library up. */
  close(): Promise<void>;

  /** Resolves when the files are committed (accepted), not when they are processed. */
  addFiles(files: readonly IncomingFile[]): Promise<AddReport>;
  /** Files and folders behind handles; folders are read recursively here, in the worker. */
  addHandles(handles: readonly FileSystemHandle[]): Promise<AddReport>;
  /** The page reads folders that have no handles itself: it says when it starts and when it is through. */
  setScanning(scanning: boolean): Promise<void>;
  pauseImport(): Promise<void>;
  resumeImport(): Promise<void>;
  /** Takes photos that are still queued out again. */
  cancelImport(): Promise<void>;
  importFailures(): Promise<readonly ImportFailure[]>;
  /** Null: all that can be retried. */
  retry(ids: Uint32Array<ArrayBuffer> | null): Promise<void>;
  /** Forgets the list of refused files and resets the counts of a finished run. */
  dismissImport(): Promise<void>;
  /** Handles of photos (or of their folders) that need the person's permission again; the page asks, then calls `retry`. */
  handlesNeedingPermission(): Promise<readonly FileSystemHandle[]>;

  labels(): Promise<readonly Label[]>;
  view(query: PhotoQuery): Promise<PhotoView | 'superseded'>;
  cells(ids: Uint32Array<ArrayBuffer>): Promise<readonly (PhotoCell | null)[]>;
  /** JPEG or WebP bytes, transferred; null where there is none (yet). */
  thumbnails(ids: Uint32Array<ArrayBuffer>): Promise<readonly (ArrayBuffer | null)[]>;
  photo(id: PhotoId): Promise<PhotoDetail | null>;
  /** The whole file, to be shown or searched for. */
  original(id: PhotoId): Promise<Blob | Failure>;
  similar(query: SimilarQuery, limit: number, beyond: number): Promise<SimilarResult>;

  /** Verdict null: back to the model's opinion. */
  judge(ids: Uint32Array<ArrayBuffer>, label: LabelNumber, verdict: Verdict | null): Promise<void>;
  /** Finds the label of that name (either language, case-insensitive) or makes an own one. */
  ensureLabel(name: string): Promise<Label>;
  remove(ids: Uint32Array<ArrayBuffer>): Promise<void>;
  restore(ids: Uint32Array<ArrayBuffer>): Promise<void>;
  /** Deletes removed photos for good; not undoable. Null: all removed ones. */
  purge(ids: Uint32Array<ArrayBuffer> | null): Promise<void>;
  undo(): Promise<UndoableAction | null>;
  redo(): Promise<UndoableAction | null>;

  retryModel(): Promise<void>;
  settings(): Promise<Settings>;
  /** Changing the backend restarts the inference workers. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
  storage(): Promise<StorageStatus>;
  /** Deletes the whole library, stored files included; the person's own files on disk are not touched. */
  removeEverything(): Promise<void>;
}
