/** Value and gradient of a function at a point. */
export interface Evaluation {
  readonly loss: number;
  /** As long as the point; belongs to whoever receives it. */
  readonly gradient: Float64Array;
}

/** Where a line search ended. */
export interface LinePoint extends Evaluation {
  readonly point: Float64Array;
}

/** Share of the promised decrease that must be reached, and of the slope that may remain: Nocedal & Wright, 3.1. */
const DECREASE = 1e-4;
const SLOPE = 0.9;
const TRIALS = 30;

/**
 * Line search for the strong Wolfe conditions: a bracket that narrows by cubic interpolation, kept away from its ends.
 * (J. Nocedal, S. Wright: Numerical Optimization, 2nd edition, 3.5.)
 *
 * @param start where to start, with value and gradient
 * @param direction downhill at `start`
 * @param firstStep step to try first, > 0
 * @yields points to evaluate; the evaluation is what `next` must be given
 * @returns a better point, or null when rounding leaves none
 */
export function* lineSearch(
  start: LinePoint,
  direction: Float64Array,
  firstStep: number,
): Generator<Float64Array, LinePoint | null, Evaluation> {
  const startSlope = inner(start.gradient, direction);
  if (!(startSlope < 0)) return null;
  // Near the minimum the decrease drowns in the rounding of the loss; slopes stay exact for longer.
  const rounding = 1e-14 * Math.abs(start.loss);
  let low = { step: 0, loss: start.loss, slope: startSlope };
  let high: { step: number; loss: number; slope: number } | null = null;
  let best: LinePoint | null = null;
  let step = firstStep;
  for (let trial = 0; trial < TRIALS; trial++) {
    const point = Float64Array.from(start.point, (x, i) => x + step * direction[i]!);
    const evaluation = yield point;
    const slope = inner(evaluation.gradient, direction);
    const tried = { step, loss: evaluation.loss, slope };
    const decreased = evaluation.loss <= start.loss + DECREASE * step * startSlope + rounding;
    if (decreased && Math.abs(slope) <= -SLOPE * startSlope) return { point, ...evaluation };
    if (decreased && (best === null || evaluation.loss < best.loss)) best = { point, ...evaluation };
    if (decreased && slope < 0) low = tried;
    else high = tried;
    step = high === null ? 4 * step : between(low, high);
    if (high !== null && Math.abs(high.step - low.step) <= 1e-12 * high.step) break;
  }
  return best !== null && best.loss < start.loss ? best : null;
}

/** Minimum of the cubic through two points with slopes, at least a tenth of the bracket away from its ends. */
function between(
  low: { step: number; loss: number; slope: number },
  high: { step: number; loss: number; slope: number },
): number {
  const width = high.step - low.step;
  const d = low.slope + high.slope - (3 * (high.loss - low.loss)) / width;
  const root = Math.sqrt(d * d - low.slope * high.slope);
  const share = (root + d - low.slope) / (high.slope - low.slope + 2 * root);
  // Not a number (an infinite loss, no minimum): halve.
  const kept = Number.isFinite(share) ? Math.min(0.9, Math.max(0.1, share)) : 0.5;
  return low.step + kept * width;
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
