import { type Grey, scaleGrey } from './picture.ts';
import { sourceOf, type Turn } from './turn.ts';

/**
 * [Note: Layout signature]
 * Where a picture is light and where edges run, whatever its colours: 8 x 8 cells of luma, less their mean and by their
 * spread (64 bytes), then 4 x 4 cells of how strong edges of each of four directions are (gradient across, falling,
 * down, rising; 64 bytes, square roots). The signature of a turned picture is a permutation of the bytes.
 */
export const layoutBytes = 128;

const cells = 8;
const edgeCells = 4;
const ways = 4;
const edgeSide = 48;
/** Luma levels added to the spread, so that noise on a flat picture stays small. */
const calm = 8;

/** See [Note: Layout signature]. @returns [layoutBytes] */
export function layoutSignature(grey: Grey): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(layoutBytes);
  const { values } = scaleGrey(grey, cells, cells);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) + calm;
  values.forEach((v, i) => {
    signature[i] = Math.round(Math.min(255, Math.max(0, 128 + (48 * (v - mean)) / spread)));
  });
  const edges = edgeStrengths(scaleGrey(grey, edgeSide, edgeSide));
  const total = edges.reduce((sum, v) => sum + v, 0) + edgeSide * edgeSide * 0.5;
  edges.forEach((v, i) => {
    signature[cells * cells + i] = Math.round(Math.min(255, 600 * Math.sqrt(v / total)));
  });
  return signature;
}

/** @returns [edgeCells, edgeCells, ways]: sums of gradient lengths, shared between the two nearest directions. */
function edgeStrengths({ values }: Grey): Float32Array {
  const strengths = new Float32Array(edgeCells * edgeCells * ways);
  for (let y = 1; y < edgeSide - 1; y++) {
    for (let x = 1; x < edgeSide - 1; x++) {
      const at = y * edgeSide + x;
      const gx = values[at + 1]! - values[at - 1]!;
      const gy = values[at + edgeSide]! - values[at - edgeSide]!;
      const length = Math.hypot(gx, gy);
      if (length === 0) continue;
      // Half a turn is the same edge.
      const way = ((Math.atan2(gy, gx) / Math.PI + 1) * ways) % ways;
      const first = Math.floor(way);
      const part = way - first;
      const cell =
        Math.floor((y * edgeCells) / edgeSide) * edgeCells + Math.floor((x * edgeCells) / edgeSide);
      const base = cell * ways;
      strengths[base + (first % ways)] = strengths[base + (first % ways)]! + (1 - part) * length;
      strengths[base + ((first + 1) % ways)] = strengths[base + ((first + 1) % ways)]! + part * length;
    }
  }
  return strengths;
}

/** The signature of the picture turned that way. */
export function turnLayout(signature: Uint8Array, turn: Turn): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(layoutBytes);
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < cells; x++) {
      const [sx, sy] = sourceOf(turn, x, y, cells, cells);
      out[y * cells + x] = signature[sy * cells + sx]!;
    }
  }
  for (let y = 0; y < edgeCells; y++) {
    for (let x = 0; x < edgeCells; x++) {
      const [sx, sy] = sourceOf(turn, x, y, edgeCells, edgeCells);
      for (let way = 0; way < ways; way++) {
        // Exchanging x and y takes angle t to 90 degrees - t; each mirror takes it to -t.
        let from = way;
        if ((turn & 1) !== 0) from = (ways - from) % ways;
        if ((turn & 2) !== 0) from = (ways - from) % ways;
        if ((turn & 4) !== 0) from = (ways + ways / 2 - from) % ways;
        out[cells * cells + (y * edgeCells + x) * ways + way] =
          signature[cells * cells + (sy * edgeCells + sx) * ways + from]!;
      }
    }
  }
  return out;
}

/** Mean difference of both halves, 0..1; 0 for the same layout. */
export function layoutDistance(a: Uint8Array, b: Uint8Array, aStart = 0, bStart = 0): number {
  let sum = 0;
  for (let i = 0; i < layoutBytes; i++) sum += Math.abs(a[aStart + i]! - b[bStart + i]!);
  return sum / layoutBytes / 128;
}
