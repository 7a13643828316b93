import type { Box } from './content-box.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import { sketchSide } from './prepared-picture.ts';
import type { Transform } from './transform.ts';
import { type Turn, turns } from './turn.ts';

/** Sides may differ by that factor after scaling: thumbnails are rounded, frames are not quite even. */
const greatestSquash = 1.12;
const leastCorrelation = 0.6;

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
        // The second turned back must look like the first.
        if (turnedProduct(own, other, turn) < leastCorrelation) continue;
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
