import type { ClassIntervals } from '../../core/evaluation/class-intervals.ts';
import {
  averageRows,
  classTableCsv,
  confusionCsv,
  csvText,
  figuresJson,
  labelTableCsv,
  summaryCsv,
} from '../../core/evaluation/export-figures.ts';
import type { LabelIntervals } from '../../core/evaluation/label-intervals.ts';
import type { LabelRanking } from '../../core/evaluation/label-ranking.ts';
import type { ThresholdedFigures } from '../../core/evaluation/thresholded-figures.ts';
import type { ExportKind, GroupFigures, LabelFigures, PhotoPart } from '../../protocol/figures.ts';
import { curvesOf } from './drawn-curves.ts';

/** Names of labels by their text ids. */
type NameOf = (id: string) => string;

/** All that is shown of a set of labels, as text of a file. Parts that are not computed yet are left out. */
export function labelFigureFile(
  kind: ExportKind,
  nameOf: NameOf,
  {
    figures,
    thresholded,
    photos,
    intervals,
  }: {
    readonly figures: LabelFigures;
    readonly thresholded: ThresholdedFigures;
    readonly photos: PhotoPart | null;
    readonly intervals: LabelIntervals | null;
  },
): string {
  const names = figures.labels.map(nameOf);
  if (kind === 'json') {
    return figuresJson({
      kind: 'labels',
      figures: { ...figures, names },
      scores: scoreFigures(thresholded.rankings),
      photos,
      intervals,
    });
  }
  const { summary } = figures;
  return `${labelTableCsv(names, thresholded)}\r\n${summaryCsv([
    ['photos', figures.photos],
    ['mean_average_precision', summary.meanAveragePrecision, intervals?.meanAveragePrecision],
    ...averageRows(summary),
    ['cf1', summary.cf1, intervals?.cf1],
    ['hamming_loss', summary.hammingLoss],
    ['subset_accuracy', photos?.subsetAccuracy ?? Number.NaN, intervals?.subsetAccuracy],
  ])}`;
}

/** The same of a set of classes: group after group. */
export function classFigureFile(
  kind: ExportKind,
  nameOf: NameOf,
  groups: readonly {
    readonly figures: GroupFigures;
    readonly rankings: readonly LabelRanking[];
    readonly intervals: ClassIntervals | null;
  }[],
): string {
  if (kind === 'json') {
    return figuresJson({
      kind: 'classes',
      groups: groups.map(({ figures, rankings, intervals }) => ({
        ...figures,
        names: figures.classes.map(nameOf),
        scores: scoreFigures(rankings),
        intervals,
      })),
    });
  }
  return groups
    .map(({ figures: group, intervals }) => {
      const names = group.classes.map(nameOf);
      const { counts, refused, photos, figures, averagePrecision, topK } = group;
      const summary = summaryCsv([
        ['photos', photos],
        ['accuracy', figures.accuracy, intervals?.accuracy],
        ['balanced_accuracy', figures.balancedAccuracy, intervals?.balancedAccuracy],
        ['kappa', figures.kappa, intervals?.kappa],
        ...averageRows(figures.averages),
        ...Array.from(topK, (share, k) => [`top_${k + 1}`, share] as const),
      ]);
      const matrix = confusionCsv(names, { classCount: names.length, counts, refused, total: photos });
      const table = classTableCsv(names, figures.classes, averagePrecision);
      const heading = group.name === '' ? [] : [csvText([['group', group.name]])];
      return [...heading, matrix, table, summary].join('\r\n');
    })
    .join('\r\n');
}

/** What depends on scores and not on thresholds, [labels] each. */
function scoreFigures(rankings: readonly LabelRanking[]) {
  const curves = rankings.map(curvesOf);
  return {
    rocArea: curves.map(({ rocArea }) => rocArea),
    expectedCalibrationError: curves.map(({ reliability }) => reliability.expectedError),
  };
}
