import { type Evaluation, inner, type LinePoint, lineSearch } from './line-search.ts';

export interface MinimiseOptions {
  /** Stop when no component of the gradient exceeds this. */
  readonly tolerance: number;
  /** Most iterations, each of one line search. */
  readonly iterations: number;
  /** Multiplies a vector by an approximation of the inverse Hessian, in place; null: none is known. */
  readonly precondition: ((vector: Float64Array) => void) | null;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly loss: number;
  readonly iterations: number;
  /** Whether the tolerance was reached; otherwise iterations ran out or rounding left no better point. */
  readonly converged: boolean;
}

/** Pairs of steps and gradient changes that are remembered. */
const MEMORY = 10;

interface Pair {
  readonly moved: Float64Array;
  readonly changed: Float64Array;
  /** 1 / (moved . changed) */
  readonly scale: number;
}

/**
 * Minimises a smooth function by limited-memory BFGS (D. Liu, J. Nocedal, 1989), preconditioned, with a strong-Wolfe line
 * search. It asks for evaluations instead of calling a function, so that several minimisations share each pass over the
 * data and any of them can be left at any point.
 *
 * @yields points to evaluate; the evaluation is what `next` must be given
 */
export function* minimise(
  start: Float64Array,
  { tolerance, iterations, precondition }: MinimiseOptions,
): Generator<Float64Array, Minimum, Evaluation> {
  let at: LinePoint = { point: start, ...(yield start) };
  const pairs: Pair[] = [];
  for (let iteration = 0; ; iteration++) {
    const converged = steepest(at.gradient) <= tolerance;
    if (converged || iteration === iterations) {
      return { point: at.point, loss: at.loss, iterations: iteration, converged };
    }
    const direction = descent(at.gradient, pairs, precondition);
    const blind = pairs.length === 0 && precondition === null;
    const firstStep = blind ? Math.min(1, 1 / Math.sqrt(inner(at.gradient, at.gradient))) : 1;
    const next = yield* lineSearch(at, direction, firstStep);
    if (next === null) {
      if (pairs.length === 0) return { point: at.point, loss: at.loss, iterations: iteration, converged };
      // What was remembered may mislead; once more from the gradient alone.
      pairs.length = 0;
      continue;
    }
    remember(pairs, at, next);
    at = next;
  }
}

function steepest(gradient: Float64Array): number {
  let most = 0;
  for (const g of gradient) most = Math.max(most, Math.abs(g));
  return most;
}

function remember(pairs: Pair[], from: LinePoint, to: LinePoint): void {
  const moved = Float64Array.from(to.point, (x, i) => x - from.point[i]!);
  const changed = Float64Array.from(to.gradient, (g, i) => g - from.gradient[i]!);
  const curvature = inner(moved, changed);
  // Without curvature along the step the approximation would stop being positive definite.
  if (!(curvature > 1e-16 * inner(changed, changed))) return;
  pairs.push({ moved, changed, scale: 1 / curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

/** -H gradient by the two-loop recursion (Nocedal & Wright, algorithm 7.4). */
function descent(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: MinimiseOptions['precondition'],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = new Float64Array(pairs.length);
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { moved, changed, scale } = pairs[p]!;
    const alpha = scale * inner(moved, q);
    alphas[p] = alpha;
    addScaled(q, changed, -alpha);
  }
  precondition?.(q);
  const last = pairs.at(-1);
  if (last !== undefined) {
    const image = last.changed.slice();
    precondition?.(image);
    const gamma = 1 / (last.scale * inner(last.changed, image));
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * gamma;
  }
  pairs.forEach(({ moved, changed, scale }, p) => {
    addScaled(q, moved, alphas[p]! - scale * inner(changed, q));
  });
  return q;
}

function addScaled(into: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < into.length; i++) into[i] = into[i]! + factor * from[i]!;
}
