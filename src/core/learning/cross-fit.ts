import { softmaxInPlace, softplus } from './activations.ts';
import { type FitOptions, fitGroups } from './fit.ts';
import { scoreRows } from './kernels.ts';
import type { FitData, FitGroup } from './objective.ts';
import type { Preconditioner } from './preconditioner.ts';
import { unstandardise } from './standardisation.ts';
import { countClasses, UNKNOWN } from './truth.ts';

/** What models that never saw a photo say about it. */
export interface CrossFit {
  /** [photos][outputs], row-major: logits, not calibrated; NaN where the photo was not held out for the group. */
  readonly logits: Float64Array;
  /** Parameters of each held fold's fit, per group, to start others from. */
  readonly parameters: readonly (readonly Float64Array[])[];
}

/**
 * Fits once for each fold, on the photos of the others, and scores the fold's photos. Of a fold whose other photos lack
 * one of a group's classes, no photo of that class (of a sigmoid: no photo at all) is held out: a model that never saw
 * a class says nothing about how good the head will be.
 *
 * The standardisation is that of all photos; it knows no labels.
 *
 * @param folds [photos], see `stratifiedFolds`
 * @param held folds to hold out, one after the other
 * @param starts parameters to start each of them from, [held][group], each null: from the classes' shares
 * @yields 0..1, the share done
 */
export function* crossFit(
  data: FitData,
  groups: readonly FitGroup[],
  folds: Int16Array,
  held: readonly number[],
  starts: readonly (readonly (Float64Array | null)[])[],
  preconditioner: Preconditioner,
  options: FitOptions,
): Generator<number, CrossFit> {
  const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
  const logits = new Float64Array(folds.length * outputs).fill(Number.NaN);
  const parameters: Float64Array[][] = [];
  for (const [h, fold] of held.entries()) {
    const rows = data.rows.filter((row) => folds[row] !== fold);
    const judged = data.rows.filter((row) => folds[row] === fold);
    const seen = groups.map((group) => countClasses(group.values, classesOfFit(group), rows));
    // A group that the fold's other photos say nothing about keeps its place, unfitted.
    const fitted = groups.map((_, g) => g).filter((g) => seen[g]!.some((count) => count > 0));
    const steps = fitGroups(
      { ...data, rows },
      fitted.map((g) => groups[g]!),
      fitted.map((g) => starts[h]![g] ?? null),
      preconditioner,
      options,
    );
    const found: Float64Array[] = groups.map(({ outputs: own }) => new Float64Array(own * (data.dims + 1)));
    for (;;) {
      const step = steps.next();
      if (step.done) {
        step.value.forEach(({ point }, i) => {
          found[fitted[i]!] = point;
        });
        break;
      }
      yield (h + step.value) / held.length;
    }
    parameters.push(found);
    scoreHeldOut(data, groups, found, judged, seen, logits);
  }
  return { logits, parameters };
}

function classesOfFit({ activation, outputs }: FitGroup): number {
  return activation === 'sigmoid' ? 2 : outputs;
}

function scoreHeldOut(
  { embeddings, dims, standardisation }: FitData,
  groups: readonly FitGroup[],
  parameters: readonly Float64Array[],
  held: Uint32Array,
  seen: readonly Float64Array[],
  logits: Float64Array,
): void {
  const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
  const linear = { weights: new Float64Array(outputs * dims), bias: new Float64Array(outputs) };
  let first = 0;
  groups.forEach((group, g) => {
    unstandardise(parameters[g]!, group.outputs, standardisation, linear, first);
    first += group.outputs;
  });
  const scores = new Float64Array(held.length * outputs);
  scoreRows(embeddings, dims, held, 0, held.length, linear.weights, linear.bias, outputs, scores);
  held.forEach((row, h) => {
    let output = 0;
    groups.forEach((group, g) => {
      const value = group.values[row]!;
      const whole = group.activation === 'sigmoid' ? seen[g]!.every((count) => count > 0) : true;
      if (whole && (value === UNKNOWN || seen[g]![value]! > 0)) {
        for (let o = output; o < output + group.outputs; o++)
          logits[row * outputs + o] = scores[h * outputs + o]!;
      }
      output += group.outputs;
    });
  });
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
  const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
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
