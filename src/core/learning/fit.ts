import { type Minimum, minimise } from './lbfgs.ts';
import type { Evaluation } from './line-search.ts';
import { evaluateGroups, type FitData, type FitGroup, totalWeight } from './objective.ts';
import type { Preconditioner } from './preconditioner.ts';
import { countClasses } from './truth.ts';

export interface FitOptions {
  /** Largest component of the mean loss's gradient, on standardised embeddings, at which a group is done. */
  readonly tolerance: number;
  /** Most iterations of each group. */
  readonly iterations: number;
}

/**
 * Fits every group by L-BFGS, all of them on the same passes over the photos; a group that is done drops out.
 *
 * @param starts parameters to start from, per group (see `evaluateGroups`); null: zeros, and the classes' shares
 * @yields 0..1: an estimate of the share done (the iterations needed are not known before)
 * @returns per group: its parameters and how it ended
 * @throws RangeError when a group has no known photo among the rows
 */
export function* fitGroups(
  data: FitData,
  groups: readonly FitGroup[],
  starts: readonly (Float64Array | null)[] | null,
  preconditioner: Preconditioner,
  { tolerance, iterations }: FitOptions,
): Generator<number, Minimum[]> {
  const totals = groups.map((group) => totalWeight(group, data.rows));
  if (!totals.every((total) => total > 0)) {
    throw new RangeError(`group ${totals.findIndex((total) => !(total > 0))} has no labelled photo to fit`);
  }
  const runs = groups.map((group, g) => {
    const shares = weightedShares(group, data.rows);
    const precondition = preconditioner.of(group.outputs, curvature(shares), group.penalty / totals[g]!);
    const start = starts?.[g] ?? priorStart(group, shares, data.dims);
    return minimise(start, { tolerance, iterations, precondition });
  });
  const results: (Minimum | null)[] = runs.map(() => null);
  let asked: { group: number; point: Float64Array }[] = [];
  const advance = (group: number, step: IteratorResult<Float64Array, Minimum>) => {
    if (step.done) results[group] = step.value;
    else asked.push({ group, point: step.value });
  };
  runs.forEach((run, g) => {
    advance(g, run.next());
  });
  for (let pass = 1; asked.length > 0; pass++) {
    const now = asked;
    asked = [];
    const steps = evaluateGroups(
      data,
      now.map(({ group }) => groups[group]!),
      now.map(({ point }) => point),
      now.map(({ group }) => totals[group]!),
    );
    const done = 1 - 1 / (1 + pass / 4);
    let evaluations: Evaluation[] | undefined;
    while (evaluations === undefined) {
      const step = steps.next();
      if (step.done) evaluations = step.value;
      yield done;
    }
    now.forEach(({ group }, i) => {
      advance(group, runs[group]!.next(evaluations[i]!));
    });
  }
  return results.map((result) => result!);
}

/** Share of the total weight that each class has, none of them 0 or 1: [classes]. */
function weightedShares({ activation, outputs, values, classWeights }: FitGroup, rows: Uint32Array) {
  const classes = activation === 'sigmoid' ? 2 : outputs;
  const weights = countClasses(values, classes, rows).map((count, k) => 0.5 + count * classWeights[k]!);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Mean p (1 - p) when every photo is given the classes' shares. */
function curvature(shares: Float64Array): number {
  return shares.reduce((sum, share) => sum + share * (1 - share), 0) / shares.length;
}

function priorStart({ activation, outputs }: FitGroup, shares: Float64Array, dims: number): Float64Array {
  const start = new Float64Array(outputs * (dims + 1));
  if (activation === 'sigmoid') start[dims] = Math.log(shares[1]! / shares[0]!);
  else
    shares.forEach((share, k) => {
      start[outputs * dims + k] = Math.log(share);
    });
  return start;
}
