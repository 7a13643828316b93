import { type FitOptions, fitGroups } from './fit.ts';
import { scoreRows } from './kernels.ts';
import { type FitData, type FitGroup, widthOf } from './objective.ts';
import { Preconditioner } from './preconditioner.ts';
import { type Standardisation, standardise, unstandardise } from './standardisation.ts';
import { countClasses, UNKNOWN } from './truth.ts';

/** What all fits of a lesson share: plain values, which can be sent to another worker. */
export interface FitSite {
  /** [photos][dims], row-major. */
  readonly embeddings: Float32Array;
  readonly dims: number;
  /** The photos that teach. */
  readonly rows: Uint32Array;
  /** [photos]: the fold that holds a photo out, see `stratifiedFolds`. */
  readonly folds: Int16Array;
  /** Without their penalties, which each task brings. */
  readonly groups: readonly FitGroup[];
}

/** One fit of some groups. It depends on no other task but by what it starts from. */
export interface FitTask {
  /** Indices in `FitSite.groups`. */
  readonly groups: readonly number[];
  /** [groups of the task] */
  readonly penalties: readonly number[];
  /** The fold whose photos are left out, and scored by what was fitted to the others; null: all photos are fitted. */
  readonly held: number | null;
  /** [groups of the task] parameters to start from; null: from the classes' shares. */
  readonly starts: readonly (Float64Array | null)[];
  readonly options: FitOptions;
}

export interface FitResult {
  /** [groups of the task] parameters, see `evaluateGroups`. */
  readonly points: readonly Float64Array[];
  /** Whether every group reached the tolerance. */
  readonly converged: boolean;
  /**
   * [photos of the held fold][outputs of the task], row-major: logits; NaN where the photo was not held out for the group.
   * Empty where no fold was held out.
   */
  readonly logits: Float64Array;
}

/** Fits that do not depend on one another: they can be done in any order, in several workers. */
export interface FitBatch {
  readonly tasks: readonly FitTask[];
  /** Of the phase: the share that was done before, and that these make up, 0..1. */
  readonly from: number;
  readonly share: number;
}

/** A computation that leaves its fits to its caller; `next` must be given the results of the batch, in its order. */
export type FitSteps<Result, Batch extends FitBatch = FitBatch> = Generator<
  Batch,
  Result,
  readonly FitResult[]
>;

/** Parts that the sigmoids of a lesson are fitted in: as many as cores that a browser commonly has. */
const MOST_PARTS = 4;

/**
 * [Note: parts of a lesson] Groups that are fitted together share each pass over the photos; and as the kernels take
 * outputs in blocks, what is fitted beside a label shows in the last bits of its sums. So the parts follow from the lesson
 * alone, not from how many workers there are: the same head comes out wherever its parts were fitted.
 *
 * @returns positions in `groups`: each softmax by itself, the sigmoids dealt out
 */
export function partsOf(groups: readonly FitGroup[]): number[][] {
  const sigmoids = [...groups.keys()].filter((g) => groups[g]!.activation === 'sigmoid');
  const softmaxes = [...groups.keys()].filter((g) => groups[g]!.activation === 'softmax');
  const count = Math.min(MOST_PARTS, sigmoids.length);
  const dealt = Array.from({ length: count }, (_, part) => sigmoids.filter((_, n) => n % count === part));
  return [...dealt, ...softmaxes.map((g) => [g])];
}

/** Where tasks of one lesson are done. */
export class FitPlace {
  readonly site: FitSite;
  readonly standardisation: Standardisation;
  readonly #data: FitData;
  readonly #preconditioner: Preconditioner;

  /** @throws RangeError when an embedding of the taught photos is not finite, or there is none */
  constructor(site: FitSite) {
    this.site = site;
    const { embeddings, dims, rows } = site;
    this.standardisation = standardise(embeddings, dims, rows);
    this.#data = { embeddings, dims, rows, standardisation: this.standardisation };
    this.#preconditioner = new Preconditioner(this.#data);
  }

  /**
   * Of a fold whose other photos lack one of a group's classes, no photo of that class (of a sigmoid: no photo at all) is
   * held out: a model that never saw a class says nothing about how good the head will be. The standardisation is that of
   * all photos that teach; it knows no labels.
   *
   * @yields 0..1, the share done, an estimate
   */
  *steps({ groups: numbers, penalties, held, starts, options }: FitTask): Generator<number, FitResult> {
    const { folds } = this.site;
    const groups = numbers.map((g, i) => ({ ...this.site.groups[g]!, penalty: penalties[i]! }));
    const rows = held === null ? this.site.rows : this.site.rows.filter((row) => folds[row] !== held);
    const seen = groups.map((group) => countClasses(group.values, classesOfFit(group), rows));
    // A group of which nothing is known here keeps its place, unfitted.
    const fitted = [...groups.keys()].filter((g) => seen[g]!.some((count) => count > 0));
    const minima = yield* fitGroups(
      { ...this.#data, rows },
      fitted.map((g) => groups[g]!),
      fitted.map((g) => starts[g]!),
      this.#preconditioner,
      options,
    );
    const points: Float64Array[] = groups.map(
      ({ outputs }) => new Float64Array(outputs * (this.site.dims + 1)),
    );
    minima.forEach(({ point }, i) => {
      points[fitted[i]!] = point;
    });
    const logits = held === null ? new Float64Array(0) : this.#heldOut(groups, points, seen, held);
    return { points, converged: minima.every(({ converged }) => converged), logits };
  }

  #heldOut(
    groups: readonly FitGroup[],
    points: readonly Float64Array[],
    seen: readonly Float64Array[],
    held: number,
  ): Float64Array {
    const { embeddings, dims } = this.site;
    const rows = heldRows(this.site, held);
    const outputs = widthOf(groups);
    const linear = { weights: new Float64Array(outputs * dims), bias: new Float64Array(outputs) };
    let first = 0;
    groups.forEach((group, g) => {
      unstandardise(points[g]!, group.outputs, this.standardisation, linear, first);
      first += group.outputs;
    });
    const logits = new Float64Array(rows.length * outputs);
    scoreRows(embeddings, dims, rows, 0, rows.length, linear.weights, linear.bias, outputs, logits);
    rows.forEach((row, r) => {
      let at = r * outputs;
      groups.forEach((group, g) => {
        const value = group.values[row]!;
        const whole = group.activation === 'softmax' || seen[g]!.every((count) => count > 0);
        const says = whole && (value === UNKNOWN || seen[g]![value]! > 0);
        if (!says) logits.fill(Number.NaN, at, at + group.outputs);
        at += group.outputs;
      });
    });
    return logits;
  }
}

/** The photos that a fold holds out, ascending. */
export function heldRows({ rows, folds }: Pick<FitSite, 'rows' | 'folds'>, held: number): Uint32Array {
  return rows.filter((row) => folds[row] === held);
}

function classesOfFit({ activation, outputs }: FitGroup): number {
  return activation === 'sigmoid' ? 2 : outputs;
}
