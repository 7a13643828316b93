import type { LabelNumber, Verdict } from '../tagging/label.ts';
import type { FileItem, FilePlace } from './file-removal.ts';
import type { PhotoId } from './photo.ts';

/** What a photo that is kept was before a run gave it something of the removed ones, and what it is since. */
export interface MergeNote {
  readonly photo: PhotoId;
  readonly name?: { readonly before: string; readonly after: string };
  readonly capturedAt?: { readonly before: number; readonly after: number };
  /** It became a favourite. */
  readonly isFavourite?: true;
  /** Labels that were decided on for it. */
  readonly verdicts?: readonly (readonly [LabelNumber, Verdict])[];
  /** Label sets of which all is said about it since. */
  readonly fullyLabelled?: readonly number[];
}

export interface JournaledFile extends FileItem {
  readonly photo: PhotoId;
  /** SHA-256 of the photo that stays, when it was decided that this one goes for it; absent in older journals. */
  readonly keptSha256?: string;
  readonly place: FilePlace;
}

/** What a run does to the files of what it removed. See [Note: Moved files]. */
export interface FileJournal {
  readonly mode: 'move' | 'delete';
  /** Name of the folder, in each picked folder, that takes moved files. */
  readonly target: string;
  /** `working`, `returning`: under way, or cut off: the places are as of before. */
  readonly state: 'working' | 'done' | 'returning';
  readonly items: readonly JournaledFile[];
}

/**
 * [Note: Journal]
 * One application of decisions, kept for ever: what was removed, for whose sake, and what it takes to undo that. It is
 * written in the transaction that does it.
 */
export interface DuplicateRun {
  /** From the counter of decisions: what was done last has the greatest number. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `left`: a part could not be taken back, or nobody knows where its files are; the person leaves it so. */
  readonly state: 'done' | 'undone' | 'left';
  /** Taking it back was tried: this is what is left of it. */
  readonly isTried?: true;
  readonly removed: readonly { readonly photo: PhotoId; readonly keptFor: PhotoId }[];
  readonly merged: readonly MergeNote[];
  /** Bytes of the removed ones. */
  readonly bytes: number;
  /** Absent: the files were left alone. */
  readonly files?: FileJournal;
}
