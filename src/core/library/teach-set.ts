import { classFigures } from '../evaluation/class-figures.ts';
import { confusionMatrix } from '../evaluation/confusion-matrix.ts';
import { averagePrecision } from '../evaluation/curves.ts';
import { rankLabel } from '../evaluation/label-ranking.ts';
import { ThresholdedFigures } from '../evaluation/thresholded-figures.ts';
import { absent, noClass, present, unknown } from '../evaluation/truth.ts';
import { type FitHelper, FitLanes } from '../learning/fit-lanes.ts';
import { outputsOf, type TaughtHead } from '../learning/head.ts';
import { nearDuplicates } from '../learning/near-duplicates.ts';
import { teachInLanes } from '../learning/teach-in-lanes.ts';
import type { GroupFigures, LabelFigures } from '../learning/teach-report.ts';
import {
  defaultTeachOptions,
  type Lesson,
  type TeachOptions,
  type TeachProgress,
} from '../learning/teaching.ts';
import { bestF1, precisionAtLeast, recallAtLeast, type ThresholdChooser } from '../learning/thresholds.ts';
import { type GroupTruth, PRESENT, UNKNOWN } from '../learning/truth.ts';
import type { Clock } from './clock.ts';
import { likeliest } from './head-tags.ts';
import type { TeachOutcome, TeachTask, ThresholdRule } from './teaching-ports.ts';

/** With more photos penalties are chosen on a part of them: choosing takes five times as long as fitting. */
const mostToChoose = 30_000;
const photosToChooseOn = 10_000;
/** Of a group that the part has too few photos of. */
const usualPenalty = 100;
/** Between two breaths: as long a helper waits for its next task at most. */
const sliceMilliseconds = 15;
/** Between two words of progress. */
const progressMilliseconds = 200;

/**
 * Teaches a set and says how good it has become; lets others run in between.
 *
 * @param helpers other workers, for a part of the fits: what comes out is the same to the bit
 */
export async function teachSet(
  task: TeachTask,
  { ticks, breathe }: Pick<Clock, 'ticks' | 'breathe'>,
  progress: (progress: TeachProgress) => void,
  helpers: readonly FitHelper[] = [],
): Promise<TeachOutcome> {
  const began = ticks();
  const duplicates = task.choices.together
    ? nearDuplicates(task.embeddings, task.dims, task.contents, task.signatures)
    : null;
  const photos = task.embeddings.length / task.dims;
  const options: TeachOptions = {
    ...defaultTeachOptions,
    knownPenalties: null,
    balanced: task.choices.balanced,
    chooseThreshold: chooserOf(task.choices.thresholds),
    split: { ...defaultTeachOptions.split, validation: task.validation },
    refuseBelow: task.refuses ? 0.95 : null,
    warmStart: task.warmStart,
  };
  const ownSplit = { split: defaultTeachOptions.split };
  const lesson: Lesson = {
    embeddings: task.embeddings,
    dims: task.dims,
    truth: task.groups,
    duplicates,
    backbone: task.model,
  };
  let slice = began;
  const pause = () => {
    if (ticks() - slice < sliceMilliseconds) return null;
    return breathe().then(() => {
      slice = ticks();
    });
  };
  let told = began;
  const tell = (value: TeachProgress) => {
    if (ticks() - told < progressMilliseconds) return;
    told = ticks();
    progress(value);
  };
  const lanes = new FitLanes(helpers, pause);
  const taughtOn = (own: Lesson, chosen: TeachOptions) => teachInLanes(own, chosen, lanes, tell);
  let knownPenalties = task.knownPenalties;
  if (photos > mostToChoose && knownPenalties === null) {
    const few = await taughtOn(sampleOf(lesson, task.validation), { ...options, ...ownSplit });
    if (few.kind === 'taught') {
      knownPenalties = new Map(few.head.groups.map(({ name }, g) => [name, few.penalties[g]!]));
    }
  }
  const taught = await taughtOn(lesson, {
    ...options,
    ...(photos > mostToChoose && { penalties: [usualPenalty] }),
    knownPenalties,
  });
  if (taught.kind === 'refused') return taught;
  const { head, heldOut, moved, penalties, converged, notCalibrated, leftOut } = taught;
  const { labels, groups } = heldOutFigures(head, task.groups, heldOut);
  const outputs = outputsOf(head.groups);
  const judged = Array.from({ length: photos }, (_, row) => row).filter(
    (row) => !heldOut.subarray(row * outputs, (row + 1) * outputs).every(Number.isNaN),
  ).length;
  const precisions = labels.map((label) => label.averagePrecision).filter((ap) => !Number.isNaN(ap));
  return {
    kind: 'taught',
    head,
    heldOut: Float32Array.from(heldOut),
    report: {
      photos: task.validation === null ? photos : photos - judged,
      heldOutBy: task.validation === null ? 'folds' : 'split',
      together: task.choices.together,
      nearDuplicates: duplicates?.filter((group) => group >= 0).length ?? 0,
      moved: moved.length,
      penalties,
      converged,
      notCalibrated,
      leftOut,
      labels,
      groups,
      meanAveragePrecision: precisions.reduce((sum, ap) => sum + ap, 0) / precisions.length,
      milliseconds: ticks() - began,
    },
  };
}

/** Every so many photos of those that teach. */
function sampleOf(lesson: Lesson, validation: Uint8Array | null): Lesson {
  const { embeddings, dims, truth, duplicates } = lesson;
  const teaching = Uint32Array.from({ length: embeddings.length / dims }, (_, row) => row).filter(
    (row) => validation?.[row] !== 1,
  );
  const stride = Math.max(1, teaching.length / photosToChooseOn);
  const rows = Uint32Array.from(
    { length: Math.min(teaching.length, photosToChooseOn) },
    (_, n) => teaching[Math.floor(n * stride)]!,
  );
  const own = new Float32Array(rows.length * dims);
  rows.forEach((row, n) => {
    own.set(embeddings.subarray(row * dims, (row + 1) * dims), n * dims);
  });
  return {
    ...lesson,
    embeddings: own,
    truth: truth.map((group) => ({ ...group, values: Int16Array.from(rows, (row) => group.values[row]!) })),
    duplicates: duplicates && Int32Array.from(rows, (row) => duplicates[row]!),
  };
}

function chooserOf(rule: ThresholdRule): ThresholdChooser {
  if (rule.kind === 'best-f1') return bestF1;
  return rule.kind === 'precision' ? precisionAtLeast(rule.wanted) : recallAtLeast(rule.wanted);
}

/** On held-out photos only; a class of a group is judged as one against the rest, predicted where it is the likeliest. */
function heldOutFigures(
  head: TaughtHead,
  truth: readonly GroupTruth[],
  heldOut: Float64Array,
): { labels: LabelFigures[]; groups: GroupFigures[] } {
  const outputs = outputsOf(head.groups);
  const labels: LabelFigures[] = [];
  const groups: GroupFigures[] = [];
  let first = 0;
  for (const { name, activation, labels: ids } of head.groups) {
    const said = truth.find((group) => group.name === name)!;
    const rows = [...said.values.keys()].filter(
      (row) => said.values[row] !== UNKNOWN && !Number.isNaN(heldOut[row * outputs + first]!),
    );
    const column = (output: number) => Float64Array.from(rows, (row) => heldOut[row * outputs + output]!);
    if (activation === 'sigmoid') {
      const known = Uint8Array.from(rows, (row) => (said.values[row] === PRESENT ? present : absent));
      const threshold = head.thresholds[first] ?? Number.POSITIVE_INFINITY;
      const figures = new ThresholdedFigures(
        [rankLabel(known, column(first))],
        threshold,
        Number.NaN,
      ).table();
      labels.push({
        label: ids[0]!,
        positives: figures.support[0]!,
        precision: figures.precision[0]!,
        recall: figures.recall[0]!,
        f1: figures.f1[0]!,
        averagePrecision: figures.averagePrecision[0]!,
      });
    } else {
      const classes = Int16Array.from(rows, (row) => ids.indexOf(said.labels[said.values[row]!]!));
      const guesses = Int16Array.from(rows, (row) => likeliest(heldOut, row * outputs + first, ids.length));
      const figures = classFigures(confusionMatrix(classes, guesses, ids.length), Number.NaN);
      // A photo of a class that could not be taught is judged, too: whatever is said of it is wrong.
      const right = classes.reduce(
        (sum, own, row) => sum + (own !== noClass && own === guesses[row] ? 1 : 0),
        0,
      );
      groups.push({
        name,
        photos: rows.length,
        accuracy: rows.length === 0 ? Number.NaN : right / rows.length,
      });
      ids.forEach((label, c) => {
        const known = Uint8Array.from(classes, (own) =>
          own === noClass ? unknown : own === c ? present : absent,
        );
        labels.push({
          label,
          positives: figures.classes.support[c]!,
          precision: figures.classes.precision[c]!,
          recall: figures.classes.recall[c]!,
          f1: figures.classes.f1[c]!,
          averagePrecision: averagePrecision(rankLabel(known, column(first + c)), Number.NaN),
        });
      });
    }
    first += ids.length;
  }
  return { labels, groups };
}
