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
  const { width, height } = field;
  const strength = cornerStrength(field);
  const found: Corner[] = [];
  for (let y = margin; y < height - margin; y++) {
    for (let x = margin; x < width - margin; x++) {
      const at = y * width + x;
      const here = strength[at]!;
      if (here < leastStrength || !isPeak(strength, at, width)) continue;
      found.push({
        x: x + peakOffset(strength[at - 1]!, here, strength[at + 1]!),
        y: y + peakOffset(strength[at - width]!, here, strength[at + width]!),
        strength: here,
      });
    }
  }
  found.sort((a, b) => b.strength - a.strength);
  return spread(found, width, height, limit);
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

const products = 3; // xx, xy, yy
const taps = 5;
const reach = taps >> 1;

/**
 * Harmonic mean of the eigenvalues of the smoothed gradient products (Brown, Szeliski, Winder 2005), smoothed by the
 * binomial filter 1 4 6 4 1 both ways; zero on a frame of `reach` pixels. Row by row: the products of five rows are all that
 * is held at a time, and stay in the processor's cache.
 */
function cornerStrength({ width, height, gx, gy }: GradientField): Float32Array {
  const strength = new Float32Array(width * height);
  // Rows of products, smoothed across; row y is in ring y % taps.
  const ring = Array.from({ length: taps * products }, () => new Float64Array(width));
  const [xx, xy, yy] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const [dx, dy] = [gx[at]!, gy[at]!];
      xx[x] = dx * dx;
      xy[x] = dx * dy;
      yy[x] = dy * dy;
    }
    const here = (y % taps) * products;
    smoothAcross(xx, ring[here]!);
    smoothAcross(xy, ring[here + 1]!);
    smoothAcross(yy, ring[here + 2]!);
    if (y < taps - 1) continue;
    // Rows y - 4 .. y are there: row y - 2 can be told.
    const row = (n: number, product: number) => ring[((y + 1 + n) % taps) * products + product]!;
    const rows = (p: number): Rows => [row(0, p), row(1, p), row(2, p), row(3, p), row(4, p)];
    combineRows(rows(0), rows(1), rows(2), strength, (y - reach) * width);
  }
  return strength;
}

function smoothAcross(values: Float64Array, out: Float64Array): void {
  for (let x = reach, end = values.length - reach; x < end; x++) {
    out[x] =
      0.375 * values[x]! +
      0.25 * (values[x - 1]! + values[x + 1]!) +
      0.0625 * (values[x - 2]! + values[x + 2]!);
  }
}

type Rows = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function combineRows(xx: Rows, xy: Rows, yy: Rows, strength: Float32Array, start: number): void {
  const [a0, a1, a2, a3, a4] = xx;
  const [b0, b1, b2, b3, b4] = xy;
  const [c0, c1, c2, c3, c4] = yy;
  for (let x = reach, end = a0.length - reach; x < end; x++) {
    const a = 0.375 * a2[x]! + 0.25 * (a1[x]! + a3[x]!) + 0.0625 * (a0[x]! + a4[x]!);
    const b = 0.375 * b2[x]! + 0.25 * (b1[x]! + b3[x]!) + 0.0625 * (b0[x]! + b4[x]!);
    const c = 0.375 * c2[x]! + 0.25 * (c1[x]! + c3[x]!) + 0.0625 * (c0[x]! + c4[x]!);
    const trace = a + c;
    strength[start + x] = trace <= 0 ? 0 : (a * c - b * b) / trace;
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
