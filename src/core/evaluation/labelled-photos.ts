import type { LabelColumns } from './label-columns.ts';

/**
 * Photos with what is known and what was scored of them, label by label: what figures are computed from. Made to be
 * handed from worker to worker without copying.
 */
export interface LabelledPhotos {
  /** [rows] ids of the photos, ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** [labels] text ids. */
  readonly labels: readonly string[];
  /** [labels][rows] `absent`, `present` or `unknown`. */
  readonly truth: Uint8Array<ArrayBuffer>;
  /** [labels][rows] 0..1, or bytes that stand for byte / 255. */
  readonly scores: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** [labels] scores from which each label counts as predicted, unless somebody moves them. */
  readonly thresholds: Float64Array<ArrayBuffer>;
}

/** The threshold of a label that no photo gets, as there is none that does what was wanted: above all scores. */
export const neverGiven = 2;

/** Whether a label was taught: else it is never given, and has a score of 0 on every photo. */
export function isTaught({ ids, scores, thresholds }: LabelledPhotos, label: number): boolean {
  if (thresholds[label] !== neverGiven) return true;
  return scores.subarray(label * ids.length, (label + 1) * ids.length).some((score) => score !== 0);
}

/** Views of each label's truth and scores. */
export function columnsOf({ ids, labels, truth, scores }: LabelledPhotos): LabelColumns {
  const rowCount = ids.length;
  return {
    rowCount,
    labelCount: labels.length,
    truthOf: (label) => truth.subarray(label * rowCount, (label + 1) * rowCount),
    scoresOf: (label) => scores.subarray(label * rowCount, (label + 1) * rowCount),
  };
}
