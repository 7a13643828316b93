import { softmaxInPlace, softplus } from './activations.ts';
import type { FitOptions } from './fit.ts';
import { type FitBatch, type FitSite, type FitSteps, heldRows, partsOf } from './fit-task.ts';
import { type FitGroup, widthOf } from './objective.ts';
import { UNKNOWN } from './truth.ts';

/** What models that never saw a photo say about it. */
export interface CrossFit {
  /** [photos][outputs], row-major: logits, not calibrated; NaN where the photo was not held out for the group. */
  readonly logits: Float64Array;
  /** Parameters of each held fold's fit, per group, to start others from. */
  readonly parameters: readonly (readonly Float64Array[])[];
}

/**
 * Fits some groups of a lesson once for each fold, on the photos of the others, and scores the fold's photos.
 *
 * @param members the groups, by index
 * @param penalties [members]
 * @param held folds to hold out
 * @param starts parameters to start each of them from, [held][members], each null: from the classes' shares
 * @param place of this batch in its phase
 * @returns of the members, in their order
 */
export function* crossFit(
  site: FitSite,
  members: readonly number[],
  penalties: readonly number[],
  held: readonly number[],
  starts: readonly (readonly (Float64Array | null)[])[],
  options: FitOptions,
  place: Omit<FitBatch, 'tasks'>,
): FitSteps<CrossFit> {
  const groups = members.map((g) => site.groups[g]!);
  const parts = partsOf(groups);
  const jobs = held.flatMap((fold, h) => parts.map((part) => ({ fold, h, part })));
  const results = yield {
    ...place,
    tasks: jobs.map(({ fold, h, part }) => ({
      groups: part.map((m) => members[m]!),
      penalties: part.map((m) => penalties[m]!),
      held: fold,
      starts: part.map((m) => starts[h]![m] ?? null),
      options,
    })),
  };
  const outputs = widthOf(groups);
  const logits = new Float64Array(site.folds.length * outputs).fill(Number.NaN);
  const parameters = held.map(() => new Array<Float64Array>(groups.length));
  const rows = held.map((fold) => heldRows(site, fold));
  jobs.forEach(({ h, part }, j) => {
    const result = results[j]!;
    const width = widthOf(part.map((m) => groups[m]!));
    let from = 0;
    part.forEach((m, i) => {
      parameters[h]![m] = result.points[i]!;
      const own = groups[m]!.outputs;
      const into = widthOf(groups.slice(0, m));
      rows[h]!.forEach((row, r) => {
        for (let o = 0; o < own; o++) logits[row * outputs + into + o] = result.logits[r * width + from + o]!;
      });
      from += own;
    });
  });
  return { logits, parameters };
}

/**
 * Mean cross-entropy of the held-out photos, weighted as in the fit, summed over some of the groups.
 *
 * @param logits [photos][outputs of all groups], from `crossFit`
 * @param counted the groups that count, by index
 */
export function heldOutLoss(
  groups: readonly FitGroup[],
  logits: Float64Array,
  counted: readonly number[],
): number {
  const outputs = widthOf(groups);
  let sum = 0;
  let first = 0;
  for (const [g, group] of groups.entries()) {
    if (counted.includes(g)) sum += groupLoss(group, logits, outputs, first);
    first += group.outputs;
  }
  return sum;
}

function groupLoss(group: FitGroup, logits: Float64Array, outputs: number, first: number): number {
  const scratch = new Float64Array(group.outputs);
  let loss = 0;
  let weights = 0;
  group.values.forEach((value, row) => {
    const at = row * outputs + first;
    if (value === UNKNOWN || Number.isNaN(logits[at]!)) return;
    const weight = group.classWeights[value]!;
    weights += weight;
    if (group.activation === 'sigmoid') {
      loss += weight * softplus(value === 1 ? -logits[at]! : logits[at]!);
      return;
    }
    for (let k = 0; k < group.outputs; k++) scratch[k] = logits[at + k]!;
    loss += weight * (softmaxInPlace(scratch, 0, group.outputs) - logits[at + value]!);
  });
  return weights > 0 ? loss / weights : 0;
}
