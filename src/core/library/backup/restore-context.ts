import type { SetRow } from '../../backup/entries.ts';
import type { LabelNumber } from '../../tagging/label.ts';
import type { LabelSet } from '../../tagging/label-set.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PhotoId } from '../photo.ts';
import type { LibraryChanges } from '../photo-store.ts';
import type { StoredModel } from '../stored-rows.ts';
import type { StoredHead } from '../teaching-ports.ts';
import type { DecidedHere } from './duplicate-section.ts';
import type { Tally } from './restore-report.ts';

/** What a section writes. */
export type SectionChanges = Omit<LibraryChanges, 'columns' | 'names' | 'fileTags'>;

/** What one restore knows: how the numbers and names of the backup are those of this library. */
export interface RestoreContext {
  readonly catalogue: Catalogue;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly report: Tally;
  /** By the backup's label id. */
  readonly labels: Map<string, LabelNumber>;
  /** Label sets as they are once the backup's are merged, by the backup's numbers; and by the numbers of their labels. */
  readonly sets: Map<number, LabelSet>;
  readonly setOf: Map<LabelNumber, LabelSet>;
  /** The sets as the backup has them, by its numbers. */
  readonly setRows: Map<number, SetRow>;
  /** Number for the next new label. */
  nextLabel: number;
  /** By `id@version`: the model here, and the labels in the order of the backup's scores. */
  readonly models: Map<string, { readonly model: StoredModel; readonly labels: readonly LabelNumber[] }>;
  /** Components of each model's vectors, by the model's number: a chunk of vectors has one width. */
  readonly dims: Map<number, number>;
  /** Photos here, by their number in the backup; in a dry run the numbers of new ones mean nothing. */
  readonly photos: Map<number, PhotoId>;
  /** Photos here that stand for one of the backup: each stands for one only. */
  readonly taken: Set<PhotoId>;
  /** Numbers of kept versions here, by their number in the backup. */
  readonly versions: Map<number, number>;
  /** Decisions about duplicates; null: not read yet. */
  decided: DecidedHere | null;
  /** Photos that have an item's name; null: not read yet. */
  named: Set<PhotoId> | null;
  /** What was taught, by set, as it is once the backup's is merged; null: not read yet. */
  heads: Map<number, StoredHead> | null;
  /** Photos that have no file here, by the SHA-256 of what is missing; of a dry run without those that are new. */
  readonly lacking: Map<string, PhotoId[]>;
}
