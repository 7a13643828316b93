import { directionSteps, type GradientField } from './gradient-field.ts';

const angleBins = 32;
const stepsPerBin = directionSteps / angleBins;
const angleRadius = 7;
const angleSide = 2 * angleRadius + 1;
const angles = new Float64Array(angleBins);
const smooth = new Float64Array(angleBins);

/** [angleSide, angleSide]: how much a pixel counts for the dominant angle; 0 outside of the circle. */
const angleWeights = Float64Array.from({ length: angleSide * angleSide }, (_, i) => {
  const [dx, dy] = [(i % angleSide) - angleRadius, Math.floor(i / angleSide) - angleRadius];
  const squared = dx * dx + dy * dy;
  return squared > angleRadius * angleRadius ? 0 : Math.exp(-squared / 18);
});

/**
 * The directions, turns, that gradients around a place have most: the strongest, and another one nearly as strong.
 *
 * @returns how many were written to `out`: 0..2
 */
export function dominantAngles(field: GradientField, x: number, y: number, out: Float64Array): number {
  const { width, height, length, direction } = field;
  angles.fill(0);
  const cx = Math.round(x);
  const cy = Math.round(y);
  const right = Math.min(width - 2, cx + angleRadius);
  const bottom = Math.min(height - 2, cy + angleRadius);
  for (let py = Math.max(1, cy - angleRadius); py <= bottom; py++) {
    const left = Math.max(1, cx - angleRadius);
    let weightAt = (py - cy + angleRadius) * angleSide + left - cx + angleRadius;
    for (let px = left, at = py * width + left; px <= right; px++, at++, weightAt++) {
      const weight = length[at]! * angleWeights[weightAt]!;
      const bin = direction[at]! / stepsPerBin;
      const whole = bin | 0;
      const first = whole & (angleBins - 1);
      const part = weight * (bin - whole);
      const next = (first + 1) & (angleBins - 1);
      angles[first] = angles[first]! + weight - part;
      angles[next] = angles[next]! + part;
    }
  }
  return peaksOf(out);
}

/** Peaks of the smoothed histogram of directions. */
function peaksOf(out: Float64Array): number {
  const last = angleBins - 1;
  let highest = 0;
  for (let n = 0; n < angleBins; n++) {
    const value =
      0.375 * angles[n]! +
      0.25 * (angles[(n - 1) & last]! + angles[(n + 1) & last]!) +
      0.0625 * (angles[(n - 2) & last]! + angles[(n + 2) & last]!);
    smooth[n] = value;
    highest = Math.max(highest, value);
  }
  let count = 0;
  let first = 0;
  let second = 0;
  for (let n = 0; n < angleBins; n++) {
    const here = smooth[n]!;
    if (here === 0 || here < 0.8 * highest) continue;
    const before = smooth[(n - 1) & last]!;
    const after = smooth[(n + 1) & last]!;
    if (here <= before || here < after) continue;
    const bend = before - 2 * here + after;
    const at = (n + (bend === 0 ? 0 : (before - after) / (2 * bend)) + angleBins) % angleBins;
    count++;
    if (here > first) {
      out[1] = out[0]!;
      second = first;
      out[0] = at / angleBins;
      first = here;
    } else if (here > second) {
      out[1] = at / angleBins;
      second = here;
    }
  }
  return Math.min(2, count);
}
