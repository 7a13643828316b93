import type { LocalFeatures } from './local-features.ts';
import type { FeatureMatches } from './match-features.ts';
import { determinant, fitAffine, fitProjective, type PlacePairs, type Transform } from './transform.ts';

export interface FittedTransform {
  readonly transform: Transform;
  /** The same with perspective, where there are matches enough to say. */
  readonly projective: Transform | null;
  /** Matches that agree with it, at places that differ. */
  readonly agreeing: number;
}

/** Pixels of the picture `to`, as part of its longer side: how far off a match may lie and still agree. */
const tolerancePart = 0.018;
const leastAgreeing = 4;
const leastForPerspective = 10;
/** No copy is enlarged or reduced more than that between two thumbnails. */
const greatestScale = 6;
/** Of the surest matches so many propose a transform, and so many proposals are refined. */
const mostProposals = 120;
const mostRefined = 5;

/**
 * The transform `from` -> `to` that most matches agree with. Each match proposes one by its place, scale and angle (no
 * drawing of lots: the answer is the same every time); the best proposals are fitted to those that agree.
 */
export function fitTransform(
  from: LocalFeatures,
  to: LocalFeatures,
  matches: FeatureMatches,
  isMirrored: boolean,
): FittedTransform | null {
  const { count } = matches;
  if (count < leastAgreeing) return null;
  const pairs = pairsOf(from, to, matches);
  const rows = new Int32Array(count);
  const tolerance = tolerancePart * Math.max(to.width, to.height);
  const proposals: { transform: Transform; votes: number }[] = [];
  for (let n = 0; n < Math.min(count, mostProposals); n++) {
    const transform = proposalOf(from, to, matches.from[n]!, matches.to[n]!, isMirrored);
    if (transform === null) continue;
    const votes = agreeingWith(transform, pairs, 2 * tolerance, rows);
    if (votes >= leastAgreeing) proposals.push({ transform, votes });
  }
  proposals.sort((a, b) => b.votes - a.votes);
  let best: FittedTransform | null = null;
  for (const { transform, votes } of proposals.slice(0, mostRefined)) {
    // What fewer than half as many agree with will not become the best.
    if (best !== null && votes < best.agreeing / 2) break;
    const fitted = refine(transform, pairs, tolerance, rows, Math.max(from.width, from.height));
    if (fitted !== null && (best === null || fitted.agreeing > best.agreeing)) best = fitted;
  }
  return best;
}

/** @param rows scratch, [matches] */
function refine(
  start: Transform,
  pairs: PlacePairs,
  tolerance: number,
  rows: Int32Array,
  size: number,
): FittedTransform | null {
  let transform = start;
  for (const room of [2 * tolerance, 1.5 * tolerance, tolerance, tolerance]) {
    const agreeing = agreeingWith(transform, pairs, room, rows);
    const fitted = fitAffine(pairs, rows.subarray(0, agreeing));
    if (fitted === null || !isPlausible(fitted, determinant(start) < 0)) return null;
    transform = fitted;
  }
  const agreeing = placesOf(pairs, rows.subarray(0, agreeingWith(transform, pairs, tolerance, rows)));
  if (agreeing < leastAgreeing) return null;
  if (agreeing < leastForPerspective) return { transform, projective: null, agreeing };
  const near = rows.subarray(0, agreeingWith(transform, pairs, 2 * tolerance, rows));
  return { transform, projective: fitProjective(pairs, near, size), agreeing };
}

/** Scaled by a sensible factor, not squashed, and mirrored or not as it must be. */
function isPlausible(transform: Transform, isMirrored: boolean): boolean {
  const det = determinant(transform);
  if (det < 0 !== isMirrored) return false;
  const { a, b, d, e } = transform;
  const scale = Math.sqrt(Math.abs(det));
  if (scale < 1 / greatestScale || scale > greatestScale) return false;
  // Greatest over least stretch: sum of squares over twice the determinant is (r + 1 / r) / 2.
  return (a * a + b * b + d * d + e * e) / (2 * Math.abs(det)) < 1.35;
}

function pairsOf(from: LocalFeatures, to: LocalFeatures, matches: FeatureMatches): PlacePairs {
  return {
    x: Float64Array.from(matches.from, (row) => from.x[row]!),
    y: Float64Array.from(matches.from, (row) => from.y[row]!),
    u: Float64Array.from(matches.to, (row) => to.x[row]!),
    v: Float64Array.from(matches.to, (row) => to.y[row]!),
  };
}

/** How many places, to within four pixels, the rows are of. */
function placesOf({ x, y }: PlacePairs, rows: Int32Array): number {
  const places = new Set<number>();
  for (const row of rows) places.add(Math.round(x[row]! / 4) * 65536 + Math.round(y[row]! / 4));
  return places.size;
}

function proposalOf(
  from: LocalFeatures,
  to: LocalFeatures,
  row: number,
  rowTo: number,
  isMirrored: boolean,
): Transform | null {
  const scale = to.size[rowTo]! / from.size[row]!;
  if (scale < 1 / greatestScale || scale > greatestScale) return null;
  const sign = isMirrored ? -1 : 1;
  // Mirrored left-right, an angle t becomes pi - t.
  const own = isMirrored ? Math.PI - from.angle[row]! : from.angle[row]!;
  const turned = to.angle[rowTo]! - own;
  const [cos, sin] = [scale * Math.cos(turned), scale * Math.sin(turned)];
  const [x, y] = [from.x[row]!, from.y[row]!];
  const [a, b, d, e] = [sign * cos, -sin, sign * sin, cos];
  return { a, b, c: to.x[rowTo]! - a * x - b * y, d, e, f: to.y[rowTo]! - d * x - e * y, g: 0, h: 0 };
}

/** Writes the pairs that an affine transform brings together to `rows`, and says how many those are. */
function agreeingWith(
  { a, b, c, d, e, f }: Transform,
  { x, y, u, v }: PlacePairs,
  tolerance: number,
  rows: Int32Array,
): number {
  const limit = tolerance * tolerance;
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [x[i]!, y[i]!];
    const dx = a * px + b * py + c - u[i]!;
    const dy = d * px + e * py + f - v[i]!;
    if (dx * dx + dy * dy <= limit) rows[count++] = i;
  }
  return count;
}
