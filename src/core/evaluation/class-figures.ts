import type { ConfusionMatrix } from './confusion-matrix.ts';
import { type AverageRates, averageRates, type LabelRates, labelRates, ratio } from './rates.ts';

/** The figures of a set where each photo has one class. All 0..1 except kappa, -1..1. */
export interface ClassFigures {
  /** Share of the photos predicted right; NaN without photos. */
  readonly accuracy: number;
  /** Mean recall of the classes that have photos; NaN without photos. */
  readonly balancedAccuracy: number;
  /** Cohen's kappa: agreement beyond chance; NaN when chance alone agrees always, as with one class. */
  readonly kappa: number;
  /** Per class, [classCount]. */
  readonly classes: LabelRates;
  /** Means over the classes that occur, actual or predicted; micro precision leaves refused photos out. */
  readonly averages: AverageRates;
}

/** All figures of a confusion matrix, equal to scikit-learn's. Refused photos count as missed. O(classCount^2). */
export function classFigures(matrix: ConfusionMatrix): ClassFigures {
  const { classCount, counts, refused, total } = matrix;
  const actual = Float64Array.from(refused);
  const predicted = new Float64Array(classCount);
  const truePositives = new Float64Array(classCount);
  let right = 0;
  for (let a = 0; a < classCount; a++) {
    for (let b = 0; b < classCount; b++) {
      const count = counts[a * classCount + b]!;
      actual[a]! += count;
      predicted[b]! += count;
    }
    truePositives[a] = counts[a * classCount + a]!;
    right += truePositives[a]!;
  }
  const outcomes = {
    truePositives,
    falsePositives: predicted.map((count, c) => count - truePositives[c]!),
    falseNegatives: actual.map((count, c) => count - truePositives[c]!),
  };
  let recalls = 0;
  let withPhotos = 0;
  let agreementByChance = 0;
  for (let c = 0; c < classCount; c++) {
    agreementByChance += (actual[c]! * predicted[c]!) / Math.max(1, total);
    if (actual[c] === 0) continue;
    withPhotos++;
    recalls += truePositives[c]! / actual[c]!;
  }
  return {
    accuracy: ratio(right, total, Number.NaN),
    balancedAccuracy: ratio(recalls, withPhotos, Number.NaN),
    kappa: 1 - ratio(total - right, total - agreementByChance, Number.NaN),
    classes: labelRates(outcomes),
    averages: averageRates(outcomes),
  };
}
