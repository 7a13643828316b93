import type { UndoableAction } from '../core/library/action-log.ts';
import type { FolderName } from '../core/library/folder-names.ts';
import type { AddReport, ImportFailures } from '../core/library/import-progress.ts';
import type { EvidenceOf, LabelEvidence } from '../core/library/label-evidence.ts';
import type { LibraryState } from '../core/library/library-state.ts';
import type { Failure, ModelKey, PhotoId } from '../core/library/photo.ts';
import type { PhotoCell, PhotoDetail } from '../core/library/photo-cell.ts';
import type { PhotoQuery, PhotoView } from '../core/library/photo-query.ts';
import type { Label, LabelNumber, Verdict } from '../core/tagging/label.ts';
import type { BackupApi } from './backup.ts';
import type { DuplicatesApi } from './duplicates.ts';
import type { VersionsApi } from './figures.ts';
import type { FindApi } from './find.ts';
import type { FoldersApi } from './folders.ts';
import type { IndexBuilderHost } from './index-builder.ts';
import type { BackendReport, InferenceHost, ModelProblem, StageTimes } from './inference.ts';
import type { LabelSetsApi } from './label-sets.ts';
import type { MatchApi } from './match.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type { UndoableAction } from '../core/library/action-log.ts';
export { noDuplicateSearch } from '../core/library/duplicate-search.ts';
export type { AddReport } from '../core/library/import-progress.ts';
export type { IndexCheck } from '../core/library/index-check.ts';
export type { IndexFileKind, OpenedFaiss } from '../core/library/index-files.ts';
export { type IndexStatus, noIndexStatus } from '../core/library/index-status.ts';
export type { LabelEvidence } from '../core/library/label-evidence.ts';
export type { PhotoCell, PhotoDetail } from '../core/library/photo-cell.ts';
export type { StoredSearch as SavedSearch } from '../core/library/stored-rows.ts';

/** One file without a handle; `path` is relative to the folder that was dropped or picked, null for single files. */
export interface IncomingFile {
  readonly file: File;
  readonly path: string | null;
}

/** Where the time of the photos processed since the library was opened went: sums over all workers, milliseconds. */
export interface ImportTimings {
  /** Photos that became ready. */
  readonly photos: number;
  readonly stages: StageTimes;
  /** Time in transactions that store results. */
  readonly write: number;
  /** From the first photo sent to a worker to the last one stored, pauses left out. */
  readonly elapsed: number;
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

/** `photos`: copies of photos without a handle; `figures`: scores, vectors, signatures; `records`: all the rest. */
export type SpaceKind = 'photos' | 'previews' | 'figures' | 'index' | 'records';

export interface StorageStatus {
  /** Bytes, as the browser estimates. */
  readonly used: number;
  readonly quota: number;
  readonly persisted: boolean;
  /** Bytes of the library, about. */
  readonly kinds: ReadonlyMap<SpaceKind, number>;
}

/** Small, whole, pushed at most ten times a second; `revision` grows by one with each. */
export interface LibraryStatus extends LibraryState {
  readonly revision: number;
  readonly model: ModelStatus;
  /** Every file of the model pack is kept in this browser: the app's part of 'ready offline' is another matter. */
  readonly modelStored: boolean;
  /** Another tab took the library over: nothing answers here any more until `open` succeeds again. */
  readonly lost?: true;
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
  /** Cosine below which a photo does not count as similar; null: as the library's photos teach it. */
  readonly similarityCutOff: number | null;
  /** Photos and tags are recommended; what is opened is remembered for that. */
  readonly recommendations: boolean;
  /** Lists of the index that a search for similar photos visits; null: as many as suit the library. */
  readonly indexProbes: number | null;
  /** Longer side of the previews that are made from now on, pixels. */
  readonly previewSize: 160 | 320;
}

export const defaultSettings: Settings = {
  maxMegapixels: 120,
  backend: 'auto',
  allowSoftwareAdapter: false,
  similarityCutOff: null,
  recommendations: true,
  indexProbes: null,
  previewSize: 320,
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

/** Tables, or a ZIP archive of XMP sidecars. */
export type TagFileKind = 'csv' | 'json' | 'xmp';

/** The part of the library worker's verbs that is about taking photos in. */
export interface ImportApi {
  /**
   * Resolves when the files are committed (accepted), not when they are processed. `intake`: of the report of an earlier
   * call for the same drop, null for the first.
   */
  addFiles(files: readonly IncomingFile[], intake: number | null): Promise<AddReport>;
  /** Files and folders behind handles; folders are read recursively here, in the worker. */
  addHandles(handles: readonly FileSystemHandle[]): Promise<AddReport>;
  /** The page reads folders that have no handles itself: it says when it starts and when it is through. */
  setScanning(scanning: boolean): Promise<void>;
  pauseImport(): Promise<void>;
  resumeImport(): Promise<void>;
  /** Takes photos that are still queued out again. */
  cancelImport(): Promise<void>;
  importTimings(): Promise<ImportTimings>;
  /** At most so many of them are listed. */
  importFailures(most: number): Promise<ImportFailures>;
  /** Null: all that can be retried. */
  retry(ids: Uint32Array<ArrayBuffer> | null): Promise<void>;
  /** Forgets the list of refused files and resets the counts of a finished run. */
  dismissImport(): Promise<void>;
  /** Handles of photos (or of their folders) that need the person's permission again; the page asks, then calls `retry`. */
  handlesNeedingPermission(): Promise<readonly FileSystemHandle[]>;
}

/** What is shown of photos, and what the person decides about them. */
export interface PhotosApi {
  labels(): Promise<readonly Label[]>;
  view(query: PhotoQuery): Promise<PhotoView | 'superseded'>;
  /** Folders of photos whose name holds `part`, at most `limit`. */
  folderNames(part: string, limit: number): Promise<readonly FolderName[]>;
  cells(ids: Uint32Array<ArrayBuffer>): Promise<readonly (PhotoCell | null)[]>;
  /** JPEG or WebP bytes, transferred; null where there is none (yet). */
  thumbnails(ids: Uint32Array<ArrayBuffer>): Promise<readonly (ArrayBuffer | null)[]>;
  photo(id: PhotoId): Promise<PhotoDetail | null>;
  /** The whole file, to be shown or searched for. */
  original(id: PhotoId): Promise<Blob | Failure>;
  /** The tags of all photos that are not removed, once `tagsLoaded`; names in that language. */
  exportTags(kind: TagFileKind, language: 'en' | 'zh'): Promise<Blob>;
  /** Where in the picture a label of the model comes from, if it can be told. */
  evidence(id: PhotoId, label: LabelNumber): Promise<LabelEvidence | Failure>;
  /** The same of the strongest labels, at most `count`, of a picture that is not in the library. */
  strongestEvidence(picture: Blob, count: number): Promise<readonly EvidenceOf[] | Failure>;

  /** Verdict null: back to the model's opinion. */
  judge(ids: Uint32Array<ArrayBuffer>, label: LabelNumber, verdict: Verdict | null): Promise<void>;
  /** Finds the label of that name (either language, case-insensitive) or makes an own one. */
  ensureLabel(name: string): Promise<Label>;
  /** Makes photos favourites, or no longer. */
  favour(ids: Uint32Array<ArrayBuffer>, liked: boolean): Promise<void>;
  remove(ids: Uint32Array<ArrayBuffer>): Promise<void>;
  restore(ids: Uint32Array<ArrayBuffer>): Promise<void>;
  /** Deletes all removed photos for good; not undoable. */
  purge(): Promise<void>;
  /** Deletes photos for good, whether they were removed before or not; not undoable. Goes on where storage is full. */
  deleteForGood(ids: Uint32Array<ArrayBuffer>): Promise<void>;
  undo(): Promise<UndoableAction | null>;
  redo(): Promise<UndoableAction | null>;
}

/**
 * The library worker, as the page sees it (Comlink). Verbs are coarse, values plain. Expected failures are values; a
 * throw is a bug. Lists of ids are `Uint32Array` of `PhotoId`.
 */
export interface LibraryApi
  extends ImportApi,
    FoldersApi,
    PhotosApi,
    FindApi,
    MatchApi,
    VersionsApi,
    DuplicatesApi,
    LabelSetsApi,
    BackupApi {
  open(
    request: OpenRequest,
    host: InferenceHost & IndexBuilderHost,
    listener: (event: LibraryEvent) => void,
  ): Promise<OpenResult>;

  /** Joins a figures worker with the library: it asks over this port (`FiguresSource`). */
  connectFigures(port: MessagePort): Promise<void>;

  retryModel(): Promise<void>;
  settings(): Promise<Settings>;
  /** Changing the backend restarts the inference workers. */
  changeSettings(change: Partial<Settings>): Promise<Settings>;
  storage(): Promise<StorageStatus>;
  /** Deletes previews that can be made again, which they are when looked at; resolves with how many photos had one. */
  evictPreviews(): Promise<number>;
  /** Deletes the whole library, stored files included; the person's own files on disk are not touched. */
  removeEverything(): Promise<void>;
}
