import type { Box } from './content-box.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import type { Transform } from './transform.ts';
import { type Turn, turns } from './turn.ts';

/** Sides may differ by that factor after scaling: thumbnails are rounded, frames are not quite even. */
const greatestSquash = 1.12;
/** Samples along each side of the quick look. */
const side = 16;
const leastCorrelation = 0.6;

/**
 * Transforms that lay one picture, or what is within its plain margins, on the other, in all eight turns; only those that
 * a quick look does not rule out. What has few corners to go by is found this way, too.
 */
export function* wholePictureTransforms(
  first: PreparedPicture,
  second: PreparedPicture,
): Generator<Transform> {
  for (const from of boxesOf(first)) {
    const own = samplesOf(first, from, 0);
    for (const to of boxesOf(second)) {
      for (const turn of turns) {
        const crossed = (turn & 4) !== 0;
        const [wide, high] = crossed ? [from.height, from.width] : [from.width, from.height];
        const squash = to.width / wide / (to.height / high);
        if (squash > greatestSquash || squash < 1 / greatestSquash) continue;
        // The second turned back must look like the first.
        if (correlationOf(own, samplesOf(second, to, turn)) < leastCorrelation) continue;
        yield transformOf(from, to, turn);
      }
    }
  }
}

function boxesOf({ width, height, box }: PreparedPicture): Box[] {
  const whole = { left: 0, top: 0, width, height };
  const isWhole = box.width === width && box.height === height;
  return isWhole ? [whole] : [whole, box];
}

/** Place (u, v), 0..1, of an upright box as a place of the box of a picture that was made by `turn`. */
function turned(turn: Turn, u: number, v: number): [number, number] {
  const [x, y] = (turn & 4) !== 0 ? [v, u] : [u, v];
  return [(turn & 1) !== 0 ? 1 - x : x, (turn & 2) !== 0 ? 1 - y : y];
}

function samplesOf(picture: PreparedPicture, { left, top, width, height }: Box, turn: Turn): Float32Array {
  const samples = new Float32Array(side * side);
  const apart = Math.max(width, height) / side;
  for (let i = 0; i < samples.length; i++) {
    const [u, v] = turned(turn, ((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side);
    samples[i] = picture.lumaAt(left + u * width, top + v * height, apart);
  }
  return samples;
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

function correlationOf(a: Float32Array, b: Float32Array): number {
  const n = a.length;
  const mean = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
    ab += (a[i]! - ma) * (b[i]! - mb);
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
