import type { LabelNumber } from '../tagging/label.ts';
import type { KnownLabel } from '../tagging/label-registry.ts';
import type { FileHandle } from './file-handle.ts';
import type { ContentId, Exif, Failure, ModelKey, PhotoId } from './photo.ts';

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

export type StoredLabel = KnownLabel;

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
  /** What its photos' paths begin with; absent: its own name. See [Note: Names of folders]. */
  readonly name?: string;
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
  /** Of kept versions. */
  readonly version: number;
}

export const firstNumbers: Counters = { photo: 1, content: 0, blob: 1, folder: 1, version: 1 };

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
