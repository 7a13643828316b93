import type { GradientField } from './gradient-field.ts';

/** Pixels of the scale, pixel (0, 0) at (0, 0); between pixels. */
export interface Corner {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

/** Squared levels: below it a corner is noise. */
const leastStrength = 6;
/** Pixels: as much room as a descriptor needs to be worth something. */
const margin = 6;
/** Corners are spread over squares of that side, pixels. */
const square = 32;

/** The strongest corners of a scale, at most about `limit`, no square of the picture having much more than its share. */
export function findCorners(field: GradientField, limit: number): Corner[] {
  const [width, height] = [field.width >> 1, field.height >> 1];
  const strength = cornerStrength(field, width, height);
  const found: Corner[] = [];
  for (let y = margin / 2; y < height - margin / 2; y++) {
    for (let x = margin / 2, at = y * width + x; x < width - margin / 2; x++, at++) {
      const here = strength[at]!;
      if (here < leastStrength || !isPeak(strength, at, width)) continue;
      // Block (x, y) is of pixels 2 x and 2 x + 1.
      found.push({
        x: 2 * (x + peakOffset(strength[at - 1]!, here, strength[at + 1]!)) + 0.5,
        y: 2 * (y + peakOffset(strength[at - width]!, here, strength[at + width]!)) + 0.5,
        strength: here,
      });
    }
  }
  found.sort((a, b) => b.strength - a.strength);
  return spread(found, field.width, field.height, limit);
}

function spread(sorted: readonly Corner[], width: number, height: number, limit: number): Corner[] {
  const across = Math.ceil(width / square);
  const squares = across * Math.ceil(height / square);
  const share = Math.ceil((2 * limit) / squares);
  const taken = new Uint16Array(squares);
  const chosen: Corner[] = [];
  const rest: Corner[] = [];
  for (const corner of sorted) {
    const at = Math.floor(corner.y / square) * across + Math.floor(corner.x / square);
    if (taken[at]! >= share) {
      rest.push(corner);
      continue;
    }
    taken[at] = taken[at]! + 1;
    if (chosen.push(corner) === limit) return chosen;
  }
  return [...chosen, ...rest.slice(0, limit - chosen.length)];
}

/**
 * Harmonic mean of the eigenvalues of the smoothed gradient products (Brown, Szeliski, Winder 2005), of blocks of 2 x 2
 * pixels, smoothed by the binomial filter 1 2 1 both ways; zero on a frame of one block.
 *
 * @returns [height, width], blocks
 */
function cornerStrength(field: GradientField, width: number, height: number): Float32Array {
  const n = width * height;
  const [xx, xy, yy] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  sumBlocks(field, width, height, xx, xy, yy);
  const scratch = new Float32Array(n);
  for (const product of [xx, xy, yy]) smooth(product, scratch, width, height);
  for (let i = 0; i < n; i++) {
    const trace = xx[i]! + yy[i]!;
    scratch[i] = trace <= 0 ? 0 : (xx[i]! * yy[i]! - xy[i]! * xy[i]!) / trace;
  }
  return scratch;
}

/** Means of the products over blocks of 2 x 2 pixels. */
function sumBlocks(
  field: GradientField,
  width: number,
  height: number,
  xx: Float32Array,
  xy: Float32Array,
  yy: Float32Array,
): void {
  const { gx, gy } = field;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, a = 2 * y * field.width, b = a + field.width; x < width; x++, at++, a += 2, b += 2) {
      const [p, q, r, s] = [gx[a]!, gx[a + 1]!, gx[b]!, gx[b + 1]!];
      const [t, u, v, w] = [gy[a]!, gy[a + 1]!, gy[b]!, gy[b + 1]!];
      xx[at] = (p * p + q * q + r * r + s * s) / 4;
      xy[at] = (p * t + q * u + r * v + s * w) / 4;
      yy[at] = (t * t + u * u + v * v + w * w) / 4;
    }
  }
}

/** In place; blocks on the frame are left as they are. */
function smooth(values: Float32Array, scratch: Float32Array, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    for (let i = y * width + 1, end = i + width - 2; i < end; i++)
      scratch[i] = 0.5 * values[i]! + 0.25 * (values[i - 1]! + values[i + 1]!);
  }
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1, end = i + width - 2; i < end; i++)
      values[i] = 0.5 * scratch[i]! + 0.25 * (scratch[i - width]! + scratch[i + width]!);
  }
}

/** Of equal neighbours the first one is the peak. */
function isPeak(values: Float32Array, at: number, width: number): boolean {
  const here = values[at]!;
  return (
    here > values[at - 1]! &&
    here >= values[at + 1]! &&
    here > values[at - width]! &&
    here >= values[at + width]! &&
    here > values[at - width - 1]! &&
    here > values[at - width + 1]! &&
    here >= values[at + width - 1]! &&
    here >= values[at + width + 1]!
  );
}

/** Where a parabola through three neighbours is highest, -0.5..0.5. */
function peakOffset(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
