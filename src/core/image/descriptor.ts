import { directionSteps, type GradientField } from './gradient-field.ts';

const cells = 4;
const ways = 8;
export const descriptorLength = cells * cells * ways;

/** Pixels of the scale to one cell of a descriptor; a patch is sampled once per pixel, turned by its angle. */
const cellSide = 4;
const grid = cells * cellSide;

/** Directions that gradients are sorted into before they are turned by the angle of the patch. */
const raw = 16;
const stepsPerRaw = directionSteps / raw;
/** Cells with a rim that takes what lies half outside. */
const paddedRow = (cells + 2) * raw;
const sums = new Float64Array((cells + 2) * paddedRow);
const turnedSums = new Float64Array(descriptorLength);

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
  const { width, height, length, direction } = field;
  sums.fill(0);
  const cos = Math.cos(2 * Math.PI * turned);
  const sin = Math.sin(2 * Math.PI * turned);
  const half = (grid - 1) / 2;
  for (let j = 0; j < grid; j++) {
    const v = j - half;
    // Half a pixel more, so that cutting off rounds.
    let px = x - half * cos - v * sin + 0.5;
    let py = y - half * sin + v * cos + 0.5;
    const row = cellOf[j]! * paddedRow;
    const down = partOf[j]!;
    const up = 1 - down;
    for (let i = 0; i < grid; i++, px += cos, py += sin) {
      // Beyond the frame there is nothing.
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = (py | 0) * width + (px | 0);
      const weight = length[at]! * sampleWeights[j * grid + i]!;
      const base = row + cellOf[i]! * raw + (((direction[at]! + stepsPerRaw / 2) / stepsPerRaw) & (raw - 1));
      const right = weight * partOf[i]!;
      const left = weight - right;
      sums[base] = sums[base]! + left * up;
      sums[base + raw] = sums[base + raw]! + right * up;
      sums[base + paddedRow] = sums[base + paddedRow]! + left * down;
      sums[base + paddedRow + raw] = sums[base + paddedRow + raw]! + right * down;
    }
  }
  turnSums(turned);
  writeBytes(out, start);
}

/** Shares each direction between the two nearest of the patch's own. */
function turnSums(turned: number): void {
  turnedSums.fill(0);
  for (let r = 0; r < raw; r++) {
    const way = (r / raw - turned + 1) * ways;
    const first = Math.floor(way);
    const part = way - first;
    const own = first & (ways - 1);
    const next = (first + 1) & (ways - 1);
    for (let cell = 0; cell < cells * cells; cell++) {
      const value = sums[innerCells[cell]! + r]!;
      turnedSums[cell * ways + own] = turnedSums[cell * ways + own]! + value * (1 - part);
      turnedSums[cell * ways + next] = turnedSums[cell * ways + next]! + value * part;
    }
  }
}

/** [cells, cells]: where each cell that counts lies among the padded ones. */
const innerCells = Int32Array.from(
  { length: cells * cells },
  (_, i) => (Math.floor(i / cells) + 1) * paddedRow + ((i % cells) + 1) * raw,
);

function writeBytes(out: Uint8Array, start: number): void {
  let total = 0;
  for (let i = 0; i < descriptorLength; i++) total += turnedSums[i]!;
  const scale = total > 0 ? (unit * unit) / total : 0;
  for (let i = 0; i < descriptorLength; i++)
    out[start + i] = Math.min(255, Math.sqrt(scale * turnedSums[i]!) + 0.5);
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

/** Mean descriptor of corners of 21 photos, upper half: [cells / 2, cells, ways]; the lower half is its mirror image. */
const meanUpperHalf = Uint8Array.of(
  29,
  22,
  20,
  25,
  33,
  26,
  24,
  26,
  67,
  36,
  23,
  28,
  37,
  30,
  28,
  43,
  74,
  40,
  24,
  25,
  30,
  25,
  24,
  40,
  32,
  26,
  21,
  21,
  24,
  20,
  18,
  22,
  35,
  27,
  26,
  32,
  40,
  33,
  30,
  30,
  90,
  50,
  36,
  39,
  48,
  41,
  40,
  55,
  100,
  55,
  36,
  34,
  40,
  34,
  34,
  56,
  39,
  30,
  26,
  26,
  30,
  24,
  22,
  27,
);

/** [descriptorLength] */
const meanDescriptor = (() => {
  const both = new Uint8Array(descriptorLength);
  both.set(meanUpperHalf);
  for (let i = meanUpperHalf.length; i < both.length; i++) both[i] = both[mirrored[i]!]!;
  return both;
})();

/** [descriptorLength]: which word takes the sign of each byte: of all cells and directions alike, so that any is a fair sample. */
const wordOf = Uint8Array.from({ length: descriptorLength }, (_, i) => (i + (i >> 3)) & (signWords - 1));

/**
 * Whether each byte is above what it is on the whole.
 *
 * @returns [count, signWords]
 */
export function signsOf(descriptors: Uint8Array): Int32Array {
  const signs = new Int32Array((descriptors.length / descriptorLength) * signWords);
  for (let at = 0, row = 0; at < descriptors.length; at += descriptorLength, row += signWords) {
    for (let i = 0; i < descriptorLength; i++) {
      const word = row + wordOf[i]!;
      if (descriptors[at + i]! > meanDescriptor[i]!) signs[word] = signs[word]! | (1 << (i >> 2));
    }
  }
  return signs;
}
