import { type CrossFit, crossFit, heldOutLoss } from './cross-fit.ts';
import type { FitOptions } from './fit.ts';
import type { FitSite, FitSteps } from './fit-task.ts';
import { type FitGroup, widthOf } from './objective.ts';

/** How a penalty did on held-out photos. */
export interface PenaltyTrial {
  /** The groups that were fitted with it, by index: those of one family. */
  readonly groups: readonly number[];
  readonly penalty: number;
  /** Mean cross-entropy of held-out photos, summed over these groups. */
  readonly heldOutLoss: number;
}

export interface ChosenPenalties {
  /** [groups] */
  readonly penalties: readonly number[];
  readonly crossFit: CrossFit;
  /** In the order tried. */
  readonly trials: readonly PenaltyTrial[];
}

/** Photos x outputs from which on only three folds are compared, which saves a third of the time. */
const MANY_SCORES = 50_000;
const COMPARED_FOLDS = 3;

interface Family {
  readonly members: readonly number[];
  readonly candidates: readonly number[];
  best: number;
  loss: number;
  /** A weaker penalty was worse. */
  hasTurned: boolean;
}

/**
 * Groups that share a penalty, by index: a softmax has its own, as a group of many classes wants another one than a group of
 * two; the sigmoids of a set share theirs, as a rare label has too few photos to choose by.
 */
export function penaltyFamilies(groups: readonly FitGroup[]): number[][] {
  const sigmoids = [...groups.keys()].filter((g) => groups[g]!.activation === 'sigmoid');
  const others = [...groups.keys()].filter((g) => groups[g]!.activation === 'softmax').map((g) => [g]);
  return sigmoids.length === 0 ? others : [sigmoids, ...others];
}

/**
 * For each family of groups the penalty with the lowest held-out loss. From the strongest down, each fold's fit starting from
 * the one before; a weaker penalty takes longer to fit, so a family's walk ends once its loss has turned. Of many photos only
 * three folds are compared; the others are fitted with the chosen penalties.
 *
 * @param candidates [groups] penalties to choose among, each > 0; groups of a family have the same ones
 * @param start of the first penalty's fits, per group; null: from the classes' shares
 */
export function* choosePenalties(
  site: FitSite,
  candidates: readonly (readonly number[])[],
  foldCount: number,
  start: readonly Float64Array[] | null,
  options: FitOptions,
): FitSteps<ChosenPenalties> {
  const { rows, folds, groups } = site;
  if (candidates.some(({ length }) => length === 0)) throw new RangeError('no penalty to choose from');
  const outputs = widthOf(groups);
  const trials: PenaltyTrial[] = [];
  const all = Array.from({ length: foldCount }, (_, fold) => fold);
  const many = rows.length * outputs >= MANY_SCORES && candidates.some(({ length }) => length > 1);
  const compared = many ? all.slice(0, COMPARED_FOLDS) : all;
  const families = penaltyFamilies(groups).map(
    (members): Family => ({
      members,
      candidates: candidates[members[0]!]!,
      best: Number.NaN,
      loss: Number.POSITIVE_INFINITY,
      hasTurned: false,
    }),
  );
  const logits = new Float64Array(folds.length * outputs).fill(Number.NaN);
  /** Of the best penalties so far; and of the last ones, where the next fits start: [compared][groups]. */
  const parameters = compared.map(() => new Array<Float64Array>(groups.length));
  const latest = compared.map(() => groups.map((_, g) => start?.[g] ?? null));
  const strongestFirst = [...new Set(candidates.flat())].sort((a, b) => b - a);
  for (const [tried, penalty] of strongestFirst.entries()) {
    const trying = families.filter((family) => !family.hasTurned && family.candidates.includes(penalty));
    const tries = trying.flatMap(({ members }) => members);
    if (tries.length === 0) continue;
    const some = tries.map((g) => groups[g]!);
    const starts = latest.map((points) => tries.map((g) => points[g] ?? null));
    const penalties = tries.map(() => penalty);
    const share = 1 / strongestFirst.length;
    const place = { from: tried * share, share };
    const fitted = yield* crossFit(site, tries, penalties, compared, starts, options, place);
    fitted.parameters.forEach((points, h) => {
      for (const [i, g] of tries.entries()) latest[h]![g] = points[i]!;
    });
    for (const family of trying) {
      const at = family.members.map((g) => tries.indexOf(g));
      const loss = heldOutLoss(some, fitted.logits, at);
      trials.push({ groups: family.members, penalty, heldOutLoss: loss });
      if (!(loss < family.loss) && !Number.isNaN(family.best)) {
        family.hasTurned = true;
        continue;
      }
      Object.assign(family, { best: penalty, loss });
      for (const [m, g] of family.members.entries()) {
        copyColumns(fitted.logits, some, at[m]!, logits, groups, g);
        fitted.parameters.forEach((points, h) => {
          parameters[h]![g] = points[at[m]!]!;
        });
      }
    }
  }
  const chosen = groups.map((_, g) => families.find(({ members }) => members.includes(g))!.best);
  const rest = all.slice(compared.length);
  if (rest.length === 0) return { penalties: chosen, crossFit: { logits, parameters }, trials };
  const starts = rest.map(() => parameters[0]!);
  const place = { from: 1, share: 0 };
  const fitted = yield* crossFit(site, [...groups.keys()], chosen, rest, starts, options, place);
  fitted.logits.forEach((logit, i) => {
    if (!Number.isNaN(logit)) logits[i] = logit;
  });
  return {
    penalties: chosen,
    crossFit: { logits, parameters: [...parameters, ...fitted.parameters] },
    trials,
  };
}

/** Copies one group's outputs from one matrix of logits to another. */
function copyColumns(
  source: Float64Array,
  sourceGroups: readonly FitGroup[],
  from: number,
  target: Float64Array,
  targetGroups: readonly FitGroup[],
  to: number,
): void {
  const [sourceWidth, targetWidth] = [widthOf(sourceGroups), widthOf(targetGroups)];
  const first = widthOf(sourceGroups.slice(0, from));
  const into = widthOf(targetGroups.slice(0, to));
  const { outputs } = targetGroups[to]!;
  for (let row = 0; row * targetWidth < target.length; row++) {
    for (let o = 0; o < outputs; o++) {
      target[row * targetWidth + into + o] = source[row * sourceWidth + first + o]!;
    }
  }
}
