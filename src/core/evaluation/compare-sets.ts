import { classFigures } from './class-figures.ts';
import { type ClassifiedGroup, groupOfClass, mostProbable } from './classified-photos.ts';
import { classVerdicts, compareRuns, labelVerdicts, type RunComparison } from './compare-runs.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { type JudgedSet, sameOf } from './judged-set.ts';
import { columnsOf, type LabelledPhotos } from './labelled-photos.ts';
import { groupOfWhole, wholeOf } from './run.ts';
import { rankLabelSteps, ThresholdedFigures } from './thresholded-figures.ts';
import { notKnown, right, wrong } from './truth.ts';

/** Two runs side by side ([Note: Runs]), on the photos that both have answers for. */
export interface ComparedSets {
  readonly photos: number;
  /** One for a set of labels, one for each group of a set of classes. */
  readonly parts: readonly ComparedPart[];
}

/** The figures that two runs are compared by. */
export type ComparedFigure =
  | 'map'
  | 'macroF1'
  | 'microF1'
  | 'cf1'
  | 'subset'
  | 'hamming'
  | 'accuracy'
  | 'balancedAccuracy'
  | 'kappa';

export interface ComparedPart {
  /** Of the group; '' where there is no other. */
  readonly name: string;
  /** What stands for its photos as a whole in a cell. */
  readonly whole: string;
  readonly figures: readonly {
    readonly name: ComparedFigure;
    readonly before: number;
    readonly after: number;
  }[];
  /** Photos as a whole: those that were wrong and are right, and the other way. */
  readonly fixed: number;
  readonly broken: number;
  readonly bothRight: number;
  readonly bothWrong: number;
  readonly labels: readonly LabelChange[];
}

/** What became of a label's photos from one run to the other. Of classes: of the photos of the class. */
export interface LabelChange {
  readonly label: string;
  /** Thresholds; null for classes. */
  readonly before: number | null;
  readonly after: number | null;
  readonly f1Before: number;
  readonly f1After: number;
  readonly fixed: number;
  readonly broken: number;
}

/**
 * Compares what two runs say of the judged photos, in steps of a label each.
 *
 * @returns null when the kinds differ
 */
export function* compareSetSteps(
  judged: JudgedSet,
  before: JudgedSet,
  after: JudgedSet,
): Generator<number, ComparedSets | null> {
  const same = sameOf(judged, before, after);
  if (same === null) return null;
  const [was, is] = same;
  if (was.kind === 'labels' && is.kind === 'labels') {
    const parts = [yield* comparedLabels(was.photos, is.photos)];
    return { photos: was.photos.ids.length, parts };
  }
  if (was.kind !== 'classes' || is.kind !== 'classes') return null;
  const parts = was.photos.groups.map((group, n) => comparedGroup(group, is.photos.groups[n]!, n));
  return { photos: was.photos.ids.length, parts };
}

/** The photos of a change: of a label, of a class, or as a whole (`wholeOf`). */
export function photosOfChange(
  judged: JudgedSet,
  before: JudgedSet,
  after: JudgedSet,
  label: string,
  kind: keyof RunComparison,
): Uint32Array<ArrayBuffer> {
  const none = new Uint32Array(0);
  const same = sameOf(judged, before, after);
  if (same === null) return none;
  const [was, is] = same;
  const group = groupOfWhole(label);
  if (was.kind === 'labels' && is.kind === 'labels') {
    const n = was.photos.labels.indexOf(label);
    if (n === -1 && group === null) return none;
    const verdicts = (photos: LabelledPhotos) =>
      n === -1 ? wholeVerdicts(photos) : labelVerdicts(columnsOf(photos), n, photos.thresholds[n]!);
    const rows = compareRuns(verdicts(was.photos), verdicts(is.photos))[kind];
    return rows.map((row) => was.photos.ids[row]!);
  }
  if (was.kind !== 'classes' || is.kind !== 'classes') return none;
  const ofSet = (photos: typeof was.photos) =>
    group === null ? groupOfClass(photos, label) : (photos.groups[group] ?? null);
  const [first, second] = [ofSet(was.photos), ofSet(is.photos)];
  if (first === null || second === null) return none;
  const wanted = group === null ? first.classes.indexOf(label) : null;
  const rows = comparedRows(first, second)[kind];
  return rows
    .filter((row) => wanted === null || first.truth[row] === wanted)
    .map((row) => was.photos.ids[row]!);
}

function* comparedLabels(was: LabelledPhotos, is: LabelledPhotos): Generator<number, ComparedPart> {
  const columns = [columnsOf(was), columnsOf(is)] as const;
  const figures = [
    new ThresholdedFigures(yield* rankLabelSteps(columns[0]), was.thresholds),
    new ThresholdedFigures(yield* rankLabelSteps(columns[1]), is.thresholds),
  ] as const;
  const f1s = [figures[0].table().f1, figures[1].table().f1] as const;
  const labels: LabelChange[] = [];
  for (const [n, label] of was.labels.entries()) {
    const verdicts = [
      labelVerdicts(columns[0], n, was.thresholds[n]!),
      labelVerdicts(columns[1], n, is.thresholds[n]!),
    ] as const;
    const { fixed, broken } = compareRuns(...verdicts);
    labels.push({
      label,
      before: was.thresholds[n]!,
      after: is.thresholds[n]!,
      f1Before: f1s[0][n]!,
      f1After: f1s[1][n]!,
      fixed: fixed.length,
      broken: broken.length,
    });
    yield n;
  }
  const whole = compareRuns(wholeVerdicts(was), wholeVerdicts(is));
  const [before, after] = [figures[0].summary(), figures[1].summary()];
  const judged = Object.values(whole).reduce((sum, rows) => sum + rows.length, 0);
  return {
    name: '',
    whole: wholeOf(null),
    figures: [
      { name: 'map', before: before.meanAveragePrecision, after: after.meanAveragePrecision },
      { name: 'macroF1', before: before.macro.f1, after: after.macro.f1 },
      { name: 'microF1', before: before.micro.f1, after: after.micro.f1 },
      { name: 'cf1', before: before.cf1, after: after.cf1 },
      {
        name: 'subset',
        before: (whole.bothRight.length + whole.broken.length) / judged,
        after: (whole.bothRight.length + whole.fixed.length) / judged,
      },
      { name: 'hamming', before: before.hammingLoss, after: after.hammingLoss },
    ],
    ...lengths(whole),
    labels,
  };
}

function comparedGroup(was: ClassifiedGroup, is: ClassifiedGroup, n: number): ComparedPart {
  const rows = comparedRows(was, is);
  const of = (group: ClassifiedGroup) =>
    classFigures(confusionMatrix(group.truth, mostProbable(group), group.classes.length));
  const [before, after] = [of(was), of(is)];
  return {
    name: was.name,
    whole: wholeOf(n),
    figures: [
      { name: 'accuracy', before: before.accuracy, after: after.accuracy },
      { name: 'balancedAccuracy', before: before.balancedAccuracy, after: after.balancedAccuracy },
      { name: 'macroF1', before: before.averages.macro.f1, after: after.averages.macro.f1 },
      { name: 'kappa', before: before.kappa, after: after.kappa },
    ],
    ...lengths(rows),
    labels: was.classes.map((label, c) => ({
      label,
      before: null,
      after: null,
      f1Before: before.classes.f1[c]!,
      f1After: after.classes.f1[c]!,
      fixed: rows.fixed.filter((row) => was.truth[row] === c).length,
      broken: rows.broken.filter((row) => was.truth[row] === c).length,
    })),
  };
}

function comparedRows(was: ClassifiedGroup, is: ClassifiedGroup): RunComparison {
  return compareRuns(classVerdicts(was.truth, mostProbable(was)), classVerdicts(is.truth, mostProbable(is)));
}

function lengths({ fixed, broken, bothRight, bothWrong }: RunComparison) {
  return {
    fixed: fixed.length,
    broken: broken.length,
    bothRight: bothRight.length,
    bothWrong: bothWrong.length,
  };
}

/** [rows] verdicts on whole photos: right when no known label is wrong. */
function wholeVerdicts(photos: LabelledPhotos): Uint8Array<ArrayBuffer> {
  const columns = columnsOf(photos);
  const whole = new Uint8Array(photos.ids.length).fill(notKnown);
  photos.labels.forEach((_, label) => {
    const own = labelVerdicts(columns, label, photos.thresholds[label]!);
    for (let row = 0; row < own.length; row++) {
      if (own[row] === wrong) whole[row] = wrong;
      else if (own[row] === right && whole[row] === notKnown) whole[row] = right;
    }
  });
  return whole;
}
