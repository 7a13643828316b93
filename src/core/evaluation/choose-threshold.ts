import type { LabelRanking } from './label-ranking.ts';
import { type Rates, ratesOf } from './rates.ts';

/** A threshold and what it gives on the photos that it was chosen from; choose on held-out scores. */
export interface ChosenThreshold extends Rates {
  readonly threshold: number;
}

/**
 * The threshold with the best F1; the higher one among equals.
 *
 * @returns null when the label has no positives
 */
export function thresholdOfBestF1(ranking: LabelRanking): ChosenThreshold | null {
  if (ranking.positives === 0) return null;
  return best(
    ranking,
    () => true,
    (a, b) => a.f1 - b.f1,
  );
}

/**
 * The threshold that finds most photos while the precision is at least `wanted`; among those of equal recall the most
 * precise.
 *
 * @param wanted 0..1
 * @returns null when no threshold reaches it, or without positives
 */
export function thresholdOfPrecision(ranking: LabelRanking, wanted: number): ChosenThreshold | null {
  if (ranking.positives === 0) return null;
  return best(
    ranking,
    (rates) => rates.precision >= wanted,
    (a, b) => a.recall - b.recall || a.precision - b.precision,
  );
}

/**
 * The most precise threshold that still finds at least the share `wanted` of the label's photos; among those of equal
 * precision the one that finds more.
 *
 * @param wanted 0..1
 * @returns null without positives
 */
export function thresholdOfRecall(ranking: LabelRanking, wanted: number): ChosenThreshold | null {
  if (ranking.positives === 0) return null;
  return best(
    ranking,
    (rates) => rates.recall >= wanted,
    (a, b) => a.precision - b.precision || a.recall - b.recall,
  );
}

function best(
  { thresholds, truePositives, falsePositives, positives }: LabelRanking,
  allowed: (rates: Rates) => boolean,
  order: (a: Rates, b: Rates) => number,
): ChosenThreshold | null {
  let found: ChosenThreshold | null = null;
  for (let point = 0; point < thresholds.length; point++) {
    const tp = truePositives[point]!;
    const rates = ratesOf(tp, falsePositives[point]!, positives - tp, 0);
    if (!allowed(rates) || (found !== null && order(rates, found) <= 0)) continue;
    found = { threshold: thresholds[point]!, ...rates };
  }
  return found;
}
