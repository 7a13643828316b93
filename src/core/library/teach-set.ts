import { classFigures } from '../evaluation/class-figures.ts';
import { confusionMatrix } from '../evaluation/confusion-matrix.ts';
import { averagePrecision } from '../evaluation/curves.ts';
import { rankLabel } from '../evaluation/label-ranking.ts';
import { ThresholdedFigures } from '../evaluation/thresholded-figures.ts';
import { absent, noClass, present, unknown } from '../evaluation/truth.ts';
import { type FitHelper, FitLanes } from '../learning/fit-lanes.ts';
import { outputsOf, type TaughtHead } from '../learning/head.ts';
import { nearDuplicates } from '../learning/near-duplicates.ts';
import { NEVER_HELD_OUT } from '../learning/splits.ts';
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
    knownPenalties: task.knownPenalties,
    balanced: task.choices.balanced,
    chooseThreshold: chooserOf(task.choices.thresholds),
    split: { ...defaultTeachOptions.split, validation: task.validation },
    refuseBelow: task.refuses ? 0.95 : null,
    warmStart: task.warmStart,
  };
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
  const taught = await teachInLanes(lesson, options, lanes, tell);
  if (taught.kind === 'refused') return taught;
  const { head, heldOut, folds, moved, penalties, converged, notCalibrated, leftOut } = taught;
  const { labels, groups } = heldOutFigures(head, task.groups, heldOut);
  const judging = task.validation === null ? 0 : folds.filter((fold) => fold !== NEVER_HELD_OUT).length;
  const precisions = labels.map((label) => label.averagePrecision).filter((ap) => !Number.isNaN(ap));
  return {
    kind: 'taught',
    head,
    heldOut: Float32Array.from(heldOut),
    report: {
      photos: photos - judging,
      ...(judging > 0 && { judging }),
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
      const figures = new ThresholdedFigures([rankLabel(known, column(first))], threshold).table();
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
      const figures = classFigures(confusionMatrix(classes, guesses, ids.length));
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
          averagePrecision: averagePrecision(rankLabel(known, column(first + c))),
        });
      });
    }
    first += ids.length;
  }
  return { labels, groups };
}
