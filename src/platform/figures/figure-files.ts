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
import type {
  ExportKind,
  GroupFigures,
  LabelCurves,
  LabelFigures,
  PhotoPart,
} from '../../protocol/figures.ts';
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
  if (kind !== 'csv') {
    const charts = chartsOf(names, thresholded.rankings);
    if (kind === 'curves') return curvesCsv(charts.map((chart) => ({ group: '', ...chart })));
    return figuresJson({
      kind: 'labels',
      figures: { ...figures, names },
      scores: scoreFigures(charts),
      photos,
      intervals,
      curves: charts,
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
    /** First guesses, right ones against wrong ones. */
    readonly guesses: LabelRanking;
    readonly intervals: ClassIntervals | null;
  }[],
): string {
  if (kind === 'curves') {
    return curvesCsv(
      groups.flatMap(({ figures: { name: group, classes }, rankings, guesses }) => [
        ...chartsOf(classes.map(nameOf), rankings).map((chart) => ({ group, ...chart })),
        // Of these only how far they can be trusted is shown.
        { group, name: 'first_guesses', ...onlyTrust(curvesOf(guesses)) },
      ]),
    );
  }
  if (kind === 'json') {
    return figuresJson({
      kind: 'classes',
      groups: groups.map(({ figures, rankings, guesses, intervals }) => {
        const names = figures.classes.map(nameOf);
        const charts = chartsOf(names, rankings);
        return {
          ...figures,
          names,
          scores: scoreFigures(charts),
          intervals,
          curves: charts,
          firstGuesses: onlyTrust(curvesOf(guesses)),
        };
      }),
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

/** The charts of a label, as they are drawn. */
type Chart = Readonly<Partial<LabelCurves>> & { readonly name: string };

function chartsOf(names: readonly string[], rankings: readonly LabelRanking[]) {
  return rankings.map((ranking, n) => ({ name: names[n]!, ...curvesOf(ranking) }));
}

const onlyTrust = ({ reliability, histogram }: LabelCurves) => ({ reliability, histogram });

/** What depends on scores and not on thresholds, [labels] each. */
function scoreFigures(charts: readonly LabelCurves[]) {
  return {
    rocArea: charts.map(({ rocArea }) => rocArea),
    expectedCalibrationError: charts.map(({ reliability }) => reliability.expectedError),
  };
}

/** A row per point or bar: what it stands at, and how many photos it opens. */
function curvesCsv(charts: readonly (Chart & { readonly group: string })[]): string {
  const rows = charts.flatMap(({ group, name, ...chart }) =>
    chartRows(chart).map((row) => [group, name, ...row]),
  );
  return csvText([['group', 'label', 'chart', 'threshold', 'x', 'y', 'photos'], ...rows]);
}

type ChartRow = [chart: string, threshold: number, x: number, y: number, photos: number];

function chartRows({
  precisionRecall: pr,
  predicted,
  roc,
  rocPredicted,
  reliability,
  histogram,
}: Partial<LabelCurves>): ChartRow[] {
  const rows: ChartRow[] = [];
  const add = (
    chart: string,
    photos: ArrayLike<number> | undefined,
    x: ArrayLike<number> | undefined,
    y: ArrayLike<number> | undefined,
    thresholds?: ArrayLike<number>,
  ) => {
    for (let point = 0; point < (photos?.length ?? 0); point++) {
      const at = thresholds?.[point] ?? Number.NaN;
      rows.push([chart, at, x?.[point] ?? Number.NaN, y?.[point] ?? Number.NaN, photos![point]!]);
    }
  };
  add('precision_recall', predicted, pr?.recall, pr?.precision, pr?.thresholds);
  add('f1', predicted, pr?.thresholds, pr?.f1, pr?.thresholds);
  add('roc', rocPredicted, roc?.falsePositiveRate, roc?.truePositiveRate, roc?.thresholds);
  add('reliability', reliability?.counts, reliability?.meanScore, reliability?.shareTrue);
  const middles = histogram?.positives.length ?? 0;
  const middle = Float64Array.from({ length: middles }, (_, bin) => (bin + 0.5) / middles);
  add('scores_with', histogram?.positives, middle, undefined);
  add('scores_without', histogram?.negatives, middle, undefined);
  return rows;
}
