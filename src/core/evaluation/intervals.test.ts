import { describe, expect, it } from 'vitest';
import { classFigures } from './class-figures.ts';
import { classIntervalSteps } from './class-intervals.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { truthBitSteps } from './label-bits.ts';
import { columnsOfRows, type LabelColumns } from './label-columns.ts';
import { LabelBootstrap } from './label-intervals.ts';
import { photoFigureSteps } from './photo-figures.ts';
import { type BootstrapOptions, packedResampler, percentileInterval, resampler } from './resample.ts';
import { rankLabelSteps, ThresholdedFigures } from './thresholded-figures.ts';
import { notKnown } from './truth.ts';

/** A stepwise computation at once. */
function done<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const photoFigures = (columns: LabelColumns, thresholds: readonly number[]) =>
  done(photoFigureSteps(columns, thresholds, done(truthBitSteps(columns))));

function bootstrap(columns: LabelColumns, thresholds: readonly number[], options: BootstrapOptions) {
  const { verdicts } = photoFigures(columns, thresholds);
  const rankings = done(rankLabelSteps(columns));
  return done(new LabelBootstrap(columns, rankings, verdicts, options).steps(thresholds, verdicts));
}

const rows = 120;
const labels = 3;
/** Uniform in [0, 1), a fixed sequence. */
const uniform = (n: number) => Math.abs(Math.sin(n * 12.9898) * 43_758.5453) % 1;
const truth = Uint8Array.from({ length: rows * labels }, (_, n) => {
  if (n < 2 * labels) return 2;
  return uniform(n) < 0.1 ? 2 : uniform(n + 0.5) < 0.4 ? 1 : 0;
});
/** Scores with ties, so that groups of equal ones are resampled together. */
const scores = Float32Array.from(
  truth,
  (entry, n) => Math.round(20 * (0.3 * (entry & 1) + 0.7 * uniform(n + 7))) / 20,
);
const columns = columnsOfRows(truth, scores, rows, labels);
const thresholds = [0.5, 0.4, 0.6];

describe('bootstrap of several labels per photo', () => {
  const rankings = done(rankLabelSteps(columns));
  const { verdicts } = photoFigures(columns, thresholds);
  const intervals = (options: BootstrapOptions) => bootstrap(columns, thresholds, options);

  it('gives what the figures of the drawn photos themselves give', () => {
    const resamples = 25;
    const judged = Uint32Array.from([...verdicts.keys()].filter((row) => verdicts[row] !== notKnown));
    expect(judged.length).toBeLessThan(rows);
    const draw = resampler(judged, rows, 5);
    const maps = new Float64Array(resamples);
    const macroF1s = new Float64Array(resamples);
    const subsets = new Float64Array(resamples);
    const secondF1s = new Float64Array(resamples);
    for (let n = 0; n < resamples; n++) {
      const drawn = [...draw().entries()].flatMap(([row, times]) => Array<number>(times).fill(row));
      expect(drawn.length).toBe(judged.length);
      const at = drawn.flatMap((row) => [0, 1, 2].map((label) => row * labels + label));
      const sample = columnsOfRows(
        Uint8Array.from(at, (i) => truth[i]!),
        Float32Array.from(at, (i) => scores[i]!),
        drawn.length,
        labels,
      );
      const figures = new ThresholdedFigures(done(rankLabelSteps(sample)), thresholds);
      maps[n] = figures.summary().meanAveragePrecision;
      macroF1s[n] = figures.summary().macro.f1;
      secondF1s[n] = figures.table().f1[1]!;
      subsets[n] = photoFigures(sample, thresholds).subsetAccuracy;
    }
    const found = intervals({ seed: 5, resamples });
    for (const [interval, values] of [
      [found.meanAveragePrecision, maps],
      [found.macroF1, macroF1s],
      [found.subsetAccuracy, subsets],
      [found.labelF1[1]!, secondF1s],
    ] as const) {
      expect(interval.low).toBeCloseTo(percentileInterval(values).low, 12);
      expect(interval.high).toBeCloseTo(percentileInterval(values).high, 12);
      expect(interval.high).toBeGreaterThan(interval.low);
    }
  });

  it('holds the figures themselves, is the same for the same seed and another for another', () => {
    const {
      meanAveragePrecision: map,
      micro,
      macro,
      cf1,
    } = new ThresholdedFigures(rankings, thresholds).summary();
    const found = intervals({ seed: 1 });
    for (const [interval, value] of [
      [found.meanAveragePrecision, map],
      [found.microF1, micro.f1],
      [found.macroF1, macro.f1],
      [found.cf1, cf1],
    ] as const) {
      expect(interval.low).toBeLessThan(value);
      expect(interval.high).toBeGreaterThan(value);
    }
    expect(intervals({ seed: 1 })).toEqual(found);
    expect(intervals({ seed: 2 })).not.toEqual(found);
  });

  it('can be stopped at any step, and tells how far it is and what it has', () => {
    const options = { seed: 1, resamples: 20_000 };
    const steps = new LabelBootstrap(columns, rankings, verdicts, options).steps(thresholds, verdicts);
    const seen: number[] = [];
    let early = 0;
    for (const run of steps) {
      seen.push(run.done);
      if (run.done < 200) continue;
      early = run.intervals().meanAveragePrecision.low;
      break;
    }
    expect(seen.slice(0, labels)).toEqual([0, 0, 0]);
    expect(seen.at(-1)).toBeLessThan(20_000);
    expect(steps.next().done).toBe(true);
    expect(early).toBeCloseTo(intervals({ seed: 1 }).meanAveragePrecision.low, 1);
  });

  it('after a threshold move gives what a fresh start gives, also when the run before was stopped', () => {
    const options = { seed: 4, resamples: 50 };
    const moved = [0.2, 0.9, -1];
    const fresh = bootstrap(columns, moved, options);
    for (const stopAfter of [0, labels, labels + 1, 1000]) {
      const kept = new LabelBootstrap(columns, rankings, verdicts, options);
      const first = kept.steps(thresholds, verdicts);
      for (let n = 0; n < stopAfter && !first.next().done; n++);
      expect(done(kept.steps(moved, photoFigures(columns, moved).verdicts))).toEqual(fresh);
    }
  });

  it('draws the same resamples four at a time, and says when they may run over', () => {
    const judged = Uint32Array.of(0, 2, 3);
    const one = resampler(judged, 4, 9);
    const four = packedResampler(judged, 4, 9);
    for (let batch = 0; batch < 3; batch++) {
      const { words, addable } = four();
      expect(addable).toBe(17);
      for (let r = 0; r < 4; r++) {
        expect(Array.from(words, (word) => (word >>> (8 * r)) & 255)).toEqual([...one()]);
      }
    }
    expect(packedResampler(new Uint32Array(20), 1, 1)().addable).toBe(1); // one photo, twenty times
  });

  it('copes with a label of which nothing is known', () => {
    const some = columnsOfRows(Uint8Array.of(1, 2, 0, 2), Float32Array.of(0.9, 0.5, 0.1, 0.5), 2, 2);
    const perfect = bootstrap(some, [0.5, 0.5], { seed: 1, resamples: 10 });
    expect(perfect.meanAveragePrecision).toEqual({ low: 1, high: 1 });
    expect(perfect.labelF1[1]).toEqual({ low: Number.NaN, high: Number.NaN });
  });

  it('has no interval for a figure that no resample defines, and refuses what does not fit', () => {
    const none = columnsOfRows(Uint8Array.of(0, 0), Float32Array.of(0.1, 0.2), 2, 1);
    const found = bootstrap(none, [0.5], { seed: 1, resamples: 10 });
    expect(found.labelAveragePrecision[0]).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(found.subsetAccuracy).toEqual({ low: 1, high: 1 });
    expect(() => intervals({ seed: 1, resamples: 0 })).toThrow(/0 resamples/);
    const two = new Uint8Array(2);
    expect(() => new LabelBootstrap(none, [], two, { seed: 1 })).toThrow(/0 rankings/);
    const fitting = new LabelBootstrap(none, done(rankLabelSteps(none)), two, { seed: 1 });
    expect(() => done(fitting.steps([], two))).toThrow(/0 thresholds/);
  });
});

describe('bootstrap of one class per photo', () => {
  it('holds the figures themselves, and leaves photos without a class out', () => {
    const actual = Int32Array.from({ length: 200 }, (_, n) => (n % 10 === 9 ? -1 : n % 3));
    const predicted = actual.map((c, n) =>
      uniform(n) < 0.3 ? Math.floor(uniform(n + 3) * 4) - 1 : Math.max(0, c),
    );
    const figures = classFigures(confusionMatrix(actual, predicted, 3));
    const options = { seed: 3, resamples: 400 };
    const found = done(classIntervalSteps(actual, predicted, 3, options));
    for (const [interval, value] of [
      [found.accuracy, figures.accuracy],
      [found.balancedAccuracy, figures.balancedAccuracy],
      [found.macroF1, figures.averages.macro.f1],
      [found.kappa, figures.kappa],
    ] as const) {
      expect(interval.low).toBeLessThan(value);
      expect(interval.high).toBeGreaterThan(value);
      // Two standard errors of a share of 180 photos are about 0.07 on either side.
      expect(interval.high - interval.low).toBeLessThan(0.25);
    }
    const kept = [...actual.keys()].filter((row) => actual[row] !== -1);
    const only = (values: Int32Array) => Int32Array.from(kept, (row) => values[row]!);
    expect(done(classIntervalSteps(only(actual), only(predicted), 3, options))).toEqual(found);
  });
});

describe('percentiles', () => {
  it('lie between neighbours, as numpy has them', () => {
    // numpy.percentile([5, 1, 4, 2, 3], [2.5, 97.5]) is [1.1, 4.9].
    const { low, high } = percentileInterval(Float64Array.of(5, 1, 4, Number.NaN, 2, 3));
    expect(low).toBeCloseTo(1.1, 12);
    expect(high).toBeCloseTo(4.9, 12);
  });
});
