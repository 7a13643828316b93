import type { Grey } from './picture.ts';

/** Gradient of a picture at each pixel; zero on the frame. [height, width] */
export interface GradientField {
  readonly width: number;
  readonly height: number;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  readonly length: Float32Array;
  /** Radians, -pi..pi. */
  readonly angle: Float32Array;
}

const cells = 4;
const ways = 8;
export const descriptorLength = cells * cells * ways;

/** Pixels of the scale to one cell of a descriptor. */
const cellSide = 4;
const turn = 2 * Math.PI;

/** Central differences. */
export function gradientField({ values, width, height }: Grey): GradientField {
  const n = width * height;
  const field = {
    width,
    height,
    gx: new Float32Array(n),
    gy: new Float32Array(n),
    length: new Float32Array(n),
    angle: new Float32Array(n),
  };
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const gx = (values[at + 1]! - values[at - 1]!) / 2;
      const gy = (values[at + width]! - values[at - width]!) / 2;
      field.gx[at] = gx;
      field.gy[at] = gy;
      field.length[at] = Math.sqrt(gx * gx + gy * gy);
      field.angle[at] = Math.atan2(gy, gx);
    }
  }
  return field;
}

const angleBins = 36;
const angleRadius = 7;
const angles = new Float64Array(angleBins);
const smooth = new Float64Array(angleBins);

/** The directions, radians, that gradients around a place have most; the strongest, and another nearly as strong. */
export function dominantAngles(field: GradientField, x: number, y: number): number[] {
  const { width, height, length, angle } = field;
  angles.fill(0);
  const [cx, cy] = [Math.round(x), Math.round(y)];
  for (let py = Math.max(1, cy - angleRadius); py <= Math.min(height - 2, cy + angleRadius); py++) {
    for (let px = Math.max(1, cx - angleRadius); px <= Math.min(width - 2, cx + angleRadius); px++) {
      const squared = (px - x) ** 2 + (py - y) ** 2;
      if (squared > angleRadius * angleRadius) continue;
      const weight = length[py * width + px]! * Math.exp(-squared / 18);
      const bin = ((angle[py * width + px]! / turn + 1) * angleBins) % angleBins;
      const first = Math.floor(bin);
      const part = bin - first;
      angles[first % angleBins] = angles[first % angleBins]! + weight * (1 - part);
      angles[(first + 1) % angleBins] = angles[(first + 1) % angleBins]! + weight * part;
    }
  }
  const of = (bins: Float64Array, n: number) => bins[(n + angleBins) % angleBins]!;
  for (let n = 0; n < angleBins; n++) {
    smooth[n] =
      0.375 * of(angles, n) +
      0.25 * (of(angles, n - 1) + of(angles, n + 1)) +
      0.0625 * (of(angles, n - 2) + of(angles, n + 2));
  }
  const peaks: { at: number; height: number }[] = [];
  for (let n = 0; n < angleBins; n++) {
    const [before, here, after] = [of(smooth, n - 1), of(smooth, n), of(smooth, n + 1)];
    if (here <= before || here < after) continue;
    const bend = before - 2 * here + after;
    peaks.push({ at: n + (bend === 0 ? 0 : (before - after) / (2 * bend)), height: here });
  }
  peaks.sort((a, b) => b.height - a.height);
  return peaks
    .filter(({ height: peak }, n) => n < 2 && peak >= 0.8 * peaks[0]!.height)
    .map(({ at }) => (at / angleBins) * turn);
}

const sums = new Float32Array(descriptorLength);

/** See [Note: Local features]. @returns [cells down, cells along the angle, directions] */
export function describe(field: GradientField, x: number, y: number, theta: number): Uint8Array {
  const { width, height, length, angle } = field;
  sums.fill(0);
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const radius = Math.ceil((cellSide * (cells + 1) * Math.SQRT2) / 2);
  const [cx, cy] = [Math.round(x), Math.round(y)];
  for (let py = Math.max(1, cy - radius); py <= Math.min(height - 2, cy + radius); py++) {
    for (let px = Math.max(1, cx - radius); px <= Math.min(width - 2, cx + radius); px++) {
      const [dx, dy] = [px - x, py - y];
      const u = (cos * dx + sin * dy) / cellSide + cells / 2 - 0.5;
      const v = (cos * dy - sin * dx) / cellSide + cells / 2 - 0.5;
      if (u <= -1 || v <= -1 || u >= cells || v >= cells) continue;
      const at = py * width + px;
      const weight = length[at]! * Math.exp(-((u - 1.5) ** 2 + (v - 1.5) ** 2) / 8);
      const way = ((((angle[at]! - theta) / turn) * ways) % ways) + ways;
      share(u, v, way, weight);
    }
  }
  return asBytes();
}

/** Shares a gradient among the two nearest cells each way and the two nearest directions. */
function share(u: number, v: number, way: number, weight: number): void {
  const [u0, v0, w0] = [Math.floor(u), Math.floor(v), Math.floor(way)];
  const [fu, fv, fw] = [u - u0, v - v0, way - w0];
  for (let j = 0; j < 2; j++) {
    const row = v0 + j;
    if (row < 0 || row >= cells) continue;
    const down = weight * (j === 0 ? 1 - fv : fv);
    for (let i = 0; i < 2; i++) {
      const column = u0 + i;
      if (column < 0 || column >= cells) continue;
      const part = down * (i === 0 ? 1 - fu : fu);
      const base = (row * cells + column) * ways;
      sums[base + (w0 % ways)] = sums[base + (w0 % ways)]! + part * (1 - fw);
      sums[base + ((w0 + 1) % ways)] = sums[base + ((w0 + 1) % ways)]! + part * fw;
    }
  }
}

function asBytes(): Uint8Array {
  let total = 0;
  for (const value of sums) total += value;
  const bytes = new Uint8Array(descriptorLength);
  if (total > 0) {
    for (let i = 0; i < descriptorLength; i++) {
      bytes[i] = Math.min(255, Math.round(unit * Math.sqrt(sums[i]! / total)));
    }
  }
  return bytes;
}

/** Length of every descriptor, as far as none of its bytes is cut off at 255. */
export const unit = 512;

/** [descriptorLength]: where each byte of a mirrored patch's descriptor comes from. */
const mirrored = Uint8Array.from({ length: descriptorLength }, (_, i) => {
  const way = i % ways;
  const column = Math.floor(i / ways) % cells;
  const row = Math.floor(i / ways / cells);
  return ((cells - 1 - row) * cells + column) * ways + ((ways - way) % ways);
});

/** The descriptors of the mirrored picture: [count, descriptorLength] as well. */
export function mirrorDescriptors(descriptors: Uint8Array): Uint8Array {
  const out = new Uint8Array(descriptors.length);
  for (let at = 0; at < out.length; at += descriptorLength) {
    for (let i = 0; i < descriptorLength; i++) out[at + i] = descriptors[at + mirrored[i]!]!;
  }
  return out;
}
