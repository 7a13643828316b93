import type { PenaltyTrial } from './choose-penalties.ts';
import type { Backbone, TaughtHead } from './head.ts';
import type { LeftOut } from './teachable.ts';
import { bestF1, type ThresholdChooser } from './thresholds.ts';
import type { GroupTruth } from './truth.ts';

/** Photos and what is known of them. */
export interface Lesson {
  /** [photos][dims], row-major; every component finite. */
  readonly embeddings: Float32Array;
  readonly dims: number;
  /** See [Note: kinds of teaching]. */
  readonly truth: readonly GroupTruth[];
  /** [photos]: photos with the same number >= 0 are near-duplicates, -1 has none; null: no photo has any. */
  readonly duplicates: Int32Array | null;
  readonly backbone: Backbone;
}

/** Photos that are held out. */
export interface Split {
  /** Folds of the photos that teach: their photos, held out one fold after the other, choose, calibrate, and judge. */
  readonly folds: number;
  readonly seed: number;
  /**
   * [photos]: not 0 where the photo judges, in the folds' place: such a photo is never taught, and neither penalty nor
   * calibration nor thresholds know it, so that nothing flatters the figures. Null: the folds judge.
   */
  readonly validation: Uint8Array | null;
}

export interface TeachOptions {
  /**
   * L2 penalties to choose among on held-out photos, each > 0 (scikit-learn's 1 / C), for each softmax by itself and for
   * the sigmoids together; a single one is taken as it is.
   */
  readonly penalties: readonly number[];
  /** Of more photos than that, penalties are chosen on a sample of a third as many: all would take minutes. */
  readonly mostToChoose: number;
  /** Penalties that are known, by the groups' names: of these nothing is chosen. Null: none. */
  readonly knownPenalties: ReadonlyMap<string, number> | null;
  /** Whether rare classes weigh as much as common ones. */
  readonly balanced: boolean;
  readonly split: Split;
  /** Threshold of each sigmoid label, from held-out photos. */
  readonly chooseThreshold: ThresholdChooser;
  /** Share of rightly classified held-out photos that a multi-class head may not refuse, 0..1; null: it never refuses. */
  readonly refuseBelow: number | null;
  /** A head to start from: the same labels are found sooner; what is found is the same up to the tolerance. */
  readonly warmStart: TaughtHead | null;
  /** Largest component of the mean loss's gradient at which the head's fit is done. */
  readonly tolerance: number;
  /**
   * The same for the folds' fits. With a single penalty these start from the head's own fit, which saw the held-out
   * photos: too loose a tolerance makes held-out figures look better than they are. At 5e-4, 10,000 made photos and
   * penalties 100 and 30, held-out probabilities differ from those at 1e-5 by 0.0004 and 0.001 on average, 0.06 at most.
   */
  readonly foldTolerance: number;
  /** Most iterations of a fit. */
  readonly iterations: number;
}

export const defaultTeachOptions: TeachOptions = {
  penalties: [1000, 300, 100, 30, 10],
  mostToChoose: 30_000,
  knownPenalties: null,
  balanced: false,
  split: { folds: 5, seed: 1, validation: null },
  chooseThreshold: bestF1,
  refuseBelow: null,
  warmStart: null,
  tolerance: 1e-4,
  foldTolerance: 5e-4,
  iterations: 300,
};

export interface TeachProgress {
  readonly phase: 'choose' | 'fit' | 'calibrate';
  /** 0..1, of this phase, an estimate. */
  readonly done: number;
}

export type Teaching =
  | {
      readonly kind: 'taught';
      readonly head: TaughtHead;
      /** [photos][outputs], row-major: calibrated probabilities by models that never saw the photo; NaN: it does not judge. */
      readonly heldOut: Float64Array;
      /** [photos]: the fold that held the photo out, or `NEVER_HELD_OUT`; of a validation side it is 0. */
      readonly folds: Int16Array;
      /** Photos that were to judge but have a near-duplicate that teaches (fixed split only). */
      readonly moved: readonly number[];
      /** [groups] */
      readonly penalties: readonly number[];
      /** Every penalty that was tried; empty when there was nothing to choose. */
      readonly trials: readonly PenaltyTrial[];
      /** Groups whose probabilities could not be calibrated: too few held-out photos. */
      readonly notCalibrated: readonly string[];
      readonly leftOut: readonly LeftOut[];
      /** Whether every group reached the tolerance. */
      readonly converged: boolean;
    }
  /** No label has what teaching needs. */
  | { readonly kind: 'refused'; readonly leftOut: readonly LeftOut[] };
