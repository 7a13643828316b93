import { classFigures } from '../../core/evaluation/class-figures.ts';
import { classIntervalSteps } from '../../core/evaluation/class-intervals.ts';
import {
  type ClassifiedGroup,
  type ClassifiedPhotos,
  mostProbable,
} from '../../core/evaluation/classified-photos.ts';
import { confusionMatrix } from '../../core/evaluation/confusion-matrix.ts';
import { confusionCsv, figuresJson } from '../../core/evaluation/export-figures.ts';
import { likelyClassErrors } from '../../core/evaluation/label-errors.ts';
import { orderByClusters, orderByConfusion } from '../../core/evaluation/matrix-order.ts';
import { ranksOfTruth, topKAccuracies } from '../../core/evaluation/top-k-accuracy.ts';
import type { ExportKind, FiguresEvent, GroupFigures, LikelyError } from '../../protocol/figures.ts';
import { breathe, runInSlices } from './run-in-slices.ts';

/** First guesses that are looked at. */
const mostGuesses = 5;
const seed = 20_231_126;

/** The figures of a set in which each photo has one class, or one of each of several groups. */
export class ClassJudging {
  readonly #photos: ClassifiedPhotos;
  readonly #predicted: readonly Int16Array<ArrayBuffer>[];

  constructor(photos: ClassifiedPhotos) {
    this.#photos = photos;
    this.#predicted = photos.groups.map(mostProbable);
  }

  figures(): GroupFigures[] {
    return this.#photos.groups.map((group, n) => this.#figuresOf(group, n));
  }

  /** Intervals of group after group. */
  async follow(wanted: () => boolean, tell: (event: FiguresEvent) => void): Promise<void> {
    await breathe();
    for (const [n, { truth, classes }] of this.#photos.groups.entries()) {
      if (!wanted()) return;
      const steps = classIntervalSteps(truth, this.#predicted[n]!, classes.length, {
        seed,
        undefinedAs: Number.NaN,
      });
      const intervals = await runInSlices(steps, wanted);
      if (intervals !== null) tell({ kind: 'class-intervals', group: n, intervals });
    }
  }

  errors(most: number): LikelyError[] {
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
    const groups = this.figures();
    if (kind === 'json') return figuresJson({ photos: this.#photos.ids.length, groups });
    return this.#photos.groups
      .map((group, n) => {
        const { counts, refused, photos } = groups[n]!;
        const matrix = { classCount: group.classes.length, counts, refused, total: photos };
        return confusionCsv(group.classes.map(nameOf), matrix);
      })
      .join('\r\n');
  }

  #figuresOf({ name, classes, truth, scores }: ClassifiedGroup, n: number): GroupFigures {
    const matrix = confusionMatrix(truth, this.#predicted[n]!, classes.length);
    const { counts, refused, total } = matrix;
    return {
      name,
      classes,
      photos: total,
      counts,
      refused,
      figures: classFigures(matrix, Number.NaN),
      topK: topKAccuracies(ranksOfTruth(truth, scores, classes.length), classes.length).slice(0, mostGuesses),
      byConfusion: orderByConfusion(matrix),
      byClusters: orderByClusters(matrix),
    };
  }
}
