import type { Cell } from '../evaluation/cell.ts';
import type { LabelNumber } from '../tagging/label.ts';
import type { PhotoId } from './photo.ts';

/** What one alternative of a query asks for; `negated`: that it is not so. */
export type QueryAlternative =
  /** One of these labels. */
  (
    | { readonly kind: 'labels'; readonly labels: readonly LabelNumber[] }
    /** Name or path holds that. */
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'times'; readonly from: number | null; readonly to: number | null }
    | { readonly kind: 'favourites' }
  ) & { readonly negated: boolean };

export type SortKey = 'captured' | 'imported' | 'name' | 'size';

/** Which photos, in which order. All conditions hold together. */
export interface PhotoQuery {
  /**
   * Words that file name or path must hold, each anywhere, case-insensitive; `"two words"` as they stand, `-word` must not
   * be there; '' for any.
   */
  readonly text: string;
  /** Name of a folder that holds the photo, or several of a path (`Trips/Japan`), case-insensitive; '' for any. */
  readonly folder: string;
  readonly allOf: readonly LabelNumber[];
  /** At least one of them, if there are any. */
  readonly anyOf: readonly LabelNumber[];
  readonly noneOf: readonly LabelNumber[];
  /** Labels of label sets, or alternatives: of each list, at least one. */
  readonly oneOfEach: readonly (readonly LabelNumber[])[];
  /** More alternatives, of any kind: of each list, at least one. */
  readonly either: readonly (readonly QueryAlternative[])[];
  /** Only those that the person likes. */
  readonly favourites: boolean;
  /** What photos must not be: */
  readonly excluded: {
    /** in any of these folders, named as in `folder`; */
    readonly folders: readonly string[];
    /** taken at one of these times, as in `from` and `to`; */
    readonly times: readonly { readonly from: number | null; readonly to: number | null }[];
    /** liked. */
    readonly favourites: boolean;
  };
  /** Only these photos, as `formatIds` writes them; null for any. */
  readonly only: string | null;
  /** Only the photos behind that figure ([Note: Cells]); null for any. */
  readonly cell: Cell | null;
  /** Capture date, see [Note: Wall-clock times]; inclusive from, exclusive to; null for open. */
  readonly from: number | null;
  readonly to: number | null;
  /** `present`: queued, ready and deferred (what a person expects to see); `missing`: those of them whose file was not there at
   * the last look; `failed`; `removed`: taken out, can be restored. */
  readonly show: 'present' | 'missing' | 'failed' | 'removed';
  readonly sort: { readonly by: SortKey; readonly descending: boolean };
}

export const defaultQuery: PhotoQuery = {
  text: '',
  folder: '',
  allOf: [],
  anyOf: [],
  noneOf: [],
  oneOfEach: [],
  either: [],
  favourites: false,
  excluded: { folders: [], times: [], favourites: false },
  only: null,
  cell: null,
  from: null,
  to: null,
  show: 'present',
  sort: { by: 'captured', descending: true },
};

/** A run of photos of one month in the view; only when sorted by a date. */
export interface MonthGroup {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** Index in `PhotoView.ids` of the first one. */
  readonly start: number;
  readonly count: number;
}

/** The answer to a query: row `i` of every array is the i-th photo in order. */
export interface PhotoView {
  readonly revision: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Width / height of each, EXIF orientation applied; 4/3 where not known yet. [ids.length] */
  readonly aspects: Float32Array<ArrayBuffer>;
  readonly groups: readonly MonthGroup[];
  /**
   * Photos that carry each label among those that meet all conditions but `anyOf`: count of label number `n` at index
   * `n`. Without `anyOf` these are the photos of this view; with it also those that another label in it would add. Null
   * until the tags are loaded (the first screen does not wait for them).
   */
  readonly labelCounts: Uint32Array<ArrayBuffer> | null;
  /** Photos that `show` covers, whatever the other conditions. */
  readonly totalShown: number;
}

/** One hit of a similarity search. */
export interface SimilarHit {
  readonly id: PhotoId;
  /** Cosine similarity, -1..1. */
  readonly score: number;
  /** See [Note: Wall-clock times]. */
  readonly capturedAt: number;
}
