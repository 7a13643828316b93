import type { GradientField } from './descriptor.ts';

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

/** Harmonic mean of the eigenvalues of the smoothed gradient products (Brown, Szeliski, Winder 2005). */
function cornerStrength({ width, height, gx, gy }: GradientField): Float32Array {
  const n = width * height;
  const [xx, xy, yy] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  for (let i = 0; i < n; i++) {
    xx[i] = gx[i]! * gx[i]!;
    xy[i] = gx[i]! * gy[i]!;
    yy[i] = gy[i]! * gy[i]!;
  }
  const scratch = new Float32Array(n);
  for (const product of [xx, xy, yy]) smooth(product, scratch, width, height);
  for (let i = 0; i < n; i++) {
    const trace = xx[i]! + yy[i]!;
    scratch[i] = trace <= 0 ? 0 : (xx[i]! * yy[i]! - xy[i]! * xy[i]!) / trace;
  }
  return scratch;
}

/** Binomial filter 1 4 6 4 1 both ways, in place; two pixels along the frame are left as they are. */
function smooth(values: Float32Array, scratch: Float32Array, width: number, height: number): void {
  scratch.set(values);
  for (let y = 0; y < height; y++) {
    for (let x = 2, i = y * width + 2; x < width - 2; x++, i++) {
      scratch[i] =
        0.375 * values[i]! +
        0.25 * (values[i - 1]! + values[i + 1]!) +
        0.0625 * (values[i - 2]! + values[i + 2]!);
    }
  }
  for (let i = 2 * width; i < (height - 2) * width; i++) {
    values[i] =
      0.375 * scratch[i]! +
      0.25 * (scratch[i - width]! + scratch[i + width]!) +
      0.0625 * (scratch[i - 2 * width]! + scratch[i + 2 * width]!);
  }
}

function isPeak(values: Float32Array, at: number, width: number): boolean {
  const here = values[at]!;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const other = values[at + dy * width + dx]!;
      // Of equal neighbours the first one is the peak.
      if (other > here || (other === here && (dy < 0 || (dy === 0 && dx < 0)))) return false;
    }
  }
  return true;
}

/** Where a parabola through three neighbours is highest, -0.5..0.5. */
function peakOffset(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
