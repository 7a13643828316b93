import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { LabelSet } from '../tagging/label-set.ts';
import type { PhotoId } from './photo.ts';

export interface VerdictChange {
  readonly photo: PhotoId;
  readonly label: LabelNumber;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
}

/** Of the mark of a photo in a set: see `PhotoMarks`. */
export interface MarkChange {
  readonly photo: PhotoId;
  readonly before: number;
  readonly after: number;
}

/** One change of a label set: of the set itself, of what is said of photos, or of both; it can be taken back whole. */
export interface SetChange {
  readonly kind: 'labels' | 'set';
  readonly set: number;
  /** The label that it is about, for the words; null: several. */
  readonly label: LabelNumber | null;
  /** Null on one side: the set was made or deleted; both absent: it stays as it is. */
  readonly sets?: { readonly before: LabelSet | null; readonly after: LabelSet | null };
  readonly verdicts: readonly VerdictChange[];
  readonly marks: readonly MarkChange[];
}

/** The same change the other way. */
export function reversed(change: SetChange): SetChange {
  const turn = <Side>({ before, after, ...rest }: { readonly before: Side; readonly after: Side }) => ({
    ...rest,
    before: after,
    after: before,
  });
  return {
    ...change,
    ...(change.sets && { sets: turn(change.sets) }),
    verdicts: change.verdicts.map(turn) as VerdictChange[],
    marks: change.marks.map(turn) as MarkChange[],
  };
}

export function photosOf({ verdicts, marks }: SetChange): Set<PhotoId> {
  return new Set([...verdicts, ...marks].map(({ photo }) => photo));
}
