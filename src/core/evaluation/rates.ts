/** The 2x2 of each label, [labels] each. Whole numbers; weighted counts in a bootstrap. */
export interface Outcomes {
  readonly truePositives: ArrayLike<number>;
  readonly falsePositives: ArrayLike<number>;
  readonly falseNegatives: ArrayLike<number>;
}

/** Precision, recall and their harmonic mean, 0..1 each. */
export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * [Note: Undefined figures] What a figure is that would be 0 / 0, such as the precision of a label that was never predicted: 0, as scikit-learn has
 * it by default, or NaN. In means it is 0 in either case, or giving up on a label would make them better; but with NaN labels
 * that do not occur (no photo has them or gets them) are left out, as scikit-learn does with classes.
 */
export type Undefined = number;

/** a / b, or `undefinedAs` when b is 0. */
export function ratio(a: number, b: number, undefinedAs: Undefined): number {
  return b === 0 ? undefinedAs : a / b;
}

/** Rates of one 2x2. F1 is 2 tp / (2 tp + fp + fn). */
export function ratesOf(tp: number, fp: number, fn: number, undefinedAs: Undefined = 0): Rates {
  return {
    precision: ratio(tp, tp + fp, undefinedAs),
    recall: ratio(tp, tp + fn, undefinedAs),
    f1: ratio(2 * tp, 2 * tp + fp + fn, undefinedAs),
  };
}

/** Rates per label, [labels] each, and the number of photos that have the label. */
export interface LabelRates {
  readonly precision: Float64Array<ArrayBuffer>;
  readonly recall: Float64Array<ArrayBuffer>;
  readonly f1: Float64Array<ArrayBuffer>;
  readonly support: Float64Array<ArrayBuffer>;
}

/** Precision, recall, F1 and support of each label. */
export function labelRates(outcomes: Outcomes, undefinedAs: Undefined = 0): LabelRates {
  const labels = outcomes.truePositives.length;
  const result = {
    precision: new Float64Array(labels),
    recall: new Float64Array(labels),
    f1: new Float64Array(labels),
    support: new Float64Array(labels),
  };
  for (let label = 0; label < labels; label++) {
    const tp = outcomes.truePositives[label]!;
    const fn = outcomes.falseNegatives[label]!;
    const { precision, recall, f1 } = ratesOf(tp, outcomes.falsePositives[label]!, fn, undefinedAs);
    result.precision[label] = precision;
    result.recall[label] = recall;
    result.f1[label] = f1;
    result.support[label] = tp + fn;
  }
  return result;
}

/** Means over labels, as scikit-learn's `average=` of precision_recall_fscore_support. */
export interface AverageRates {
  /** Plain mean over labels. */
  readonly macro: Rates;
  /** Rates of the summed 2x2: OP, OR and OF1 of the multi-label literature. */
  readonly micro: Rates;
  /** Mean over labels weighted by how many photos have each. */
  readonly weighted: Rates;
  /**
   * CF1: harmonic mean of the macro precision and the macro recall (Wang et al., "CNN-RNN: A unified framework for
   * multi-label image classification", 2016, C-F1). Not the mean of the F1 values, which is `macro.f1`.
   */
  readonly cf1: number;
}

/** Macro, micro and weighted means, and CF1. */
export function averageRates(outcomes: Outcomes, undefinedAs: Undefined = 0): AverageRates {
  const rates = labelRates(outcomes, 0);
  if (Number.isNaN(undefinedAs)) leaveOutAbsent(rates, outcomes);
  const mean = (weights: ArrayLike<number> | null): Rates => ({
    precision: meanOf(rates.precision, weights, undefinedAs),
    recall: meanOf(rates.recall, weights, undefinedAs),
    f1: meanOf(rates.f1, weights, undefinedAs),
  });
  const macro = mean(null);
  const [tp, fp, fn] = [
    sum(outcomes.truePositives),
    sum(outcomes.falsePositives),
    sum(outcomes.falseNegatives),
  ];
  return {
    macro,
    micro: ratesOf(tp, fp, fn, tp + fp + fn === 0 ? undefinedAs : 0),
    weighted: mean(rates.support),
    cf1: harmonicMean(macro.precision, macro.recall),
  };
}

function leaveOutAbsent({ precision, recall, f1 }: LabelRates, outcomes: Outcomes): void {
  const { truePositives, falsePositives, falseNegatives } = outcomes;
  for (let label = 0; label < precision.length; label++) {
    if (truePositives[label]! + falsePositives[label]! + falseNegatives[label]! > 0) continue;
    precision[label] = Number.NaN;
    recall[label] = Number.NaN;
    f1[label] = Number.NaN;
  }
}

const harmonicMean = (a: number, b: number) => (a + b === 0 ? 0 : (2 * a * b) / (a + b));

/**
 * Mean of the values that are not NaN, weighted or plain; `undefinedAs` when there are none. Weights of 0 alone are
 * ignored, and then a NaN counts (as in scikit-learn).
 */
export function meanOf(
  values: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  undefinedAs: Undefined,
): number {
  let total = 0;
  let weight = 0;
  let plain = 0;
  let defined = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    plain += value;
    if (Number.isNaN(value)) continue;
    const w = weights === null ? 1 : weights[i]!;
    defined++;
    total += w * value;
    weight += w;
  }
  if (defined === 0) return undefinedAs;
  return weight === 0 ? plain / values.length : total / weight;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
