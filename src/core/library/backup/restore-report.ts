import type { BackupHead, SectionName } from '../../backup/entries.ts';
import type { Verdict } from '../../tagging/label.ts';

export interface SaidOfLabel {
  readonly label: { readonly en: string; readonly zh: string };
  readonly verdict: Verdict;
}

/** Two decisions that contradict each other, and which one holds. */
export interface DecisionConflict {
  /** Name of the photo. */
  readonly photo: string;
  readonly here: SaidOfLabel;
  readonly backup: SaidOfLabel;
  readonly kept: 'here' | 'backup';
}

/** What taking a backup in comes to, or what it came to. */
export interface RestoreReport {
  /** Null: its frame is damaged. */
  readonly head: BackupHead | null;
  /** The file's end was found; else it is cut off. */
  readonly complete: boolean;
  /** Frames that are damaged, and frames that a newer Picsift put there. */
  readonly lostFrames: number;
  readonly unknownFrames: number;
  readonly photos: {
    readonly fresh: number;
    readonly known: number;
    /** Of the known ones: were removed here, and stay so. */
    readonly removed: number;
  };
  /** New photos whose preview and scores are lost. */
  readonly withoutResults: number;
  readonly decisions: {
    readonly fresh: number;
    readonly same: number;
    /** Contradictions: the newer one holds, and what is here where neither is known to be newer. */
    readonly fromBackup: number;
    readonly fromHere: number;
  };
  /** The first ones. */
  readonly conflicts: readonly DecisionConflict[];
  /** New ones of each section. */
  readonly rows: Readonly<Record<SectionName, number>>;
  readonly originals: { readonly fresh: number; readonly damaged: number };
  /** Why it ended early; what was taken in by then is whole, and taking the file in again goes on. */
  readonly stopped: 'cancelled' | 'storage-full' | 'unreadable' | null;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A report while it is being made. */
export interface Tally
  extends Writable<Omit<RestoreReport, 'photos' | 'decisions' | 'rows' | 'originals' | 'conflicts'>> {
  readonly photos: Writable<RestoreReport['photos']>;
  readonly decisions: Writable<RestoreReport['decisions']>;
  readonly rows: Writable<RestoreReport['rows']>;
  readonly originals: Writable<RestoreReport['originals']>;
  readonly conflicts: DecisionConflict[];
}

export function emptyTally(): Tally {
  return {
    head: null,
    complete: false,
    lostFrames: 0,
    unknownFrames: 0,
    photos: { fresh: 0, known: 0, removed: 0 },
    withoutResults: 0,
    decisions: { fresh: 0, same: 0, fromBackup: 0, fromHere: 0 },
    conflicts: [],
    rows: {
      labels: 0,
      sets: 0,
      models: 0,
      marks: 0,
      duplicates: 0,
      scope: 0,
      searches: 0,
      items: 0,
      heads: 0,
      versions: 0,
    },
    originals: { fresh: 0, damaged: 0 },
    stopped: null,
  };
}
