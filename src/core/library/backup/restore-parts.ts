import type { BackupEntry, SectionName } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import type { FileBytes } from '../file-handle.ts';
import type { Files } from '../file-ports.ts';
import type { Exif, Failure, PhotoId } from '../photo.ts';
import type { GroupPlan } from './group-plan.ts';

/** What the reader of a backup file finds, one after another. */
export type BackupStep =
  | {
      readonly type: 'entry';
      readonly entry: BackupEntry<Exif, Failure>;
      /** Of an original's part: where its bytes lie in the file. */
      readonly at: number;
    }
  /** Frames that are damaged. */
  | { readonly type: 'lost'; readonly count: number }
  /** A frame that this Picsift does not know. */
  | { readonly type: 'unknown' }
  | { readonly type: 'end'; readonly complete: boolean };

export interface FilePiece {
  readonly from: number;
  readonly length: number;
}

export interface RestoreParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly now: number;
  /** Nothing is written: what would be is counted. */
  readonly dry: boolean;
  /** Joins pieces of the backup file to one file, without reading them. */
  readonly join: (pieces: readonly FilePiece[], type: string) => FileBytes;
  /** Results are there: tags and index follow. */
  readonly committed: (plan: Pick<GroupPlan, 'photoRows' | 'contentRows'>) => void;
  /** Rows of a section are stored: who keeps them in memory reads them again. */
  readonly merged: (section: SectionName) => void;
  /** Photos that are to be processed. */
  readonly enqueue: (ids: readonly PhotoId[]) => void;
  /** False: stop between two transactions. */
  readonly wanted: () => boolean;
}
