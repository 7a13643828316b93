import type { Decision } from '../dedup/decision.ts';
import type { Picture } from '../image/picture.ts';
import type { Region } from '../image/region.ts';
import type { FeatureMap, LinearHeads, Projection } from '../tagging/evidence-map.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { LabelSet } from '../tagging/label-set.ts';
import type { Found } from './candidate.ts';
import type { DuplicateRun } from './duplicate-run.ts';
import type { IndexChange, IndexSlot, StoredIndex } from './index-ports.ts';
import type { StoredPairs } from './pair-ports.ts';
import type { ContentId, Exif, Failure, ModelKey, PhotoId } from './photo.ts';
import type { StoredHead } from './teaching-ports.ts';

/** A file's bytes, wherever they are; a `Blob` is one. Core hands them on and never looks inside. */
export interface FileBytes {
  readonly size: number;
  readonly type: string;
}

/** A file or folder on the person's disk that can be read again later; a `FileSystemHandle` is one. */
export interface FileHandle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
}

export type PhotoSource =
  /** `folder`: number of the folder through which the handle came (its permission is asked for once), null for single files. */
  | { readonly kind: 'handle'; readonly handle: FileHandle; readonly folder: number | null }
  /** `blob`: key of the stored bytes. */
  | { readonly kind: 'stored'; readonly blob: number }
  /** Restored from a backup without its file: adding the file again gives it back. */
  | { readonly kind: 'absent' };

/** What is read of one photo at a time; the rest is in the packed columns. */
export interface PhotoRecord {
  readonly id: PhotoId;
  /** MIME type as the browser tells; '' if it does not. */
  readonly type: string;
  readonly source: PhotoSource;
  /** 64 hex digits; null until it is computed. */
  readonly sha256: string | null;
  readonly exif: Exif | null;
  readonly failure: Failure | null;
  /** How often processing ended in a failure for now. */
  readonly attempts: number;
}

/** See [Note: Photos and contents]. */
export interface ContentRecord {
  readonly id: ContentId;
  readonly sha256: string;
  /** Photos that have these bytes; at 0 the content is deleted. */
  readonly refs: number;
  /** Key of the stored bytes; null while all photos of it are behind handles. */
  readonly blob: number | null;
}

export interface StoredThumbnail {
  readonly bytes: ArrayBuffer;
  readonly type: 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

export interface StoredLabel {
  readonly number: LabelNumber;
  readonly id: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly own: boolean;
  /** The label set that it belongs to; absent: none. */
  readonly set?: number;
  /** Not in its set any more. */
  readonly retired?: boolean;
}

/** Tags that the files of one chunk of columns bring with them: photo, label; [2 x n]. See [Note: Tags of files]. */
export interface FileTagChunk {
  readonly chunk: number;
  readonly pairs: Uint32Array<ArrayBuffer>;
}

/** Marks of the photos of one chunk of columns in one label set: photo, bits; [2 x n]. */
export interface MarkChunk {
  readonly set: number;
  readonly chunk: number;
  readonly pairs: Uint32Array<ArrayBuffer>;
}

/** A model that made results in this library. */
export interface StoredModel {
  /** 1, 2, ...; what the photos' column says. */
  readonly number: number;
  readonly key: ModelKey;
  /** Label number and threshold of each score, in the model's order. */
  readonly labels: readonly LabelNumber[];
  readonly thresholds: readonly number[];
  /** See [Note: One model after another]. Number of the model before it; absent for the first one. */
  readonly takesOver?: number;
  /** Contents below this were there already; their results of the model before stay until this one has done all again. */
  readonly firstContent?: number;
}

/** A folder that the person picked. */
export interface StoredFolder {
  readonly number: number;
  readonly handle: FileHandle;
  /** False: it is looked through only when the person asks; absent: it is kept in step. */
  readonly isFollowed?: boolean;
  /** When it was last looked through, milliseconds since 1970; absent: never. */
  readonly scannedAt?: number;
  /** It lies elsewhere now, and its photos' handles still point to the old place. */
  readonly isRelocated?: boolean;
}

/** A file of a folder whose photo was removed for good: as long as it is the same, it is not taken in again. */
export interface ForgottenFile {
  readonly folder: number;
  /** From the folder on, without the folder's own name. */
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: number;
}

/** A search that the person keeps: the URL's fragment that leads to it. */
export interface StoredSearch {
  /** 1, 2, ...; in order of saving. */
  readonly number: number;
  readonly name: string;
  readonly fragment: string;
}

/** What the thing on a photo is called, and whatever else the person's file says of it. */
export interface StoredItemName {
  readonly photo: PhotoId;
  readonly name: string;
  /** Heading, value. */
  readonly columns: readonly (readonly [string, string])[];
}

/** Next free numbers; they are never used twice. */
export interface Counters {
  readonly photo: number;
  readonly content: number;
  readonly blob: number;
  readonly folder: number;
}

/** 1024 rows of the packed columns, as `PhotoTable` lays them out. */
export interface ColumnChunk {
  readonly chunk: number;
  readonly bytes: ArrayBuffer;
}

/** Names and paths of the same 1024 photos. */
export interface NameChunk {
  readonly chunk: number;
  readonly names: readonly string[];
  readonly paths: readonly (string | null)[];
}

/** Verdicts of the photos of one chunk: (photo, label number, 1 accepted or 2 rejected), [3 x n]. */
export interface VerdictChunk {
  readonly chunk: number;
  readonly triples: Uint32Array<ArrayBuffer>;
  /** [n], when each was said, milliseconds since 1970; 0 or absent: before times were kept. */
  readonly times?: Float64Array<ArrayBuffer>;
}

/** Score bytes of consecutive contents, row-major, [rows x labels]; rows never written are zeros. */
export interface ScoreChunk {
  readonly firstContent: ContentId;
  readonly rows: number;
  readonly scores: Uint8Array<ArrayBuffer>;
}

/** Unit vectors of consecutive contents: see [Note: Vectors at rest]. */
export interface VectorChunk {
  readonly firstContent: ContentId;
  readonly rows: number;
  readonly dim: number;
  /** [rows][recordBytes(dim)]; rows never written are zeros. */
  readonly records: Uint8Array<ArrayBuffer>;
}

/** What is read at the start: the small things and the packed columns. */
export interface StoredLibrary {
  readonly counters: Counters;
  readonly columns: readonly ColumnChunk[];
  readonly names: readonly NameChunk[];
  readonly verdicts: readonly VerdictChunk[];
  readonly labels: readonly StoredLabel[];
  readonly models: readonly StoredModel[];
  readonly labelSets: readonly LabelSet[];
  readonly labelMarks: readonly MarkChunk[];
  readonly fileTags: readonly FileTagChunk[];
}

/** Signatures of consecutive contents: see [Note: Photo signature]. */
export interface SignatureChunk {
  readonly firstContent: ContentId;
  readonly rows: number;
  /** [rows][signatureBytes]; rows never written are zeros. */
  readonly records: Uint8Array<ArrayBuffer>;
}

/** One content's signature. */
export interface SignatureRow {
  readonly content: ContentId;
  /** [signatureBytes] */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** One content's results of one model. */
export interface ContentRow {
  readonly model: ModelKey;
  readonly content: ContentId;
  readonly scores: Uint8Array<ArrayBuffer>;
  readonly embedding: Float32Array<ArrayBuffer>;
}

/** What one transaction writes; all of it or nothing. */
export interface LibraryChanges {
  readonly counters?: Counters;
  readonly columns?: readonly ColumnChunk[];
  readonly names?: readonly NameChunk[];
  readonly verdicts?: readonly VerdictChunk[];
  readonly labels?: readonly StoredLabel[];
  readonly models?: readonly StoredModel[];
  readonly labelSets?: readonly LabelSet[];
  readonly deletedLabelSets?: readonly number[];
  readonly labelMarks?: readonly MarkChunk[];
  readonly fileTags?: readonly FileTagChunk[];
  readonly heads?: readonly StoredHead[];
  readonly deletedHeads?: readonly number[];
  readonly folders?: readonly StoredFolder[];
  readonly forgottenFiles?: readonly ForgottenFile[];
  readonly searches?: readonly StoredSearch[];
  readonly deletedSearches?: readonly number[];
  readonly records?: readonly PhotoRecord[];
  /** Their item names go with them. */
  readonly deletedRecords?: readonly PhotoId[];
  readonly itemNames?: readonly StoredItemName[];
  readonly deletedItemNames?: readonly PhotoId[];
  readonly contents?: readonly ContentRecord[];
  readonly deletedContents?: readonly string[];
  readonly blobs?: readonly { readonly key: number; readonly bytes: FileBytes }[];
  readonly deletedBlobs?: readonly number[];
  readonly thumbnails?: readonly { readonly content: ContentId; readonly thumbnail: StoredThumbnail }[];
  readonly deletedThumbnails?: readonly ContentId[];
  readonly rows?: readonly ContentRow[];
  readonly signatures?: readonly SignatureRow[];
  /** Their scores and vectors, whatever the model, and signatures become zeros. */
  readonly clearedRows?: readonly ContentId[];
  /** Vector indexes, whole or what changed of them. */
  readonly indexes?: readonly IndexChange[];
  readonly duplicateDecisions?: readonly Decision[];
  /** Numbers. */
  readonly deletedDuplicateDecisions?: readonly number[];
  readonly duplicateRuns?: readonly DuplicateRun[];
  readonly duplicatePairs?: readonly StoredPairs[];
  /** Chunks. */
  readonly deletedDuplicatePairs?: readonly number[];
  /** Scores, vectors and indexes of models that no photo refers to any more. */
  readonly deletedModels?: readonly StoredModel[];
}

/**
 * `storage-full`: the browser gives no more room. `unreadable`: the bytes of a file could not be read while storing them.
 * `lost`: another tab owns the library now. In each of these cases nothing was written.
 */
export type WriteResult = 'written' | 'storage-full' | 'unreadable' | 'lost';

/** `strict`: on disk when it resolves (what the person did); `relaxed`: a power cut may take it (what can be made again). */
export type Durability = 'strict' | 'relaxed';

export interface StoredDuplicates {
  readonly decisions: readonly Decision[];
  readonly runs: readonly DuplicateRun[];
}

export interface PhotoStore {
  load(): Promise<StoredLibrary>;
  /** What the person saved, in no order. */
  searches(): Promise<StoredSearch[]>;
  itemNames(): Promise<StoredItemName[]>;
  records(ids: readonly PhotoId[]): Promise<(PhotoRecord | null)[]>;
  contents(sha256: readonly string[]): Promise<(ContentRecord | null)[]>;
  blob(key: number): Promise<FileBytes | null>;
  folders(numbers: readonly number[]): Promise<StoredFolder[]>;
  allFolders(): Promise<StoredFolder[]>;
  /** Photos whose handles came through a folder, in order. */
  photosOfFolder(folder: number): Promise<PhotoId[]>;
  forgottenFiles(folder: number): Promise<ForgottenFile[]>;
  thumbnails(contents: readonly ContentId[]): Promise<(StoredThumbnail | null)[]>;
  scores(model: ModelKey, content: ContentId): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Of each content; null where there are none. */
  scoreRows(model: ModelKey, contents: readonly ContentId[]): Promise<(Uint8Array<ArrayBuffer> | null)[]>;
  /** Unit vectors as they are kept ([Note: Vectors at rest]); null where there is none. */
  vectors(model: ModelKey, contents: readonly ContentId[]): Promise<(Float32Array<ArrayBuffer> | null)[]>;
  /** Chunks in order; stops when `visit` answers false. `visit` may take its time: it is called outside of transactions. */
  eachScoreChunk(model: ModelKey, visit: (chunk: ScoreChunk) => Promise<boolean>): Promise<void>;
  eachVectorChunk(model: ModelKey, visit: (chunk: VectorChunk) => Promise<boolean>): Promise<void>;
  /** Signatures made by another version of the recipe are left out. */
  eachSignatureChunk(visit: (chunk: SignatureChunk) => Promise<boolean>): Promise<void>;
  /** Taught heads of label sets. */
  heads(): Promise<StoredHead[]>;
  index(model: ModelKey, slot: IndexSlot): Promise<StoredIndex | null>;
  /** All decisions about duplicates, and the journal of their application. */
  duplicates(): Promise<StoredDuplicates>;
  duplicatePairs(): Promise<StoredPairs[]>;
  write(changes: LibraryChanges, durability: Durability): Promise<WriteResult>;
  /** Small plain values that can be made again; undefined where there is none. */
  remembered(key: string): Promise<unknown>;
  remember(key: string, value: unknown): Promise<void>;
}

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

/** Milliseconds of each stage of one photo. */
export interface StageTimes {
  readonly read: number;
  readonly hash: number;
  readonly header: number;
  readonly decode: number;
  readonly thumbnail: number;
  readonly preprocess: number;
  readonly inference: number;
}

export type Embedded =
  | {
      readonly ok: true;
      /** SHA-256 of the file's bytes, 64 hex digits. */
      readonly sha256: string;
      /** Pixels, EXIF orientation applied. */
      readonly width: number;
      readonly height: number;
      readonly thumbnail: StoredThumbnail;
      /** Made of the thumbnail's pixels, [signatureBytes]. */
      readonly signature: Uint8Array<ArrayBuffer>;
      readonly exif: Exif | null;
      readonly model: ModelKey;
      /** Unit vector, [dim]. */
      readonly embedding: Float32Array<ArrayBuffer>;
      /** Sigmoid scores in the model's label order, one byte each (score = byte / 255), [labels]. */
      readonly scores: Uint8Array<ArrayBuffer>;
      readonly stages: StageTimes;
    }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

/** What the model sees where in one picture. */
export type Mapped =
  | { readonly ok: true; readonly model: ModelKey; readonly map: FeatureMap }
  | { readonly ok: false; readonly failure: Failure; readonly sha256: string | null };

export interface EmbedLimits {
  readonly maxMegapixels: number;
  /** Longer side, pixels. */
  readonly thumbnailSize: number;
  /** Only that part is shown to the model; absent: all of the picture. */
  readonly region?: Region;
}

/** Decoding and the model, somewhere else. */
export interface Embedder {
  /** How many calls of `embed` are worth having under way. */
  readonly capacity: number;
  /**
   * Never rejects; failures `worker-crashed` and `model-unavailable` are not the file's fault.
   *
   * @param urgent goes before those that wait
   */
  embed(bytes: FileBytes, limits: EmbedLimits, urgent: boolean): Promise<Embedded>;
  /** The model's map of a picture; goes before photos that wait. Fails as `embed` does. */
  map(bytes: FileBytes, limits: EmbedLimits): Promise<Mapped>;
}

/** Weights of the model that lie beside it. */
export interface ModelWeights {
  /** Of the model's labels, in its order; null when they cannot be had. */
  heads(model: ModelKey): Promise<LinearHeads | null>;
  /** From features to embeddings, likewise. */
  projection(model: ModelKey): Promise<Projection | null>;
}

/** Small pictures to pixels and back. */
export interface Pictures {
  /** Null when the browser cannot show it. */
  decode(thumbnail: StoredThumbnail): Promise<Picture | null>;
  /** A file that the embedder takes. */
  encode(picture: Picture): Promise<FileBytes>;
}

/** What a loaded model says of itself. */
export interface ModelDescription {
  readonly key: ModelKey;
  /** In the order of its scores. */
  readonly labels: readonly {
    readonly id: string;
    readonly en: string;
    readonly zh: string;
    readonly threshold: number;
  }[];
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, with fractions; never goes back. */
  ticks(): number;
  /** Calls `then` once after that many milliseconds, unless the answer is called before. */
  after(milliseconds: number, then: () => void): () => void;
  /** Lets waiting messages be handled. */
  breathe(): Promise<void>;
}
