declare const labelBrand: unique symbol;

/**
 * Number of a label in this library: 0, 1, 2, ... given once, when the label is first seen, and kept for ever; so it
 * does not depend on the order of labels in a model.
 */
export type LabelNumber = number & { readonly [labelBrand]: 'LabelNumber' };

/** A label that photos can carry. */
export interface Label {
  readonly number: LabelNumber;
  /** Stable text id: `dog` for a model's label, `own:...` for one that the person made. */
  readonly id: string;
  readonly names: { readonly en: string; readonly zh: string };
  /** Score from which the model's opinion counts, 0..1; null for labels that no loaded model scores. */
  readonly threshold: number | null;
  readonly own: boolean;
  /** The label set that it belongs to; absent for labels of the model and single ones of the person's. */
  readonly set?: number;
  /** The set's name, as the library tells it to the page. */
  readonly setName?: string;
  /** Other names that the person gave it in its set, as the library tells them to the page; absent: none. */
  readonly synonyms?: readonly string[];
}

/** What the person said about a label of a photo; it outranks the model's score. */
export type Verdict = 'accepted' | 'rejected';
