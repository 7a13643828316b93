import type { GradientField } from './gradient-field.ts';

const cells = 4;
const ways = 8;
export const descriptorLength = cells * cells * ways;

/** Pixels of the scale to one cell of a descriptor; a patch is sampled once per pixel, turned by its angle. */
const cellSide = 4;
const grid = cells * cellSide;

const angleBins = 36;
const angleRadius = 7;
const angleSide = 2 * angleRadius + 1;
const angles = new Float64Array(angleBins + 1);
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
  const { width, height, length, angle } = field;
  angles.fill(0);
  const [cx, cy] = [Math.round(x), Math.round(y)];
  const [top, bottom] = [Math.max(1, cy - angleRadius), Math.min(height - 2, cy + angleRadius)];
  const [left, right] = [Math.max(1, cx - angleRadius), Math.min(width - 2, cx + angleRadius)];
  for (let py = top; py <= bottom; py++) {
    let weightAt = (py - cy + angleRadius) * angleSide + left - cx + angleRadius;
    let at = py * width + left;
    for (let px = left; px <= right; px++, at++, weightAt++) {
      const weight = length[at]! * angleWeights[weightAt]!;
      if (weight === 0) continue;
      const bin = angle[at]! * angleBins;
      const first = bin | 0;
      const part = weight * (bin - first);
      angles[first] = angles[first]! + weight - part;
      angles[first + 1] = angles[first + 1]! + part;
    }
  }
  angles[0] = angles[0]! + angles[angleBins]!;
  return peaksOf(out);
}

/** Peaks of the smoothed histogram of directions. */
function peaksOf(out: Float64Array): number {
  const of = (bins: Float64Array, n: number) => bins[(n + angleBins) % angleBins]!;
  let highest = 0;
  for (let n = 0; n < angleBins; n++) {
    const value =
      0.375 * of(angles, n) +
      0.25 * (of(angles, n - 1) + of(angles, n + 1)) +
      0.0625 * (of(angles, n - 2) + of(angles, n + 2));
    smooth[n] = value;
    if (value > highest) highest = value;
  }
  let [count, first, second] = [0, 0, 0];
  for (let n = 0; n < angleBins; n++) {
    const here = smooth[n]!;
    if (here < 0.8 * highest) continue;
    const [before, after] = [of(smooth, n - 1), of(smooth, n + 1)];
    if (here <= before || here < after) continue;
    const bend = before - 2 * here + after;
    const at = (n + (bend === 0 ? 0 : (before - after) / (2 * bend)) + angleBins) % angleBins;
    if (here > first) {
      out[1] = out[0]!;
      [out[0], second, first] = [at / angleBins, first, here];
    } else if (here > second) {
      [out[1], second] = [at / angleBins, here];
    }
    count++;
  }
  return Math.min(2, count);
}

/** Cells with a rim that takes what lies half outside, and ways with one more that is the first again. */
const paddedWays = ways + 1;
const paddedRow = (cells + 2) * paddedWays;
const sums = new Float64Array((cells + 2) * paddedRow);

/** Of each sample: its weight, and by how much the further cell across and down has part in it. [grid, grid] or [grid] */
const sampleWeights = new Float64Array(grid * grid);
const cellOf = new Int32Array(grid);
const partOf = new Float64Array(grid);
for (let i = 0; i < grid; i++) {
  const place = (i + 0.5) / cellSide - 0.5;
  cellOf[i] = Math.floor(place) + 1;
  partOf[i] = place - Math.floor(place);
  for (let j = 0; j < grid; j++) {
    const other = (j + 0.5) / cellSide - 0.5;
    sampleWeights[j * grid + i] = Math.exp(-((place - 1.5) ** 2 + (other - 1.5) ** 2) / 8);
  }
}

/**
 * See [Note: Local features].
 *
 * @param turned angle of the patch, turns
 * @param out gets [cells down, cells along the angle, directions] from `start` on
 */
export function describePatch(
  field: GradientField,
  x: number,
  y: number,
  turned: number,
  out: Uint8Array,
  start: number,
): void {
  const { width, height, length, angle } = field;
  sums.fill(0);
  const theta = 2 * Math.PI * turned;
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const half = (grid - 1) / 2;
  for (let j = 0; j < grid; j++) {
    const v = j - half;
    // Half a pixel more, so that cutting off rounds.
    let px = x - half * cos - v * sin + 0.5;
    let py = y - half * sin + v * cos + 0.5;
    const row = cellOf[j]! * paddedRow;
    const down = partOf[j]!;
    for (let i = 0; i < grid; i++, px += cos, py += sin) {
      // The frame has no gradient; beyond it there is nothing.
      if (px < 1 || py < 1 || px >= width || py >= height) continue;
      const at = (py | 0) * width + (px | 0);
      const weight = length[at]! * sampleWeights[j * grid + i]!;
      if (weight === 0) continue;
      let way = (angle[at]! - turned) * ways;
      if (way < 0) way += ways;
      const way0 = way | 0;
      const base = row + cellOf[i]! * paddedWays + way0;
      const across = partOf[i]!;
      const next = weight * (way - way0);
      const own = weight - next;
      const [ownRight, nextRight] = [own * across, next * across];
      const [ownLeft, nextLeft] = [own - ownRight, next - nextRight];
      sums[base] = sums[base]! + ownLeft * (1 - down);
      sums[base + 1] = sums[base + 1]! + nextLeft * (1 - down);
      sums[base + paddedWays] = sums[base + paddedWays]! + ownRight * (1 - down);
      sums[base + paddedWays + 1] = sums[base + paddedWays + 1]! + nextRight * (1 - down);
      const below = base + paddedRow;
      sums[below] = sums[below]! + ownLeft * down;
      sums[below + 1] = sums[below + 1]! + nextLeft * down;
      sums[below + paddedWays] = sums[below + paddedWays]! + ownRight * down;
      sums[below + paddedWays + 1] = sums[below + paddedWays + 1]! + nextRight * down;
    }
  }
  writeBytes(out, start);
}

/** [cells, cells]: where each cell that counts lies among the padded ones. */
const innerCells = Int32Array.from(
  { length: cells * cells },
  (_, i) => (Math.floor(i / cells) + 1) * paddedRow + ((i % cells) + 1) * paddedWays,
);

function writeBytes(out: Uint8Array, start: number): void {
  let total = 0;
  for (let cell = 0; cell < innerCells.length; cell++) {
    const from = innerCells[cell]!;
    sums[from] = sums[from]! + sums[from + ways]!;
    for (let way = 0; way < ways; way++) total += sums[from + way]!;
  }
  const scale = total > 0 ? (unit * unit) / total : 0;
  for (let cell = 0, at = start; cell < innerCells.length; cell++) {
    const from = innerCells[cell]!;
    for (let way = 0; way < ways; way++, at++) {
      out[at] = Math.min(255, Math.round(Math.sqrt(scale * sums[from + way]!)));
    }
  }
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

/** 32-bit words of a descriptor's signs. */
export const signWords = descriptorLength / 32;

/**
 * Whether each byte is above the mean of its descriptor. Byte i is bit (i >> 2) of word (i & 3), so that any two words are
 * a fair sample of the whole.
 *
 * @returns [count, signWords]
 */
export function signsOf(descriptors: Uint8Array): Int32Array {
  const signs = new Int32Array((descriptors.length / descriptorLength) * signWords);
  for (let at = 0, row = 0; at < descriptors.length; at += descriptorLength, row += signWords) {
    let sum = 0;
    for (let i = 0; i < descriptorLength; i++) sum += descriptors[at + i]!;
    const mean = sum / descriptorLength;
    for (let i = 0; i < descriptorLength; i++) {
      const word = row + (i & (signWords - 1));
      if (descriptors[at + i]! > mean) signs[word] = signs[word]! | (1 << (i >> 2));
    }
  }
  return signs;
}
