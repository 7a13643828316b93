import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { averagePrecision, precisionRecallCurve, rocArea, rocCurve } from './curves.ts';
import { goldenDifferences } from './golden-differences.ts';
import { truthBitSteps } from './label-bits.ts';
import { columnsOfRows, type LabelColumns } from './label-columns.ts';
import { likelyLabelErrorSteps } from './label-errors.ts';
import { rankLabel } from './label-ranking.ts';
import { photoFigureSteps } from './photo-figures.ts';
import { reliability, scoreHistogram } from './score-bins.ts';
import { rankLabelSteps, ThresholdedFigures } from './thresholded-figures.ts';

type Numbers = (number | null)[];
interface Rates {
  precision: Numbers;
  recall: Numbers;
  f1: Numbers;
  support: number[];
}
interface Curves {
  precision: number[];
  recall: number[];
  thresholds: number[];
  falsePositiveRate: Numbers;
  truePositiveRate: Numbers;
  rocThresholds: number[];
  rocArea: number | null;
  averagePrecision: number | null;
  f1: number[];
  shareTrue: number[] | null;
  meanScore: number[] | null;
  expectedError: number;
  histogramPositives: number[];
  histogramNegatives: number[];
}
interface LabelCase {
  name: string;
  labels: number;
  truth: number[];
  scores: number[];
  threshold: number;
  outcomes: [number, number, number, number][];
  rates: Rates;
  averages: Record<'macro' | 'micro' | 'weighted', Numbers>;
  cf1: number | null;
  averagePrecision: Numbers;
  map: number | null;
  hamming: number;
  subset: number;
  missed: number[];
  missedWrong: number[];
  curves?: Curves[];
}
const golden = JSON.parse(readFileSync(new URL('./golden/sklearn.json', import.meta.url), 'utf8')) as {
  bins: number;
  labels: LabelCase[];
  labelErrors: { rows: number[]; given: number[] }[];
};

function expectClose(actual: ArrayLike<number>, expected: readonly (number | null)[], what: string): void {
  expect(goldenDifferences(actual, expected), what).toEqual([]);
}

/** A stepwise computation at once. */
function done<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function columnsOf(c: LabelCase): LabelColumns {
  return columnsOfRows(
    Uint8Array.from(c.truth),
    Float64Array.from(c.scores),
    c.truth.length / c.labels,
    c.labels,
  );
}

describe('figures of several labels per photo equal scikit-learn', () => {
  it.each(golden.labels.map((c) => [c.name, c] as const))('%s', (_, c) => {
    const columns = columnsOf(c);
    const rankings = done(rankLabelSteps(columns));
    const figures = new ThresholdedFigures(rankings, c.threshold);
    c.outcomes.forEach(([tn, fp, fn, tp], label) => {
      expect(figures.trueNegatives[label]).toBe(tn);
      expect(figures.falsePositives[label]).toBe(fp);
      expect(figures.falseNegatives[label]).toBe(fn);
      expect(figures.truePositives[label]).toBe(tp);
    });
    const table = figures.table();
    expectClose(table.precision, c.rates.precision, 'precision');
    expectClose(table.recall, c.rates.recall, 'recall');
    expectClose(table.f1, c.rates.f1, 'f1');
    expect([...table.support]).toEqual(c.rates.support);
    expectClose(table.averagePrecision, c.averagePrecision, 'average precision');
    const summary = figures.summary();
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      const { precision, recall, f1 } = summary[average];
      expectClose([precision, recall, f1], c.averages[average], average);
    }
    expectClose([summary.hammingLoss], [c.hamming], 'Hamming loss');
    expectClose([summary.meanAveragePrecision, summary.cf1], [c.map, c.cf1], 'mAP, CF1');
    const photos = done(
      photoFigureSteps(columns, new Float64Array(c.labels).fill(c.threshold), done(truthBitSteps(columns))),
    );
    expectClose([photos.subsetAccuracy], [c.subset], 'subset accuracy');
    expect([...photos.missedWhilePredicting]).toEqual(c.missed);
    expect([...photos.missedWhileWrong]).toEqual(c.missedWrong);
  });

  const withCurves = golden.labels.flatMap((c) =>
    (c.curves ?? []).map((curves, label) => [`${c.name}, label ${label}`, c, curves, label] as const),
  );
  it.each(withCurves)('curves: %s', (_, c, curves, label) => {
    const columns = columnsOf(c);
    const ranking = rankLabel(columns.truthOf(label), columns.scoresOf(label));
    const curve = precisionRecallCurve(ranking);
    expectClose(curve.thresholds.slice(1).reverse(), curves.thresholds, 'thresholds');
    expectClose(curve.precision.toReversed(), curves.precision, 'precision');
    expectClose(curve.recall.toReversed(), curves.recall, 'recall');
    expectClose(curve.f1.slice(1).reverse(), curves.f1, 'f1');
    const roc = rocCurve(ranking);
    expectClose(roc.thresholds.slice(1), curves.rocThresholds, 'ROC thresholds');
    expectClose(roc.falsePositiveRate, curves.falsePositiveRate, 'false positive rate');
    expectClose(roc.truePositiveRate, curves.truePositiveRate, 'true positive rate');
    expectClose([rocArea(ranking)], [curves.rocArea], 'AUC');
    expectClose([averagePrecision(ranking)], [curves.averagePrecision], 'AP');
    const histogram = scoreHistogram(ranking, golden.bins);
    expect([...histogram.positives]).toEqual(curves.histogramPositives);
    expect([...histogram.negatives]).toEqual(curves.histogramNegatives);
    const diagram = reliability(ranking, golden.bins);
    expectClose([diagram.expectedError], [curves.expectedError], 'ECE');
    if (curves.shareTrue === null || curves.meanScore === null) return;
    const filled = (values: Float64Array) => values.filter((_value, bin) => diagram.counts[bin]! > 0);
    expectClose(filled(diagram.shareTrue), curves.shareTrue, 'share true');
    expectClose(filled(diagram.meanScore), curves.meanScore, 'mean score');
  });
});

describe('likely label errors', () => {
  it('are those of the definition, label by label', () => {
    const c = golden.labels[0]!;
    const errors = done(likelyLabelErrorSteps(columnsOf(c)));
    expect(errors.rows.length).toBeGreaterThan(10);
    golden.labelErrors.forEach((expected, label) => {
      const of = [...errors.labels.keys()].filter((n) => errors.labels[n] === label);
      expect(of.map((n) => errors.rows[n])).toEqual(expected.rows);
      expect(of.map((n) => errors.given[n])).toEqual(expected.given);
    });
    for (let n = 1; n < errors.rows.length; n++) {
      expect(errors.selfConfidence[n]).toBeGreaterThanOrEqual(errors.selfConfidence[n - 1]!);
    }
  });
});
