import type { Grey } from './picture.ts';

/** Gradient of a picture at each pixel; zero on the frame. [height, width] */
export interface GradientField {
  readonly width: number;
  readonly height: number;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  readonly length: Float32Array;
  /** From x to y, steps of which `directionSteps` make a turn; 0 and `directionSteps` are the same. */
  readonly direction: Uint8Array;
}

/** An odd number of them to each of 16 directions, so that a mirror image falls into the mirrored direction. */
export const directionSteps = 240;

/** Central differences. */
export function gradientField({ values, width, height }: Grey): GradientField {
  const n = width * height;
  const gx = new Float32Array(n);
  const gy = new Float32Array(n);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1, end = at + width - 2; at < end; at++) {
      gx[at] = (values[at + 1]! - values[at - 1]!) / 2;
      gy[at] = (values[at + width]! - values[at - width]!) / 2;
    }
  }
  const length = new Float32Array(n);
  const direction = new Uint8Array(n);
  writePolar(gx, gy, length, direction);
  return { width, height, gx, gy, length, direction };
}

/**
 * [sign of x, sign of y, which is longer]: where an eighth of a turn begins, steps, and whether it is gone through from
 * there forwards or backwards. Half a step more, so that cutting off rounds.
 */
const eighthStart = Float64Array.of(0, 120, 240, 120, 60, 60, 180, 180).map((step) => step + 0.5);
const eighthSign = Float64Array.of(1, -1, -1, 1, -1, 1, 1, -1);

/**
 * Length and direction. The arc tangent of 0..1 is taken for a parabola (off by 0.2 degrees at most), and which eighth of a
 * turn it is, from the bits of signs: no branches, which would be foreseen wrongly at every second pixel.
 */
function writePolar(gx: Float32Array, gy: Float32Array, length: Float32Array, direction: Uint8Array): void {
  const xBits = new Int32Array(gx.buffer);
  const yBits = new Int32Array(gy.buffer);
  const longer = new Float32Array(1);
  const longerBits = new Int32Array(longer.buffer);
  for (let i = 0; i < gx.length; i++) {
    const ax = Math.abs(gx[i]!);
    const ay = Math.abs(gy[i]!);
    longer[0] = ax - ay;
    const eighth = (xBits[i]! >>> 31) | ((yBits[i]! >>> 31) << 1) | ((longerBits[0]! >>> 31) << 2);
    // So small a number changes nothing but a division of zero by zero.
    const t = Math.min(ax, ay) / (Math.max(ax, ay) + 1e-9);
    direction[i] = eighthStart[eighth]! + eighthSign[eighth]! * t * (40.425 - 10.425 * t);
    length[i] = Math.sqrt(ax * ax + ay * ay);
  }
}
