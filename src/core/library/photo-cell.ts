import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { Exif, Failure, ModelKey, PhotoId, PhotoStatus } from './photo.ts';

/** What a grid cell shows. */
export interface PhotoCell {
  readonly id: PhotoId;
  readonly name: string;
  readonly status: PhotoStatus;
  /** Pixels, oriented; 0 when not known yet. */
  readonly width: number;
  readonly height: number;
  /** The EXIF date if there is one, else the file's modification time; see [Note: Wall-clock times]. */
  readonly capturedAt: number;
  readonly hasThumbnail: boolean;
  /** The person likes it. */
  readonly isFavourite: boolean;
  /** Its file was not there at the last look. */
  readonly isMissing: boolean;
}

export interface LabelScore {
  readonly label: LabelNumber;
  /** 0..1; null for labels that the model does not score. */
  readonly score: number | null;
  readonly threshold: number | null;
  readonly verdict: Verdict | null;
  /** The file brought it as a keyword. */
  readonly fromFile?: true;
}

export interface PhotoDetail extends PhotoCell {
  readonly path: string | null;
  /** What the thing on it is called; null: it has no name. */
  readonly item: string | null;
  /** Bytes. */
  readonly size: number;
  readonly type: string;
  /** Instants, milliseconds since 1970. */
  readonly modifiedAt: number;
  readonly importedAt: number;
  /** Null: not removed. */
  readonly removedAt: number | null;
  /** `handle`: read from the person's disk when needed; `stored`: the bytes are kept in the library; `absent`: see `PhotoSource`. */
  readonly source: 'handle' | 'stored' | 'absent';
  readonly exif: Exif | null;
  readonly failure: Failure | null;
  /** The model that made the scores; null before there are any. */
  readonly model: ModelKey | null;
  /** Every label that is scored or judged, best score first. */
  readonly labels: readonly LabelScore[];
}
