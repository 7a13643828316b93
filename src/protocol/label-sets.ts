import type { LabelTextKind } from '../core/label-files/write-labels.ts';
import type { HeadAnswer } from '../core/library/head-import.ts';
import type { ImportAnswer, PreviewAnswer } from '../core/library/label-exchange.ts';
import type { LabelDictionary, VerdictCounts } from '../core/library/label-figures.ts';
import type { ImportTarget } from '../core/library/label-import.ts';
import type { LabelMatrix } from '../core/library/label-matrix.ts';
import type { QueueOrder } from '../core/library/label-queue.ts';
import type { LabelReading } from '../core/library/label-readings.ts';
import type { SetAnswer } from '../core/library/label-sets.ts';
import type { OtherThresholds } from '../core/library/other-thresholds.ts';
import type { PhotoId } from '../core/library/photo.ts';
import type { SplitAnswer, SplitChoices } from '../core/library/split-photos.ts';
import type { Statement } from '../core/library/statements.ts';
import type { TaughtSummary, TeachAnswer } from '../core/library/teaching-answers.ts';
import type { TeachChoices } from '../core/library/teaching-ports.ts';
import type { LabelDraft, SetDraft, SetEdit } from '../core/tagging/edit-label-set.ts';
import type { LabelNumber } from '../core/tagging/label.ts';
import type { LabelSet } from '../core/tagging/label-set.ts';

export type { TeachReport } from '../core/learning/teach-report.ts';
export type { HeadAnswer } from '../core/library/head-import.ts';
export type { ImportAnswer, PreviewAnswer } from '../core/library/label-exchange.ts';
// What the library's core answers with is defined there; it is part of the protocol.
export type { LabelDictionary, VerdictCounts } from '../core/library/label-figures.ts';
export type { ImportPreview, ImportTarget } from '../core/library/label-import.ts';
export type { LabelMatrix } from '../core/library/label-matrix.ts';
export type { QueueOrder } from '../core/library/label-queue.ts';
export type { LabelReading } from '../core/library/label-readings.ts';
export type { SetAnswer } from '../core/library/label-sets.ts';
export type { SplitAnswer, SplitChoices } from '../core/library/split-photos.ts';
export type { Statement } from '../core/library/statements.ts';
export type { TaughtSummary, TeachAnswer } from '../core/library/teaching-answers.ts';
export type { TeachChoices, ThresholdRule } from '../core/library/teaching-ports.ts';

/** Texts, or an archive of VOC's XML. */
export type LabelFileKind = LabelTextKind | 'voc';

/**
 * Files of labels; or the folders that the library's photos lie in: those right below `root`, or with null the innermost one
 * of each photo.
 */
export type LabelOrigin = readonly File[] | { readonly root: string | null };

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

  /** Says the same of photos. A class of a group takes the place of the one before. Answers whether that changed anything. */
  statePhotos(set: number, ids: Ids, statement: Statement): Promise<boolean>;
  /** Of how many of these photos each label of the set is said, and ruled out. */
  verdictCounts(set: number, ids: Ids): Promise<readonly VerdictCounts[]>;
  /** Takes back all that was said of photos in the set. */
  clearPhotos(set: number, ids: Ids): Promise<boolean>;

  /**
   * Of every photo of which anything is said in a set of any number of labels: nothing else is there. Answers how many photos
   * that changed.
   */
  fullyLabelSaid(set: number): Promise<number>;

  /**
   * Puts the set's labelled photos at random on the side that teaches and the one that judges; choices null: on neither.
   * Null: nothing to split.
   */
  splitPhotos(set: number, choices: SplitChoices | null): Promise<SplitAnswer | null>;

  /**
   * Teaches the set on what is said of its photos; how far it is comes with the status. Resolves when it is taught: the
   * library is then scored in the background, and the set's labels show wherever labels do.
   */
  teachSet(set: number, choices: TeachChoices): Promise<TeachAnswer>;
  /** Ends what is under way; a scoring of the library can be gone on with. */
  cancelTeaching(): Promise<void>;
  /** Scores the photos that the set's head has not scored. */
  scoreBySet(set: number): Promise<void>;
  taughtSets(): Promise<readonly TaughtSummary[]>;
  /** Other thresholds of a taught set, by which its labels are given anew. False: it is not taught, or was taught anew meanwhile. */
  setThresholds(set: number, thresholds: OtherThresholds): Promise<boolean>;

  /**
   * What an import of labels would do; nothing is changed. `files`: CSV, JSON, COCO or VOC XML.
   * `target` null: as the file suggests.
   */
  previewLabels(files: LabelOrigin, target: ImportTarget | null): Promise<PreviewAnswer>;
  importLabels(files: LabelOrigin, target: ImportTarget): Promise<ImportAnswer>;

  /** The next photos to label, most useful first; null: no such set, or no model yet. */
  labelQueue(set: number, order: QueueOrder, count: number): Promise<Ids | null>;

  /** What taught sets say of a photo, read as a softmax and as sigmoids. */
  labelReadings(photo: PhotoId): Promise<readonly LabelReading[]>;
  /** A file of all that was said in the set; null: no such set. */
  exportLabels(set: number, kind: LabelFileKind): Promise<Blob | null>;
  /** What was taught; null: the set is not taught. */
  exportHead(set: number, kind: 'onnx' | 'json'): Promise<Blob | null>;
  /** Makes a set for a head that Picsift exported, as ONNX or JSON. */
  importHead(file: File): Promise<HeadAnswer>;

  /** Null: no such set. */
  labelDictionary(set: number): Promise<LabelDictionary | null>;
  /** Truth and scores of the photos of which anything is said. Null: no such set. */
  labelMatrix(set: number): Promise<LabelMatrix | null>;
}
