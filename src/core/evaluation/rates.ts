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

/** a / b, or `undefinedAs` when b is 0: scikit-learn's `zero_division`, 0 or NaN. */
export function ratio(a: number, b: number, undefinedAs: number): number {
  return b === 0 ? undefinedAs : a / b;
}

/** Rates of one 2x2. F1 is 2 tp / (2 tp + fp + fn). */
export function ratesOf(tp: number, fp: number, fn: number, undefinedAs: number): Rates {
  return {
    precision: ratio(tp, tp + fp, undefinedAs),
    recall: ratio(tp, tp + fn, undefinedAs),
    f1: ratio(2 * tp, 2 * tp + fp + fn, undefinedAs),
  };
}

/**
 * Rates per label, [labels] each, and the number of photos that have the label. What is 0 / 0, such as the precision of a
 * label that was never predicted, is NaN (scikit-learn with `zero_division=nan`): in a row of its own it says nothing.
 */
export interface LabelRates {
  readonly precision: Float64Array<ArrayBuffer>;
  readonly recall: Float64Array<ArrayBuffer>;
  readonly f1: Float64Array<ArrayBuffer>;
  readonly support: Float64Array<ArrayBuffer>;
}

/** Precision, recall, F1 and support of each label. */
export function labelRates(outcomes: Outcomes): LabelRates {
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
    const { precision, recall, f1 } = ratesOf(tp, outcomes.falsePositives[label]!, fn, Number.NaN);
    result.precision[label] = precision;
    result.recall[label] = recall;
    result.f1[label] = f1;
    result.support[label] = tp + fn;
  }
  return result;
}

/**
 * Means over the labels that occur: that some photo has or gets. Of these 0 / 0 counts as 0, so that a label which is never
 * predicted lowers the mean precision. Equal to scikit-learn's precision_recall_fscore_support with `labels=` those that
 * occur (its default where a photo has one class), `zero_division=0` (its default) and `average=`. NaN where none occurs.
 */
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
export function averageRates({ truePositives, falsePositives, falseNegatives }: Outcomes): AverageRates {
  const plain = new RateSum();
  const bySupport = new RateSum();
  let [tps, fps, fns] = [0, 0, 0];
  for (let label = 0; label < truePositives.length; label++) {
    const [tp, fp, fn] = [truePositives[label]!, falsePositives[label]!, falseNegatives[label]!];
    if (tp + fp + fn === 0) continue;
    const rates = ratesOf(tp, fp, fn, 0);
    plain.add(rates, 1);
    bySupport.add(rates, tp + fn);
    tps += tp;
    fps += fp;
    fns += fn;
  }
  const macro = plain.mean(Number.NaN);
  return {
    macro,
    micro: ratesOf(tps, fps, fns, plain.weight === 0 ? Number.NaN : 0),
    // Where no photo has any of them, all rates are 0.
    weighted: bySupport.mean(plain.weight === 0 ? Number.NaN : 0),
    cf1: ratio(2 * macro.precision * macro.recall, macro.precision + macro.recall, 0),
  };
}

class RateSum {
  #precision = 0;
  #recall = 0;
  #f1 = 0;
  weight = 0;

  add({ precision, recall, f1 }: Rates, weight: number): void {
    this.#precision += weight * precision;
    this.#recall += weight * recall;
    this.#f1 += weight * f1;
    this.weight += weight;
  }

  mean(undefinedAs: number): Rates {
    return {
      precision: ratio(this.#precision, this.weight, undefinedAs),
      recall: ratio(this.#recall, this.weight, undefinedAs),
      f1: ratio(this.#f1, this.weight, undefinedAs),
    };
  }
}

/** Mean of the values that are not NaN; NaN when there are none. */
export function meanOfDefined(values: ArrayLike<number>): number {
  let total = 0;
  let defined = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    total += values[i]!;
    defined++;
  }
  return ratio(total, defined, Number.NaN);
}
