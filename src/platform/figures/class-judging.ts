import { classFigures } from '../../core/evaluation/class-figures.ts';
import { type ClassIntervals, classIntervalSteps } from '../../core/evaluation/class-intervals.ts';
import {
  type ClassifiedGroup,
  type ClassifiedPhotos,
  mostProbable,
} from '../../core/evaluation/classified-photos.ts';
import { confusionMatrix } from '../../core/evaluation/confusion-matrix.ts';
import { averagePrecision as averagePrecisionOf } from '../../core/evaluation/curves.ts';
import { firstGuesses } from '../../core/evaluation/first-guesses.ts';
import { asLabels, type JudgedSet } from '../../core/evaluation/judged-set.ts';
import { likelyClassErrors } from '../../core/evaluation/label-errors.ts';
import { type LabelRanking, rankLabel } from '../../core/evaluation/label-ranking.ts';
import { columnsOf } from '../../core/evaluation/labelled-photos.ts';
import { orderByClusters, orderByConfusion } from '../../core/evaluation/matrix-order.ts';
import { ranksOfTruth, topKAccuracies } from '../../core/evaluation/top-k-accuracy.ts';
import type {
  ExportKind,
  FiguresEvent,
  GroupFigures,
  Judged,
  LabelCurves,
  LikelyError,
} from '../../protocol/figures.ts';
import { curvesOf } from './drawn-curves.ts';
import { classFigureFile } from './figure-files.ts';
import { breathe, runInSlices } from './run-in-slices.ts';

/** First guesses that are looked at. */
const mostGuesses = 10;
const seed = 20_231_126;

/** What refusing does not change, of a group. */
export interface FixedFigures {
  /** [classes] each against the rest. */
  readonly rankings: readonly LabelRanking[];
  /** First guesses, right ones against wrong ones. */
  readonly guesses: LabelRanking;
  readonly averagePrecision: Float64Array<ArrayBuffer>;
  readonly topK: Float64Array<ArrayBuffer>;
}

/** One class a step. @yields the number of classes done */
export function* fixedFigureSteps({ ids, groups }: ClassifiedPhotos): Generator<number, FixedFigures[]> {
  const fixed: FixedFigures[] = [];
  let done = 0;
  for (const group of groups) {
    const { truth, scores, classes } = group;
    const columns = columnsOf(asLabels(ids, group));
    const rankings: LabelRanking[] = [];
    for (let c = 0; c < classes.length; c++) {
      rankings.push(rankLabel(columns.truthOf(c), columns.scoresOf(c)));
      yield ++done;
    }
    const guesses = firstGuesses(truth, scores, classes.length);
    fixed.push({
      rankings,
      guesses: rankLabel(guesses.truth, guesses.scores),
      averagePrecision: Float64Array.from(rankings, (ranking) => averagePrecisionOf(ranking)),
      topK: topKAccuracies(ranksOfTruth(truth, scores, classes.length), classes.length).slice(0, mostGuesses),
    });
  }
  return fixed;
}

/** The figures of a set in which each photo has one class, or one of each of several groups. */
export class ClassJudging {
  readonly #photos: ClassifiedPhotos;
  readonly #thresholds: Float64Array<ArrayBuffer>;
  readonly #fixed: readonly FixedFigures[];
  /** By number of the group, at the present thresholds, as far as they are there. */
  readonly #intervals = new Map<number, ClassIntervals>();

  /**
   * @param fixed [groups] of `fixedFigureSteps`
   * @param thresholds [groups] below which a photo is refused
   */
  constructor(photos: ClassifiedPhotos, fixed: readonly FixedFigures[], thresholds: readonly number[]) {
    this.#photos = photos;
    this.#fixed = fixed;
    this.#thresholds = Float64Array.from(thresholds);
  }

  /** What is judged, at the set's own thresholds. */
  get judged(): JudgedSet {
    return { kind: 'classes', photos: this.#photos };
  }

  /** [groups] as they are now. */
  get thresholds(): Float64Array {
    return this.#thresholds;
  }

  move(thresholds: Float64Array): void {
    this.#intervals.clear();
    this.#thresholds.set(thresholds);
  }

  figures(): Judged {
    const groups = this.#photos.groups.map((group, n) => this.#figuresOf(group, n));
    return { kind: 'classes', photos: this.#photos.ids.length, groups };
  }

  /** Intervals of group after group. */
  async follow(wanted: () => boolean, tell: (event: FiguresEvent) => void): Promise<void> {
    await breathe();
    for (const [n, group] of this.#photos.groups.entries()) {
      if (!wanted()) return;
      const options = { seed };
      const predicted = this.#predicted(group, n);
      const steps = classIntervalSteps(group.truth, predicted, group.classes.length, options);
      const intervals = await runInSlices(steps, wanted);
      if (intervals === null) return;
      this.#intervals.set(n, intervals);
      tell({ kind: 'class-intervals', group: n, intervals });
    }
  }

  /** @param label number of a class, counted through the groups; beyond them, of a group's first guesses */
  curves(label: number): LabelCurves {
    const all = [
      ...this.#fixed.flatMap(({ rankings }) => rankings),
      ...this.#fixed.map(({ guesses }) => guesses),
    ];
    const ranking = all[label];
    if (ranking === undefined) throw new RangeError(`Class ${label}`);
    return curvesOf(ranking);
  }

  async errors(most: number): Promise<LikelyError[]> {
    const { ids, groups } = this.#photos;
    return groups
      .flatMap(({ truth, scores, classes }) => {
        const found = likelyClassErrors(truth, scores, classes.length);
        return Array.from(
          found.rows,
          (row, n): LikelyError => ({
            photo: ids[row]!,
            label: classes[found.given[n]!]!,
            given: true,
            suggested: classes[found.suggested[n]!]!,
            selfConfidence: found.selfConfidence[n]!,
          }),
        );
      })
      .sort((a, b) => a.selfConfidence - b.selfConfidence || a.photo - b.photo)
      .slice(0, most);
  }

  file(kind: ExportKind, nameOf: (id: string) => string): string {
    const groups = this.#photos.groups.map((group, n) => ({
      figures: this.#figuresOf(group, n),
      rankings: this.#fixed[n]!.rankings,
      guesses: this.#fixed[n]!.guesses,
      intervals: this.#intervals.get(n) ?? null,
    }));
    return classFigureFile(kind, nameOf, groups);
  }

  #predicted(group: ClassifiedGroup, n: number): Int16Array<ArrayBuffer> {
    return mostProbable({ ...group, threshold: this.#thresholds[n]! });
  }

  #figuresOf(group: ClassifiedGroup, n: number): GroupFigures {
    const { name, classes, truth } = group;
    const matrix = confusionMatrix(truth, this.#predicted(group, n), classes.length);
    const { counts, refused, total } = matrix;
    const { averagePrecision: precisions, topK } = this.#fixed[n]!;
    return {
      name,
      classes,
      photos: total,
      threshold: this.#thresholds[n]!,
      ownThreshold: group.threshold,
      counts,
      refused,
      figures: classFigures(matrix),
      averagePrecision: precisions,
      topK,
      byConfusion: orderByConfusion(matrix),
      byClusters: orderByClusters(matrix),
    };
  }
}
