/**
 * Chooses from which probability on a photo carries a label.
 *
 * @param probabilities [photos], of held-out photos
 * @param present [photos], 1 where the label is there, else 0
 * @returns a threshold (a photo at or above it carries the label), or null when none does what is wanted
 */
export type ThresholdChooser = (probabilities: Float64Array, present: Uint8Array) => number | null;

/** The threshold with the highest F1; among equal ones the highest. */
export const bestF1: ThresholdChooser = (probabilities, present) => {
  let best = 0;
  let chosen: number | null = null;
  for (const { threshold, right, taken, positives } of cuts(probabilities, present)) {
    const f1 = (2 * right) / (taken + positives);
    if (f1 > best) {
      best = f1;
      chosen = threshold;
    }
  }
  return chosen;
};

/** The lowest threshold (so most photos) whose precision reaches `wanted`, 0..1. */
export function precisionAtLeast(wanted: number): ThresholdChooser {
  return (probabilities, present) => {
    let chosen: number | null = null;
    for (const { threshold, right, taken } of cuts(probabilities, present)) {
      if (right > 0 && right / taken >= wanted) chosen = threshold;
    }
    return chosen;
  };
}

/** The highest threshold (so fewest photos) whose recall reaches `wanted`, 0..1. */
export function recallAtLeast(wanted: number): ThresholdChooser {
  return (probabilities, present) => {
    for (const { threshold, right, positives } of cuts(probabilities, present)) {
      if (positives > 0 && right / positives >= wanted) return threshold;
    }
    return null;
  };
}

/** Every way to cut between two different probabilities (in the middle), from the highest down. */
function* cuts(probabilities: Float64Array, present: Uint8Array) {
  const order = Uint32Array.from(probabilities, (_, i) => i);
  order.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  const positives = present.reduce((sum, value) => sum + value, 0);
  let right = 0;
  for (let n = 0; n < order.length; n++) {
    const here = probabilities[order[n]!]!;
    right += present[order[n]!]!;
    const next = n + 1 < order.length ? probabilities[order[n + 1]!]! : 0;
    if (n + 1 < order.length && next === here) continue;
    yield { threshold: (here + next) / 2, right, taken: n + 1, positives };
  }
}
