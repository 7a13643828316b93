import type { LabelDictionary } from '../core/library/label-figures.ts';
import type { LabelMatrix } from '../core/library/label-matrix.ts';
import type { SetAnswer } from '../core/library/label-sets.ts';
import type { Statement } from '../core/library/statements.ts';
import type { LabelDraft, SetDraft, SetEdit } from '../core/tagging/edit-label-set.ts';
import type { LabelNumber } from '../core/tagging/label.ts';
import type { LabelSet } from '../core/tagging/label-set.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type { LabelDictionary } from '../core/library/label-figures.ts';
export type { LabelMatrix } from '../core/library/label-matrix.ts';
export type { SetAnswer } from '../core/library/label-sets.ts';
export type { Statement } from '../core/library/statements.ts';

type Ids = Uint32Array<ArrayBuffer>;

/**
 * Label sets: verbs of the library worker. `builtInSet` stands for the labels that the model brings, which can be asked
 * about but not changed. Changes go with `LibraryEvent.labelsChanged`, and can be undone.
 */
export interface LabelSetsApi {
  /** The person's own sets. */
  labelSets(): Promise<readonly LabelSet[]>;
  makeLabelSet(draft: SetDraft): Promise<SetAnswer>;
  editLabelSet(set: number, edit: SetEdit): Promise<SetAnswer>;
  addSetLabels(set: number, drafts: readonly LabelDraft[]): Promise<SetAnswer>;
  deleteSetLabel(set: number, label: LabelNumber): Promise<SetAnswer>;
  mergeSetLabels(set: number, from: LabelNumber, into: LabelNumber): Promise<SetAnswer>;
  /** Of the photos of the label, those of `ids` get a new one. */
  splitSetLabel(set: number, label: LabelNumber, ids: Ids, draft: LabelDraft): Promise<SetAnswer>;
  deleteLabelSet(set: number): Promise<void>;

  /** Says the same of photos. A class of a group takes the place of the one before. */
  statePhotos(set: number, ids: Ids, statement: Statement): Promise<void>;
  /** Takes back all that was said of photos in the set. */
  clearPhotos(set: number, ids: Ids): Promise<void>;

  /** Null: no such set. */
  labelDictionary(set: number): Promise<LabelDictionary | null>;
  /** Truth and scores of the photos of which anything is said. Null: no such set. */
  labelMatrix(set: number): Promise<LabelMatrix | null>;
}
