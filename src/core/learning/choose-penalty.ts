import { type CrossFit, crossFit, heldOutLoss } from './cross-fit.ts';
import type { FitOptions } from './fit.ts';
import type { FitData, FitGroup } from './objective.ts';
import type { Preconditioner } from './preconditioner.ts';

/** How a penalty did on held-out photos. */
export interface PenaltyTrial {
  readonly penalty: number;
  /** Mean cross-entropy of held-out photos, summed over the groups. */
  readonly heldOutLoss: number;
}

export interface ChosenPenalty {
  readonly penalty: number;
  readonly crossFit: CrossFit;
  /** In the order tried. */
  readonly trials: readonly PenaltyTrial[];
}

/** Trials in a row that are worse than the best after which weaker penalties are not tried. */
const PATIENCE = 1;

/**
 * The penalty with the lowest held-out loss. From the strongest down, each fold's fit starting from the one before; a
 * weaker penalty takes longer to fit, so the walk ends once the loss has turned.
 *
 * @param penalties one or more, each > 0
 * @param starts of the first penalty's folds, see `crossFit`
 * @yields 0..1, the share done
 */
export function* choosePenalty(
  data: FitData,
  groups: readonly FitGroup[],
  penalties: readonly number[],
  folds: Int16Array,
  foldCount: number,
  starts: readonly (readonly Float64Array[])[] | null,
  preconditioner: Preconditioner,
  options: FitOptions,
): Generator<number, ChosenPenalty> {
  const strongestFirst = [...penalties].sort((a, b) => b - a);
  const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
  const trials: PenaltyTrial[] = [];
  let from = starts;
  let best: { penalty: number; crossFit: CrossFit; loss: number } | null = null;
  let worse = 0;
  for (const [tried, penalty] of strongestFirst.entries()) {
    const penalised = groups.map((group) => ({ ...group, penalty }));
    const steps = crossFit(data, penalised, folds, foldCount, from, preconditioner, options);
    let fitted: CrossFit | undefined;
    while (fitted === undefined) {
      const step = steps.next();
      if (step.done) fitted = step.value;
      else yield (tried + step.value) / strongestFirst.length;
    }
    from = fitted.parameters;
    const loss = heldOutLoss(groups, fitted.logits, outputs);
    trials.push({ penalty, heldOutLoss: loss });
    if (best === null || loss < best.loss) {
      best = { penalty, crossFit: fitted, loss };
      worse = 0;
    } else if (++worse > PATIENCE) break;
  }
  if (best === null) throw new RangeError('no penalty to choose from');
  return { penalty: best.penalty, crossFit: best.crossFit, trials };
}
