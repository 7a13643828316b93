import type { Box } from './content-box.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import { sketchSide } from './prepared-picture.ts';
import type { Transform } from './transform.ts';
import { type Turn, turns } from './turn.ts';

/** Sides may differ by that factor after scaling: thumbnails are rounded, frames are not quite even. */
const greatestSquash = 1.12;
const leastCorrelation = 0.6;
/** Of two strips across that something written across leaves as they were; part of a sketch's variance that they must hold. */
const leastHalfCorrelation = 0.93;
const leastVariance = 0.05;
const strips = 4;

/**
 * Transforms that lay one picture, or what is within its plain margins, on the other, in all eight turns; only those that
 * a quick look does not rule out. What has few corners to go by is found this way, too.
 */
export function* wholePictureTransforms(
  first: PreparedPicture,
  second: PreparedPicture,
): Generator<Transform> {
  for (const { box: from, values: own } of first.sketches) {
    for (const { box: to, values: other } of second.sketches) {
      for (const turn of turns) {
        const crossed = (turn & 4) !== 0;
        const [wide, high] = crossed ? [from.height, from.width] : [from.width, from.height];
        const squash = to.width / wide / (to.height / high);
        if (squash > greatestSquash || squash < 1 / greatestSquash) continue;
        // The second turned back must look like the first, or, where something was written across, half of it must.
        const isLike =
          turnedProduct(own, other, turn) >= leastCorrelation ||
          (turn === 0 && halfProduct(own, other) >= leastHalfCorrelation);
        if (!isLike) continue;
        yield transformOf(from, to, turn);
      }
    }
  }
}

/** Place (u, v), 0..1, of an upright box as a place of the box of a picture that was made by `turn`. */
function turned(turn: Turn, u: number, v: number): [number, number] {
  const [x, y] = (turn & 4) !== 0 ? [v, u] : [u, v];
  return [(turn & 1) !== 0 ? 1 - x : x, (turn & 2) !== 0 ? 1 - y : y];
}

/** [turns, samples]: where each sample of an upright sketch is in that of a picture that was made by the turn. */
const turnedSamples = turns.map((turn) =>
  Uint16Array.from({ length: sketchSide * sketchSide }, (_, i) => {
    const [u, v] = turned(
      turn,
      ((i % sketchSide) + 0.5) / sketchSide,
      (Math.floor(i / sketchSide) + 0.5) / sketchSide,
    );
    return Math.floor(v * sketchSide) * sketchSide + Math.floor(u * sketchSide);
  }),
);

function turnedProduct(own: Float32Array, other: Float32Array, turn: Turn): number {
  const places = turnedSamples[turn]!;
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += own[i]! * other[places[i]!]!;
  return sum;
}

/** Correlation of the two strips of upright sketches that agree most; -1 where all but one are plain. */
function halfProduct(own: Float32Array, other: Float32Array): number {
  const length = own.length / strips;
  const sums = new Float64Array(strips * 5);
  for (let i = 0; i < own.length; i++) {
    const [a, b, at] = [own[i]!, other[i]!, Math.floor(i / length) * 5];
    sums[at] = sums[at]! + a;
    sums[at + 1] = sums[at + 1]! + b;
    sums[at + 2] = sums[at + 2]! + a * a;
    sums[at + 3] = sums[at + 3]! + b * b;
    sums[at + 4] = sums[at + 4]! + a * b;
  }
  const n = 2 * length;
  let best = -1;
  for (let i = 0; i < strips; i++) {
    for (let j = 0; j < i; j++) {
      const [sa, sb, aa, bb, ab] = [0, 1, 2, 3, 4].map((k) => sums[i * 5 + k]! + sums[j * 5 + k]!) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const [va, vb] = [aa - (sa * sa) / n, bb - (sb * sb) / n];
      if (Math.min(va, vb) < leastVariance) continue;
      best = Math.max(best, (ab - (sa * sb) / n) / Math.sqrt(va * vb));
    }
  }
  return best;
}

function transformOf(from: Box, to: Box, turn: Turn): Transform {
  const [x0, y0] = turned(turn, 0, 0);
  const [x1, y1] = turned(turn, 1, 0);
  const [x2, y2] = turned(turn, 0, 1);
  const [a, b] = [((x1 - x0) * to.width) / from.width, ((x2 - x0) * to.width) / from.height];
  const [d, e] = [((y1 - y0) * to.height) / from.width, ((y2 - y0) * to.height) / from.height];
  return {
    a,
    b,
    c: to.left + x0 * to.width - a * from.left - b * from.top,
    d,
    e,
    f: to.top + y0 * to.height - d * from.left - e * from.top,
    g: 0,
    h: 0,
  };
}
