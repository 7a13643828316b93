/** What the payloads of a backup's frames hold. FORMAT.md lists the kinds. Times are milliseconds since 1970. */
import type { DecisionKind, PhotoKey } from '../dedup/decision.ts';
import type { TeachReport } from '../learning/teach-report.ts';
import type { DuplicateScope } from '../library/duplicate-scope.ts';
import type { LabelGroup, LabelSetKind, SetLabel } from '../tagging/label-set.ts';

export const frameKinds = { head: 1, rows: 2, photos: 3, contents: 4, original: 5 } as const;

/** Photos whose entries make one group: what one damaged frame costs at most. */
export const photosPerGroup = 32;
/** Bytes of one part of an original. */
export const originalPartBytes = 4 * 2 ** 20;

export interface BackupHead {
  /** Version of Picsift that made it. */
  readonly app: string;
  readonly created: number;
  readonly photos: number;
  readonly decisions: number;
  /** The photos' own files are in it. */
  readonly originals: boolean;
}

export interface LabelRow {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly own: boolean;
}

export interface ModelRow {
  readonly id: string;
  readonly version: string;
  /** Ids of labels, in the order of the model's scores. */
  readonly labels: readonly string[];
  /** [labels], 0..1. */
  readonly thresholds: readonly number[];
}

export interface SetRow {
  /** Number in the library that was backed up: what marks refer to. */
  readonly id: number;
  readonly name: string;
  readonly kind: LabelSetKind;
  readonly groups: readonly LabelGroup[];
  readonly refuses: boolean;
  /** This and the labels' `since`: see [Note: Fully labelled]. */
  readonly revision?: number | undefined;
  readonly labels: readonly (Omit<SetLabel, 'number'> & {
    /** Id of the label: what decisions refer to. */
    readonly id: string;
  })[];
}

/** What was said of whole photos in a label set. */
export interface MarkRow {
  readonly set: number;
  /** Photo and its mark. */
  readonly marks: readonly (readonly [number, number])[];
}

/** See [Note: Decided for ever]. */
export interface DuplicateRow {
  readonly at: number;
  readonly kind: DecisionKind;
  readonly photos: readonly PhotoKey[];
  /** A run of the rules made it. */
  readonly byRules?: boolean | undefined;
}

/** See `DuplicateScope`. */
export interface ScopeRow extends Omit<DuplicateScope, 'filter'> {
  readonly filter: {
    readonly text: string;
    readonly from: number | null;
    readonly to: number | null;
    /** Ids. */
    readonly labels: readonly string[];
  } | null;
}

export interface SearchRow {
  readonly name: string;
  /** The URL's fragment; photos in it by their numbers in the backup. */
  readonly fragment: string;
}

/** Some photos of a kept version; see [Note: Versions]. A version has a row for each part of its photos. */
export interface VersionRow {
  /** Numbers in the library that was backed up. */
  readonly number: number;
  readonly set: number;
  readonly name: string;
  readonly at: number;
  readonly source: string;
  readonly photos: readonly number[];
  readonly kind: 'labels' | 'classes';
  /** One of a set of labels, else one for each group of classes. */
  readonly groups: readonly {
    readonly name: string;
    /** Ids of labels. */
    readonly labels: readonly string[];
    /** [labels]; of classes the one below which a photo is refused. */
    readonly thresholds: readonly number[];
    /** [photos][labels] bytes, or little-endian float32 where `floats`. */
    readonly scores: Uint8Array<ArrayBuffer>;
    readonly floats: boolean;
    /** [photos] of classes; else empty. */
    readonly refused: Uint8Array<ArrayBuffer>;
  }[];
}

/** What the thing on a photo is called. */
export interface ItemRow {
  /** Number in the library that was backed up. */
  readonly photo: number;
  readonly name: string;
  /** Heading, value. */
  readonly columns: readonly (readonly [string, string])[];
}

/** What was taught to a label set. */
export interface HeadRow {
  /** Number in the library that was backed up. */
  readonly set: number;
  readonly taughtAt: number;
  /** Null: more photos of the head in the row before. */
  readonly head: {
    readonly version: number;
    readonly model: { readonly id: string; readonly version: string };
    /** As `headToJson` writes it; labels by their ids. */
    readonly json: string;
    /** Null: it was imported. */
    readonly report: TeachReport | null;
  } | null;
  /** [rows]: numbers of the labelled photos, in the library that was backed up. */
  readonly photos: readonly number[];
  /** [rows][outputs] float32, row-major: what models that never saw them say of them; NaN: nothing. */
  readonly heldOut: Uint8Array<ArrayBuffer>;
}

/** The sections of rows: whatever the library keeps beside its photos joins here. */
export interface SectionRows {
  readonly labels: LabelRow;
  readonly sets: SetRow;
  readonly models: ModelRow;
  readonly marks: MarkRow;
  readonly duplicates: DuplicateRow;
  readonly scope: ScopeRow;
  readonly searches: SearchRow;
  readonly versions: VersionRow;
  readonly items: ItemRow;
  readonly heads: HeadRow;
}

export type SectionName = keyof SectionRows;

export interface DecisionEntry {
  /** Id of the label. */
  readonly label: string;
  readonly verdict: 'accepted' | 'rejected';
  /** 0: not known. */
  readonly at: number;
}

export interface PhotoEntry<Exif = unknown, Failure = unknown> {
  /** Its number in the library that was backed up: what rows of other sections refer to. */
  readonly id: number;
  readonly name: string;
  readonly path: string | null;
  /** MIME type; '' if not known. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Wall clock. */
  readonly capturedAt: number;
  readonly modifiedAt: number;
  readonly importedAt: number;
  /** 0: not removed. */
  readonly removedAt: number;
  /** Pixels; 0: not known. */
  readonly width: number;
  readonly height: number;
  /** The file is at fault: it cannot be processed. */
  readonly failure: Failure | null;
  readonly sha256: string | null;
  readonly exif: Exif | null;
  readonly decisions: readonly DecisionEntry[];
  /** The person likes it; absent: no. */
  readonly favourite?: boolean | undefined;
}

export interface ContentEntry {
  readonly sha256: string;
  readonly thumbnail: {
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly type: 'image/jpeg' | 'image/webp';
    readonly width: number;
    readonly height: number;
  } | null;
  /** `id@version` of the model that made the rest. */
  readonly model: string;
  /** One byte each, [labels]. */
  readonly scores: Uint8Array<ArrayBuffer>;
  readonly dim: number;
  /** [recordBytes(dim)], see [Note: Vectors at rest]; null: the model made none. */
  readonly vector: Uint8Array<ArrayBuffer> | null;
}

export interface OriginalEntry {
  readonly sha256: string;
  /** MIME type. */
  readonly type: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Where in the file this part begins. */
  readonly from: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type RowsOf<Name extends SectionName> = {
  readonly kind: 'rows';
  readonly section: Name;
  readonly rows: readonly SectionRows[Name][];
};

export type BackupEntry<Exif = unknown, Failure = unknown> =
  | { readonly kind: 'head'; readonly head: BackupHead }
  | { [Name in SectionName]: RowsOf<Name> }[SectionName]
  /** Groups are numbered; photos of equal bytes stand together. */
  | { readonly kind: 'photos'; readonly group: number; readonly photos: readonly PhotoEntry<Exif, Failure>[] }
  | { readonly kind: 'contents'; readonly group: number; readonly contents: readonly ContentEntry[] }
  | ({ readonly kind: 'original' } & OriginalEntry);
