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
/** From so many photos on three folds are compared only, which saves time; whether all would choose alike is not measured. */
const MANY_PHOTOS = 5000;
const COMPARED_FOLDS = 3;

/**
 * The penalty with the lowest held-out loss. From the strongest down, each fold's fit starting from the one before; a
 * weaker penalty takes longer to fit, so the walk ends once the loss has turned. Of many photos only three folds are
 * compared; the others are fitted with the chosen penalty.
 *
 * @param penalties one or more, each > 0
 * @param start of the first penalty's fits, per group; null: from the classes' shares
 * @yields 0..1, the share done
 */
export function* choosePenalty(
  data: FitData,
  groups: readonly FitGroup[],
  penalties: readonly number[],
  folds: Int16Array,
  foldCount: number,
  start: readonly Float64Array[] | null,
  preconditioner: Preconditioner,
  options: FitOptions,
): Generator<number, ChosenPenalty> {
  const strongestFirst = [...penalties].sort((a, b) => b - a);
  const outputs = groups.reduce((sum, group) => sum + group.outputs, 0);
  const fitFolds = (penalty: number, held: readonly number[], starts: CrossFit['parameters'] | null) => {
    const penalised = groups.map((group) => ({ ...group, penalty }));
    return crossFit(data, penalised, folds, held, starts, preconditioner, options);
  };
  const trials: PenaltyTrial[] = [];
  const all = Array.from({ length: foldCount }, (_, fold) => fold);
  const many = data.rows.length >= MANY_PHOTOS && penalties.length > 1;
  const compared = many ? all.slice(0, COMPARED_FOLDS) : all;
  let from: CrossFit['parameters'] | null = start === null ? null : compared.map(() => start);
  let best: { penalty: number; crossFit: CrossFit; loss: number } | null = null;
  let worse = 0;
  for (const [tried, penalty] of strongestFirst.entries()) {
    const steps = fitFolds(penalty, compared, from);
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
  const { penalty, crossFit: chosen } = best;
  const rest = all.slice(compared.length);
  if (rest.length === 0) return { penalty, crossFit: chosen, trials };
  const steps = fitFolds(
    penalty,
    rest,
    rest.map(() => chosen.parameters[0]!),
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return { penalty, crossFit: joined(chosen, step.value), trials };
    yield 1;
  }
}

/** Two cross-fits of different folds as one. */
function joined(first: CrossFit, second: CrossFit): CrossFit {
  return {
    logits: first.logits.map((logit, i) => (Number.isNaN(logit) ? second.logits[i]! : logit)),
    parameters: [...first.parameters, ...second.parameters],
  };
}
