import { descriptorLength, signWords, unit } from './descriptor.ts';
import type { Descriptors, LocalFeatures } from './local-features.ts';
import { bitCount } from './perceptual-hash.ts';

/** Features of one picture and of the other that resemble each other most; surest first. */
export interface FeatureMatches {
  readonly count: number;
  /** Row of each, [count] */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Distance to the best, by that to the best elsewhere; above it a match says too little (Lowe's ratio). */
const greatestRatio = 0.92;
/** Pixels of the scale: features closer than that are views of one corner. */
const elsewhere = 6;

/**
 * Pairs that are each other's nearest.
 *
 * @param own descriptors of `from`, or of its mirror image
 */
export function matchFeatures(from: LocalFeatures, own: Descriptors, to: LocalFeatures): FeatureMatches {
  const [n, m] = [from.count, to.count];
  const near = nearestBySigns(own.signs, to.described.signs);
  const likeness = new Int32Array(near.length);
  const bestTo = new Int32Array(n).fill(-1);
  const bestFrom = new Int32Array(m).fill(-1);
  const most = new Int32Array(m);
  for (let i = 0; i < n; i++) {
    let best = 0;
    for (let k = i * shortlist; k < (i + 1) * shortlist; k++) {
      const j = near[k]!;
      if (j < 0) break;
      const product = byteDot(own.bytes, i * descriptorLength, to.described.bytes, j * descriptorLength);
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
  const found: { from: number; to: number; ratio: number }[] = [];
  for (let i = 0; i < n; i++) {
    const j = bestTo[i]!;
    if (j < 0 || bestFrom[j] !== i) continue;
    const room = elsewhere * to.size[j]!;
    let second = leastSecond;
    for (let k = i * shortlist; k < (i + 1) * shortlist; k++) {
      const other = near[k]!;
      if (other < 0 || likeness[k]! <= second) continue;
      if (Math.abs(to.x[other]! - to.x[j]!) > room || Math.abs(to.y[other]! - to.y[j]!) > room)
        second = likeness[k]!;
    }
    const ratio = distanceOf(most[j]!) / distanceOf(second);
    if (ratio <= greatestRatio) found.push({ from: i, to: j, ratio });
  }
  found.sort((a, b) => a.ratio - b.ratio);
  return {
    count: found.length,
    from: Int32Array.from(found, (match) => match.from),
    to: Int32Array.from(found, (match) => match.to),
  };
}

/** For each feature so many of the other picture are compared in full. */
const shortlist = 6;
/** Signs that differ, of the first quarter, the first half and all, above which two features are not of one corner. */
const mostOfQuarter = 11;
const mostOfHalf = 20;
const mostOfAll = 40;
/** What is not on the shortlist is taken to be that alike at most. */
const leastSecond = 0.6 * unit * unit;

/** [rows of a, shortlist]: rows of b with the fewest signs that differ, fewest first; -1 where there are no more. */
function nearestBySigns(a: Int32Array, b: Int32Array): Int32Array {
  const n = a.length / signWords;
  const near = new Int32Array(n * shortlist).fill(-1);
  const distances = new Int32Array(shortlist);
  for (let i = 0; i < n; i++) {
    const [a0, a1, a2, a3] = [
      a[i * signWords]!,
      a[i * signWords + 1]!,
      a[i * signWords + 2]!,
      a[i * signWords + 3]!,
    ];
    const last = (i + 1) * shortlist - 1;
    distances.fill(mostOfAll + 1);
    let worst = mostOfAll + 1;
    for (let j = 0, at = 0; at < b.length; j++, at += signWords) {
      const quarter = bitCount(a0 ^ b[at]!);
      if (quarter > mostOfQuarter) continue;
      const half = quarter + bitCount(a1 ^ b[at + 1]!);
      if (half > mostOfHalf) continue;
      const distance = half + bitCount(a2 ^ b[at + 2]!) + bitCount(a3 ^ b[at + 3]!);
      if (distance >= worst) continue;
      let place = shortlist - 1;
      let to = last;
      for (; place > 0 && distances[place - 1]! > distance; place--, to--) {
        distances[place] = distances[place - 1]!;
        near[to] = near[to - 1]!;
      }
      distances[place] = distance;
      near[to] = j;
      worst = distances[shortlist - 1]!;
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
