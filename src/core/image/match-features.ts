import { descriptorLength, unit } from './descriptor.ts';
import type { LocalFeatures } from './local-features.ts';
import { bitCount } from './perceptual-hash.ts';
import { apply, determinant, fitAffine, fitProjective, type Point, type Transform } from './transform.ts';

/** Row of a feature of one picture and of the feature of the other that it resembles most. */
export interface FeatureMatch {
  readonly from: number;
  readonly to: number;
}

/** Distance to the best, by that to the best elsewhere; above it a match says too little (Lowe's ratio). */
const greatestRatio = 0.92;
/** Pixels of the scale: features closer than that are views of one corner. */
const elsewhere = 6;

/**
 * Pairs that are each other's nearest.
 *
 * @param descriptors those of `from`, or of its mirror image
 */
export function matchFeatures(
  from: LocalFeatures,
  descriptors: Uint8Array,
  to: LocalFeatures,
): FeatureMatch[] {
  const [n, m] = [from.count, to.count];
  const near = nearestByBits(bitsOf(descriptors), bitsOf(to.descriptors));
  const likeness = new Int32Array(near.length);
  const bestTo = new Int32Array(n).fill(-1);
  const bestFrom = new Int32Array(m).fill(-1);
  const most = new Int32Array(m);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let k = i * shortlist; k < (i + 1) * shortlist; k++) {
      const j = near[k]!;
      if (j < 0) break;
      const product = byteDot(descriptors, i * descriptorLength, to.descriptors, j * descriptorLength);
      likeness[k] = product;
      if (product > best) {
        best = product;
        bestTo[i] = j;
      }
      if (product > most[j]!) {
        most[j] = product;
        bestFrom[j] = i;
      }
    }
  }
  const matches: FeatureMatch[] = [];
  for (let i = 0; i < n; i++) {
    const j = bestTo[i]!;
    if (j < 0 || bestFrom[j] !== i) continue;
    const room = elsewhere * to.size[j]!;
    let second = 0;
    for (let k = i * shortlist; k < (i + 1) * shortlist; k++) {
      const other = near[k]!;
      if (other < 0 || likeness[k]! <= second) continue;
      if (Math.abs(to.x[other]! - to.x[j]!) > room || Math.abs(to.y[other]! - to.y[j]!) > room)
        second = likeness[k]!;
    }
    if (distanceOf(most[j]!) <= greatestRatio * distanceOf(second)) matches.push({ from: i, to: j });
  }
  return matches;
}

/** For each feature so many of the other picture are compared in full. */
const shortlist = 6;
const words = descriptorLength / 32;

/** [count, words]: a bit for each byte of a descriptor, whether it is above the descriptor's mean. */
function bitsOf(descriptors: Uint8Array): Int32Array {
  const bits = new Int32Array((descriptors.length / descriptorLength) * words);
  for (let at = 0, row = 0; at < descriptors.length; at += descriptorLength, row += words) {
    let sum = 0;
    for (let i = 0; i < descriptorLength; i++) sum += descriptors[at + i]!;
    const mean = sum / descriptorLength;
    for (let i = 0; i < descriptorLength; i++) {
      if (descriptors[at + i]! > mean) bits[row + (i >> 5)] = bits[row + (i >> 5)]! | (1 << (i & 31));
    }
  }
  return bits;
}

/** [rows of a, shortlist]: rows of b with the fewest bits that differ, fewest first; -1 where there are no more. */
function nearestByBits(a: Int32Array, b: Int32Array): Int32Array {
  const [n, m] = [a.length / words, b.length / words];
  const near = new Int32Array(n * shortlist).fill(-1);
  const distances = new Int32Array(shortlist);
  for (let i = 0; i < n; i++) {
    const [a0, a1, a2, a3] = [a[i * words]!, a[i * words + 1]!, a[i * words + 2]!, a[i * words + 3]!];
    distances.fill(descriptorLength + 1);
    for (let j = 0, at = 0; j < m; j++, at += words) {
      const distance =
        bitCount(a0 ^ b[at]!) +
        bitCount(a1 ^ b[at + 1]!) +
        bitCount(a2 ^ b[at + 2]!) +
        bitCount(a3 ^ b[at + 3]!);
      if (distance >= distances[shortlist - 1]!) continue;
      let place = shortlist - 1;
      for (; place > 0 && distances[place - 1]! > distance; place--) {
        distances[place] = distances[place - 1]!;
        near[i * shortlist + place] = near[i * shortlist + place - 1]!;
      }
      distances[place] = distance;
      near[i * shortlist + place] = j;
    }
  }
  return near;
}

function distanceOf(product: number): number {
  return Math.sqrt(Math.max(0, 2 - (2 * product) / (unit * unit)));
}

function byteDot(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number): number {
  let s0 = 0;
  let s1 = 0;
  for (let i = 0; i < descriptorLength; i += 2) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
  }
  return s0 + s1;
}

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

/**
 * The transform `from` -> `to` that most matches agree with. Each match proposes one by its place, scale and angle (no
 * drawing of lots: the answer is the same every time); the best proposals are fitted to those that agree.
 */
export function fitTransform(
  from: LocalFeatures,
  to: LocalFeatures,
  matches: readonly FeatureMatch[],
  isMirrored: boolean,
): FittedTransform | null {
  const tolerance = tolerancePart * Math.max(to.width, to.height);
  const proposals = matches
    .map((match) => proposalOf(from, to, match, isMirrored))
    .filter((transform) => transform !== null)
    .map((transform) => ({
      transform,
      votes: agreeingWith(transform, from, to, matches, 2 * tolerance).length,
    }))
    .sort((a, b) => b.votes - a.votes)
    .slice(0, 5);
  let best: FittedTransform | null = null;
  for (const { transform } of proposals) {
    const fitted = refine(transform, from, to, matches, tolerance);
    if (fitted !== null && (best === null || fitted.agreeing > best.agreeing)) best = fitted;
  }
  return best;
}

function refine(
  start: Transform,
  from: LocalFeatures,
  to: LocalFeatures,
  matches: readonly FeatureMatch[],
  tolerance: number,
): FittedTransform | null {
  let transform = start;
  for (const room of [2 * tolerance, 1.5 * tolerance, tolerance, tolerance]) {
    const agreeing = agreeingWith(transform, from, to, matches, room);
    const fitted = fitAffine(
      agreeing.map((match) => placeOf(from, match.from)),
      agreeing.map((match) => placeOf(to, match.to)),
    );
    if (fitted === null || !isPlausible(fitted, determinant(start) < 0)) return null;
    transform = fitted;
  }
  const agreeing = agreeingWith(transform, from, to, matches, tolerance);
  const places = new Set(
    agreeing.map((m) => `${Math.round(from.x[m.from]! / 4)} ${Math.round(from.y[m.from]! / 4)}`),
  );
  if (places.size < leastAgreeing) return null;
  const near = agreeingWith(transform, from, to, matches, 2 * tolerance);
  const projective =
    places.size < leastForPerspective
      ? null
      : fitProjective(
          near.map((match) => placeOf(from, match.from)),
          near.map((match) => placeOf(to, match.to)),
          Math.max(from.width, from.height),
        );
  return { transform, projective, agreeing: places.size };
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

function placeOf(features: LocalFeatures, row: number): Point {
  return { x: features.x[row]!, y: features.y[row]! };
}

function proposalOf(
  from: LocalFeatures,
  to: LocalFeatures,
  match: FeatureMatch,
  isMirrored: boolean,
): Transform | null {
  const scale = to.size[match.to]! / from.size[match.from]!;
  if (scale < 1 / greatestScale || scale > greatestScale) return null;
  const sign = isMirrored ? -1 : 1;
  // Mirrored left-right, an angle t becomes pi - t.
  const own = isMirrored ? Math.PI - from.angle[match.from]! : from.angle[match.from]!;
  const turned = to.angle[match.to]! - own;
  const [cos, sin] = [scale * Math.cos(turned), scale * Math.sin(turned)];
  const [x, y] = [from.x[match.from]!, from.y[match.from]!];
  const [a, b, d, e] = [sign * cos, -sin, sign * sin, cos];
  return { a, b, c: to.x[match.to]! - a * x - b * y, d, e, f: to.y[match.to]! - d * x - e * y, g: 0, h: 0 };
}

function agreeingWith(
  transform: Transform,
  from: LocalFeatures,
  to: LocalFeatures,
  matches: readonly FeatureMatch[],
  tolerance: number,
): FeatureMatch[] {
  return matches.filter((match) => {
    const at = apply(transform, placeOf(from, match.from));
    return (at.x - to.x[match.to]!) ** 2 + (at.y - to.y[match.to]!) ** 2 <= tolerance * tolerance;
  });
}
