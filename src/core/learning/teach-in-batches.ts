import { calibrateGroups, chooseThresholds, toProbabilities } from './calibrate-groups.ts';
import { type Calibration, NOT_CALIBRATED } from './calibration.ts';
import { type ChosenPenalties, choosePenalties } from './choose-penalties.ts';
import type { FitOptions } from './fit.ts';
import { type FitBatch, FitPlace, type FitSite, type FitSteps, partsOf } from './fit-task.ts';
import { outputsOf, type TaughtHead } from './head.ts';
import type { FitGroup } from './objective.ts';
import { chooseRefusal, type Refusal } from './refusal.ts';
import { probabilitiesOf } from './score.ts';
import { fixedSplit, NEVER_HELD_OUT, stratifiedFolds, stratifiedParts } from './splits.ts';
import { unstandardise } from './standardisation.ts';
import { teachable } from './teachable.ts';
import type { Lesson, Teaching, TeachOptions, TeachProgress } from './teaching.ts';
import { balancedWeights, checkTruth, classesOf, countClasses, type GroupTruth, UNKNOWN } from './truth.ts';
import { warmStarts } from './warm-start.ts';

/** Fits of a lesson, to be done in its place or in places like it. */
export interface TeachBatch extends FitBatch {
  readonly place: FitPlace;
  readonly phase: TeachProgress['phase'];
}

/** What `teachInLanes` does, all but the fits: those are asked for, batch after batch. @throws RangeError as it does */
export function* teachInBatches(lesson: Lesson, options: TeachOptions): FitSteps<Teaching, TeachBatch> {
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
  const groups = truth.map((group) => fitGroup(group, teaching, options.balanced));
  const place = new FitPlace({ embeddings, dims, rows: teaching, folds, groups });
  const { site, standardisation } = place;
  const finalOptions = { tolerance: options.tolerance, iterations: options.iterations };
  const foldOptions = { tolerance: options.foldTolerance, iterations: options.iterations };
  const warm = warmStarts(options.warmStart, lesson.backbone, truth, standardisation);
  let candidates: readonly (readonly number[])[] = truth.map(({ name }) => {
    const known = options.knownPenalties?.get(name);
    return known === undefined ? options.penalties : [known];
  });
  const choose = (starts: readonly Float64Array[] | null) =>
    choosePenalties(site, candidates, foldCount, starts, foldOptions);

  const isOpen = candidates.some(({ length }) => length > 1);
  let trials: ChosenPenalties['trials'] = [];
  if (isOpen && teaching.length > options.mostToChoose) {
    const some = sample(place.site, truth, options);
    const tried = choosePenalties(some.site, candidates, foldCount, null, foldOptions);
    const { penalties, trials: all } = yield* inPhase(some, 'choose', tried);
    candidates = penalties.map((penalty) => [penalty]);
    trials = all;
  }
  let chosen: ChosenPenalties;
  let fitted: FittedGroups;
  const nothingToChoose = candidates.every(({ length }) => length === 1);
  if (nothingToChoose) {
    const penalties = candidates.map(([only]) => only!);
    fitted = yield* inPhase(place, 'fit', fitAll(site, penalties, warm, finalOptions));
    chosen = yield* inPhase(place, 'calibrate', choose(fitted.points));
  } else {
    chosen = yield* inPhase(place, 'choose', choose(warm));
    trials = chosen.trials;
    const starts = chosen.crossFit.parameters[0]!;
    fitted = yield* inPhase(place, 'fit', fitAll(site, chosen.penalties, starts, finalOptions));
  }

  const outputs = outputsOf(truth);
  const heldOut = chosen.crossFit.logits;
  const calibrating = calibrateGroups(truth, heldOut, outputs);
  let calibrations: (Calibration | null)[] | undefined;
  while (calibrations === undefined) {
    const step = calibrating.next();
    if (step.done) calibrations = step.value;
    else yield { place, phase: 'calibrate', tasks: [], from: step.value, share: 0 };
  }
  toProbabilities(truth, heldOut, outputs);
  const linear = { weights: new Float64Array(outputs * dims), bias: new Float64Array(outputs) };
  let first = 0;
  truth.forEach((group, g) => {
    unstandardise(fitted.points[g]!, group.labels.length, standardisation, linear, first);
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
    trials,
    notCalibrated: truth.filter((_, g) => calibrations[g] === null).map(({ name }) => name),
    leftOut,
    converged: fitted.converged,
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

/** Some of the photos that teach, every class spread as evenly as can be, as a place of their own. */
function sample(
  { embeddings, dims, rows, folds, groups }: FitSite,
  truth: readonly GroupTruth[],
  { mostToChoose, split }: TeachOptions,
): FitPlace {
  const teaching = truth.map((group) => ({ ...group, values: picked(group.values, rows) }));
  const share = Math.ceil(mostToChoose / 3) / rows.length;
  const parts = stratifiedParts(teaching, rows.length, null, [share, 1 - share], split.seed);
  const taken = rows.filter((_, n) => parts[n] === 0);
  const own = new Float32Array(taken.length * dims);
  taken.forEach((row, n) => {
    own.set(embeddings.subarray(row * dims, (row + 1) * dims), n * dims);
  });
  return new FitPlace({
    embeddings: own,
    dims,
    rows: taken.map((_, n) => n),
    folds: picked(folds, taken),
    groups: groups.map((group) => ({ ...group, values: picked(group.values, taken) })),
  });
}

function picked(values: Int16Array, rows: Uint32Array): Int16Array {
  return Int16Array.from(rows, (row) => values[row]!);
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

interface FittedGroups {
  /** [groups] */
  readonly points: readonly Float64Array[];
  readonly converged: boolean;
}

/** Fits all groups to all photos that teach. */
function* fitAll(
  { groups }: FitSite,
  penalties: readonly number[],
  starts: readonly Float64Array[] | null,
  options: FitOptions,
): FitSteps<FittedGroups> {
  const parts = partsOf(groups);
  const results = yield {
    from: 0,
    share: 1,
    tasks: parts.map((part) => ({
      groups: part,
      penalties: part.map((g) => penalties[g]!),
      held: null,
      starts: part.map((g) => starts?.[g] ?? null),
      options,
    })),
  };
  const points = new Array<Float64Array>(groups.length);
  parts.forEach((part, p) => {
    part.forEach((g, i) => {
      points[g] = results[p]!.points[i]!;
    });
  });
  return { points, converged: results.every(({ converged }) => converged) };
}

function* inPhase<T>(
  place: FitPlace,
  phase: TeachProgress['phase'],
  steps: FitSteps<T>,
): FitSteps<T, TeachBatch> {
  for (let step = steps.next([]); ; ) {
    if (step.done) return step.value;
    step = steps.next(yield { ...step.value, place, phase });
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
