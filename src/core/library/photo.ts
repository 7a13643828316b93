/**
 * [Note: Photos and contents]
 * A *photo* is one source that the person added (a file, a shot): it has a name, a path, dates and decisions.
 * A *content* is one sequence of bytes, known by its SHA-256: it has a thumbnail, a vector and label scores.
 * Equal bytes added from two places are two photos that share one content.
 */

declare const photoBrand: unique symbol;
declare const contentBrand: unique symbol;

/** Number of a photo: 1, 2, 3, ... in order of acceptance; never used twice. Also its row in the packed columns. */
export type PhotoId = number & { readonly [photoBrand]: 'PhotoId' };

/** Number of a content: 0, 1, 2, ...; its row in the chunked score and vector columns. */
export type ContentId = number & { readonly [contentBrand]: 'ContentId' };

/**
 * Where a photo stands in the import.
 * `queued`: accepted, not processed yet. `ready`: thumbnail, vector and scores are stored.
 * `failed`: failed for good (the file itself is at fault). `deferred`: failed for now (tried again on request or at the next start).
 */
export type PhotoStatus = 'queued' | 'ready' | 'failed' | 'deferred';

/** Stored codes of the statuses: append only. */
export const photoStatusCodes = { queued: 1, ready: 2, failed: 3, deferred: 4 } as const satisfies Record<
  PhotoStatus,
  number
>;

/** Why a file was not taken or could not be processed: a closed list, worded for people in the page's languages. */
export type FailureCode =
  | 'unsupported-type' // found: what it is (extension or detected format)
  | 'empty-file'
  | 'too-many-pixels' // found: megapixels; limit: megapixels
  | 'too-much-memory' // decoding it would take more than this device can spare; found, limit: megabytes
  | 'too-slow' // the decoder did not end; found: seconds that it was given
  | 'zero-size' // the header says 0 pixels wide or high
  | 'broken' // the decoder refused it; found: the decoder's words
  | 'file-missing' // the file is not where it was
  | 'no-permission' // the browser needs the person's permission to read it again
  | 'unreadable' // the browser could not read the file; found: its words
  | 'worker-crashed'
  | 'model-unavailable'
  | 'storage-full';

export interface Failure {
  readonly code: FailureCode;
  readonly found?: string;
  readonly limit?: string;
}

/** Failures that are not the file's own fault: the photo becomes `deferred`, not `failed`. */
export const transientFailures: ReadonlySet<FailureCode> = new Set([
  'file-missing',
  'no-permission',
  'unreadable',
  'worker-crashed',
  'model-unavailable',
  'storage-full',
]);

/** What the camera wrote into the file. Text is data, never markup. */
export interface Exif {
  /** Local wall-clock time of the shot, milliseconds since 1970 as if it were UTC (EXIF knows no zone); null if absent. */
  readonly capturedAt: number | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  /** Seconds. */
  readonly exposureTime: number | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  /** Millimetres. */
  readonly focalLength: number | null;
  /** Words that somebody wrote into the file (XMP, IPTC); absent: none. */
  readonly keywords?: readonly string[] | undefined;
  /** 1 to 8 as in the EXIF standard; 1 if absent. */
  readonly orientation: number;
  /** Degrees, WGS 84; altitude in metres. */
  readonly gps: {
    readonly latitude: number;
    readonly longitude: number;
    readonly altitude: number | null;
  } | null;
}

/** The model that made a result: results of different models are never compared. */
export interface ModelKey {
  readonly id: string;
  readonly version: string;
}

export function modelKeyText(model: ModelKey): string {
  return `${model.id}@${model.version}`;
}
