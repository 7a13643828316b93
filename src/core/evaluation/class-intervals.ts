import { classFigures } from './class-figures.ts';
import { matchingRows } from './matching-rows.ts';
import {
  type BootstrapOptions,
  type Interval,
  percentileInterval,
  resampleCount,
  resampler,
} from './resample.ts';
import { type Classes, checkClasses, noClass } from './truth.ts';

/** 95 % bootstrap intervals of the main figures of a set with one class per photo. */
export interface ClassIntervals {
  readonly accuracy: Interval;
  readonly balancedAccuracy: Interval;
  readonly macroF1: Interval;
  readonly kappa: Interval;
}

/**
 * Intervals by resampling photos, one resample a step; stop calling to cancel.
 *
 * @yields the number of resamples done
 */
export function* classIntervalSteps(
  truth: Classes,
  predicted: Classes,
  classCount: number,
  options: BootstrapOptions,
): Generator<number, ClassIntervals> {
  checkClasses('actual', truth, truth.length, classCount);
  checkClasses('predicted', predicted, truth.length, classCount);
  const resamples = resampleCount(options);
  const judged = matchingRows(truth.length, (row) => truth[row] !== noClass);
  const draw = resampler(judged, truth.length, options.seed);
  const figures = {
    accuracy: new Float64Array(resamples),
    balancedAccuracy: new Float64Array(resamples),
    macroF1: new Float64Array(resamples),
    kappa: new Float64Array(resamples),
  };
  const counts = new Uint32Array(classCount * classCount);
  const refused = new Uint32Array(classCount);
  for (let n = 0; n < resamples; n++) {
    const weights = draw();
    counts.fill(0);
    refused.fill(0);
    for (const row of judged) {
      const guess = predicted[row]!;
      if (guess === noClass) refused[truth[row]!]! += weights[row]!;
      else counts[truth[row]! * classCount + guess]! += weights[row]!;
    }
    const sample = classFigures({ classCount, counts, refused, total: judged.length });
    figures.accuracy[n] = sample.accuracy;
    figures.balancedAccuracy[n] = sample.balancedAccuracy;
    figures.macroF1[n] = sample.averages.macro.f1;
    figures.kappa[n] = sample.kappa;
    yield n + 1;
  }
  return {
    accuracy: percentileInterval(figures.accuracy),
    balancedAccuracy: percentileInterval(figures.balancedAccuracy),
    macroF1: percentileInterval(figures.macroF1),
    kappa: percentileInterval(figures.kappa),
  };
}
