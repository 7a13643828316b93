import type { Grey } from './picture.ts';

/** Gradient of a picture at each pixel; zero on the frame. [height, width] */
export interface GradientField {
  readonly width: number;
  readonly height: number;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  readonly length: Float32Array;
  /** Turns from x to y, 0 to below 1. */
  readonly angle: Float32Array;
}

/** Central differences. */
export function gradientField({ values, width, height }: Grey): GradientField {
  const n = width * height;
  const gx = new Float32Array(n);
  const gy = new Float32Array(n);
  const length = new Float32Array(n);
  const angle = new Float32Array(n);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1, end = at + width - 2; at < end; at++) {
      const dx = (values[at + 1]! - values[at - 1]!) / 2;
      const dy = (values[at + width]! - values[at - width]!) / 2;
      gx[at] = dx;
      gy[at] = dy;
      length[at] = Math.sqrt(dx * dx + dy * dy);
      angle[at] = turnsOf(dx, dy);
    }
  }
  return { width, height, gx, gy, length, angle };
}

const perTurn = 1 / (2 * Math.PI);

/**
 * The angle of (x, y) in turns, 0 to below 1, to within 0.00005: a polynomial for the arc tangent of a part of an eighth
 * of a turn (Hastings 1955), as this is asked for some 100,000 times a picture.
 */
function turnsOf(x: number, y: number): number {
  const ax = x < 0 ? -x : x;
  const ay = y < 0 ? -y : y;
  const most = Math.max(ax, ay);
  if (most === 0) return 0;
  const t = Math.min(ax, ay) / most;
  const s = t * t;
  let turns = (((-0.0464964749 * s + 0.15931422) * s - 0.327622764) * s * t + t) * perTurn;
  if (ay > ax) turns = 0.25 - turns;
  if (x < 0) turns = 0.5 - turns;
  if (y < 0) turns = 1 - turns;
  return turns >= 1 ? 0 : turns;
}
