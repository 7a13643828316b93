import { calibrateGroups, chooseThresholds, toProbabilities } from './calibrate-groups.ts';
import { type Calibration, NOT_CALIBRATED } from './calibration.ts';
import { type ChosenPenalties, choosePenalties, type PenaltyTrial } from './choose-penalties.ts';
import { fitGroups } from './fit.ts';
import { type Backbone, outputsOf, type TaughtHead } from './head.ts';
import type { Minimum } from './lbfgs.ts';
import type { FitData, FitGroup } from './objective.ts';
import { Preconditioner } from './preconditioner.ts';
import { chooseRefusal, type Refusal } from './refusal.ts';
import { probabilitiesOf } from './score.ts';
import { fixedSplit, NEVER_HELD_OUT, stratifiedFolds } from './splits.ts';
import { standardise, unstandardise } from './standardisation.ts';
import { type LeftOut, teachable } from './teachable.ts';
import { bestF1, type ThresholdChooser } from './thresholds.ts';
import { balancedWeights, checkTruth, classesOf, countClasses, type GroupTruth, UNKNOWN } from './truth.ts';
import { warmStarts } from './warm-start.ts';

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

/**
 * Teaches a head: logistic regression (a sigmoid per label, a softmax per group) on standardised embeddings with an L2
 * penalty, by L-BFGS; its penalty chosen, its probabilities calibrated and its thresholds set on held-out photos only.
 * The same lesson and options give the same head, to the bit, on one engine.
 *
 * @yields how far it is; stop asking to cancel. Of 10,000 photos x 20 labels most steps take some tens of milliseconds, a few
 *   (setting up, the end) up to a second on a busy machine
 * @throws RangeError when a size, a value or an option is out of its range
 */
export function* teach(lesson: Lesson, options: TeachOptions): Generator<TeachProgress, Teaching> {
  check(lesson, options);
  const { embeddings, dims, duplicates } = lesson;
  const photos = embeddings.length / dims;
  const { validation } = options.split;
  const split = validation === null ? null : fixedSplit(validation, duplicates);
  const labelled = photosWith(lesson.truth, photos);
  const judges = split === null ? null : labelled.filter((row) => split.folds[row] !== NEVER_HELD_OUT);
  const teaching = split === null ? labelled : labelled.filter((row) => split.folds[row] === NEVER_HELD_OUT);
  const { groups: truth, leftOut } = teachable(lesson.truth, teaching);
  if (truth.length === 0) return { kind: 'refused', leftOut };

  const { folds: foldCount, seed } = options.split;
  const folds = stratifiedFolds(withoutRows(truth, judges), photos, duplicates, foldCount, seed);
  const standardisation = standardise(embeddings, dims, teaching);
  const data: FitData = { embeddings, dims, rows: teaching, standardisation };
  const preconditioner = new Preconditioner(data);
  const finalOptions = { tolerance: options.tolerance, iterations: options.iterations };
  const foldOptions = { tolerance: options.foldTolerance, iterations: options.iterations };
  const groups = truth.map((group) => fitGroup(group, teaching, options.balanced));
  const warm = warmStarts(options.warmStart, lesson.backbone, truth, standardisation);
  const candidates = truth.map(({ name }) => {
    const known = options.knownPenalties?.get(name);
    return known === undefined ? options.penalties : [known];
  });
  const choose = (starts: readonly Float64Array[] | null) =>
    choosePenalties(data, groups, candidates, folds, foldCount, starts, preconditioner, foldOptions);
  const fitAll = (penalties: readonly number[], starts: readonly Float64Array[] | null) =>
    fitGroups(
      data,
      groups.map((group, g) => ({ ...group, penalty: penalties[g]! })),
      starts,
      preconditioner,
      finalOptions,
    );

  let chosen: ChosenPenalties;
  let minima: Minimum[];
  const nothingToChoose = candidates.every(({ length }) => length === 1);
  if (nothingToChoose) {
    minima = yield* inPhase(
      'fit',
      fitAll(
        candidates.map(([only]) => only!),
        warm,
      ),
    );
    const points = minima.map(({ point }) => point);
    chosen = yield* inPhase('calibrate', choose(points));
  } else {
    chosen = yield* inPhase('choose', choose(warm));
    minima = yield* inPhase('fit', fitAll(chosen.penalties, chosen.crossFit.parameters[0]!));
  }

  const outputs = outputsOf(truth);
  const heldOut = chosen.crossFit.logits;
  const calibrations = yield* inPhase('calibrate', calibrateGroups(truth, heldOut, outputs));
  toProbabilities(truth, heldOut, outputs);
  const linear = { weights: new Float64Array(outputs * dims), bias: new Float64Array(outputs) };
  let first = 0;
  truth.forEach((group, g) => {
    unstandardise(minima[g]!.point, group.labels.length, standardisation, linear, first);
    first += group.labels.length;
  });
  const perOutput = truth.flatMap((group, g) => group.labels.map(() => calibrations[g] ?? NOT_CALIBRATED));
  const head: TaughtHead = {
    version: 1,
    backbone: lesson.backbone,
    dims,
    groups: truth.map(({ name, activation, labels }) => ({ name, activation, labels })),
    weights: Float32Array.from(linear.weights, (w, i) => w * perOutput[Math.floor(i / dims)]!.scale),
    bias: Float32Array.from(linear.bias, (b, o) => calibrated(b, perOutput[o]!)),
    calibration: {
      scale: perOutput.map(({ scale }) => scale),
      offset: perOutput.map(({ offset }) => offset),
    },
    thresholds: chooseThresholds(truth, heldOut, outputs, options.chooseThreshold),
    refusal: refusalOf(lesson, truth, teaching, folds, heldOut, options.refuseBelow),
  };
  return {
    kind: 'taught',
    head,
    heldOut: judges === null ? heldOut : probabilitiesOf(head, embeddings, judges),
    folds: split?.folds ?? folds,
    moved: split?.moved ?? [],
    penalties: chosen.penalties,
    trials: nothingToChoose ? [] : chosen.trials,
    notCalibrated: truth.filter((_, g) => calibrations[g] === null).map(({ name }) => name),
    leftOut,
    converged: minima.every(({ converged }) => converged),
  };
}

function check({ embeddings, dims, truth }: Lesson, options: TeachOptions): void {
  const photos = embeddings.length / dims;
  if (!(Number.isInteger(dims) && dims > 0 && Number.isInteger(photos))) {
    throw new RangeError(`embeddings of ${embeddings.length} components; expected photos x ${dims}`);
  }
  checkTruth(truth, photos);
  const penalties = [...options.penalties, ...(options.knownPenalties?.values() ?? [])];
  const { validation } = options.split;
  if (
    options.penalties.length === 0 ||
    !penalties.every((penalty) => penalty > 0 && Number.isFinite(penalty))
  ) {
    throw new RangeError(`penalties ${penalties.join(', ')}; expected one or more above 0`);
  }
  if (validation !== null && validation.length !== photos) {
    throw new RangeError(`a split of ${validation.length} photos; expected ${photos}`);
  }
}

/** Photos about which anything is known. */
function photosWith(truth: readonly GroupTruth[], photos: number): Uint32Array {
  const known = new Uint8Array(photos);
  for (const { values } of truth) {
    for (let photo = 0; photo < photos; photo++) if (values[photo] !== UNKNOWN) known[photo] = 1;
  }
  return Uint32Array.from({ length: photos }, (_, photo) => photo).filter((photo) => known[photo] === 1);
}

/** The truth with these photos unknown, so that folds are balanced in the others. */
function withoutRows(truth: readonly GroupTruth[], rows: Uint32Array | null): readonly GroupTruth[] {
  if (rows === null) return truth;
  return truth.map((group) => {
    const values = group.values.slice();
    for (const row of rows) values[row] = UNKNOWN;
    return { ...group, values };
  });
}

/** Without a penalty, which `choosePenalties` and the last fit fill in. */
function fitGroup(group: GroupTruth, rows: Uint32Array, balanced: boolean): FitGroup {
  const counts = countClasses(group.values, classesOf(group), rows);
  return {
    activation: group.activation,
    outputs: group.labels.length,
    values: group.values,
    classWeights: balanced ? balancedWeights(counts) : counts.map(() => 1),
    penalty: 0,
  };
}

function* inPhase<T>(
  phase: TeachProgress['phase'],
  steps: Generator<number, T>,
): Generator<TeachProgress, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { phase, done: step.value };
  }
}

function calibrated(logit: number, { scale, offset }: Calibration): number {
  return scale * logit + offset;
}

function refusalOf(
  { embeddings, dims }: Lesson,
  truth: readonly GroupTruth[],
  teaching: Uint32Array,
  folds: Int16Array,
  heldOut: Float64Array,
  kept: number | null,
): Refusal | null {
  const [only] = truth;
  if (kept === null || truth.length !== 1 || only?.activation !== 'softmax') return null;
  const classes = only.labels.length;
  const judged: { row: number; probability: number; right: boolean }[] = [];
  only.values.forEach((value, row) => {
    if (value === UNKNOWN || Number.isNaN(heldOut[row * classes]!)) return;
    const own = heldOut.subarray(row * classes, (row + 1) * classes);
    const probability = Math.max(...own);
    judged.push({ row, probability, right: own[value] === probability });
  });
  const taught = teaching.filter((row) => only.values[row] !== UNKNOWN);
  return chooseRefusal(embeddings, dims, taught, only.values, folds, judged, kept);
}
