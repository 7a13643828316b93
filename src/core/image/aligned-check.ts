import { type Grey, sampleGrey } from './picture.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import {
  affineAt,
  apply,
  areaOf,
  clipToRectangle,
  cornersOf,
  determinant,
  inverse,
  type Point,
  type Transform,
} from './transform.ts';

/** How well two pictures agree where a transform lays one on the other. */
export interface AlignedCheck {
  /** Corners of the part of the first picture that lies on the second, pixels. */
  readonly region: readonly Point[];
  /** Of the first picture's area, 0..1. */
  readonly coverage: number;
  /** Blocks with enough structure to judge by. */
  readonly blocks: number;
  /** Part of them whose luma correlates; 0 without blocks. */
  readonly agreement: number;
  /** Median correlation of the blocks' luma, -1..1; 0 without blocks. Pictures of like things fall short of that of copies. */
  readonly correlation: number;
  /** The same of the block that a quarter of them exceeds. */
  readonly upper: number;
  /** Correlation of each block, in rows of `columns`; NaN where neither picture has structure, or a block is beyond one. */
  readonly grid: Float32Array;
  /** Mean difference of each block's luma, levels; NaN beyond one of the pictures. As `grid`. */
  readonly apart: Float32Array;
  readonly columns: number;
  /** Samples of the blocks that agree, for what else is to be compared: x, y in the first and in the second picture. [n, 4] */
  readonly samples: Float32Array;
}

/** Samples along the longer side of the region; blocks of `blockSide` each way. */
const gridSide = 51;
const blockSide = 6;
const blockSize = blockSide * blockSide;
/** Pictures so many times as long as they are high, or longer, have few blocks across or none, unless more samples are taken: */
const thinAspect = 3.4;
/** so many along the shorter side of the region, at least. */
const thinSide = 15;
/** Left out along the frame of the region. */
const rimSamples = 1.5;
/** Standard deviation of luma, levels: less is no structure. */
const leastSpread = 3.5;
/** Correlation from which on a block agrees. */
export const leastCorrelation = 0.6;
/** Part of the blocks that must be able to agree for a check to be carried on to its end. */
const leastAgreement = 0.3;

const own = new Float64Array(blockSize);
const other = new Float64Array(blockSize);
/** Of the block at hand: places in both pictures. [blockSize, 4] */
const places = new Float64Array(blockSize * 4);

/**
 * Null when the region is too small to say anything, or most of it plainly does not agree.
 *
 * @param fineness so many times as many blocks each way, on as much finer detail
 */
export function checkAligned(
  from: PreparedPicture,
  to: PreparedPicture,
  transform: Transform,
  fineness = 1,
): AlignedCheck | null {
  const back = inverse(transform);
  if (back === null) return null;
  const onto = cornersOf(to.width, to.height).map((p) => apply(back, p));
  const region = clipToRectangle(onto, from.width, from.height);
  if (region.length < 3) return null;
  const coverage = areaOf(region) / (from.width * from.height);
  const xs = region.map(({ x }) => x);
  const ys = region.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const least = isThin(from) || isThin(to) ? Math.min(wide, high) / thinSide : Number.POSITIVE_INFINITY;
  const step = Math.min(Math.max(wide, high) / gridSide, least) / fineness;
  if (step < 0.25) return null;
  const middle = { x: left + wide / 2, y: top + high / 2 };
  const stepTo = step * Math.sqrt(Math.abs(determinant(affineAt(transform, middle))));
  const [near, far] = [from.greyFor(step), to.greyFor(stepTo)];
  // What lies beside the region must not be mixed in at its rim.
  const rim = rimSamples * step;
  const columns = Math.max(0, Math.floor((wide - 2 * rim) / step / blockSide + 0.01));
  const rows = Math.max(0, Math.floor((high - 2 * rim) / step / blockSide + 0.01));
  const samples = new Float32Array(columns * rows * blockSize * 4);
  const grid = new Float32Array(columns * rows).fill(Number.NaN);
  const apart = new Float32Array(columns * rows).fill(Number.NaN);
  const correlations: number[] = [];
  let agreeing = 0;
  for (let block = 0; block < rows * columns; block++) {
    const x = left + rim + (block % columns) * blockSide * step;
    const y = top + rim + Math.floor(block / columns) * blockSide * step;
    if (!placeBlock(x, y, step, transform, to)) continue;
    sampleAt(near, from, 0, own);
    sampleAt(far, to, 2, other);
    apart[block] = meanDifference(own, other);
    const correlation = compareBlocks(own, other);
    if (correlation === null) continue;
    grid[block] = correlation;
    correlations.push(correlation);
    if (correlation >= leastCorrelation) {
      samples.set(places, agreeing * places.length);
      agreeing++;
    }
    const rest = rows * columns - block - 1;
    if (agreeing + rest < leastAgreement * (correlations.length + rest)) return null;
  }
  const blocks = correlations.length;
  correlations.sort((a, b) => a - b);
  return {
    region,
    coverage,
    blocks,
    agreement: blocks === 0 ? 0 : agreeing / blocks,
    correlation: correlations[blocks >> 1] ?? 0,
    upper: correlations[(3 * blocks) >> 2] ?? 0,
    grid,
    apart,
    columns,
    samples: samples.subarray(0, agreeing * places.length),
  };
}

function isThin({ width, height }: PreparedPicture): boolean {
  return Math.max(width, height) > thinAspect * Math.min(width, height);
}

/** Fills `places` for the block whose corner is at (left, top) of the first picture; false if it is not wholly on the second. */
function placeBlock(
  left: number,
  top: number,
  step: number,
  { a, b, c, d, e, f, g, h }: Transform,
  { width, height }: PreparedPicture,
): boolean {
  for (let i = 0; i < blockSize; i++) {
    const x = left + ((i % blockSide) + 0.5) * step;
    const y = top + (((i / blockSide) | 0) + 0.5) * step;
    const w = g * x + h * y + 1;
    const u = (a * x + b * y + c) / w;
    const v = (d * x + e * y + f) / w;
    if (!(u >= 0 && v >= 0 && u <= width && v <= height)) return false;
    places[i * 4] = x;
    places[i * 4 + 1] = y;
    places[i * 4 + 2] = u;
    places[i * 4 + 3] = v;
  }
  return true;
}

/** @param part 0: places of the first picture, 2: of the second */
function sampleAt(level: Grey, picture: PreparedPicture, part: 0 | 2, out: Float64Array): void {
  const [across, down] = [level.width / picture.width, level.height / picture.height];
  for (let i = 0, at = part; i < blockSize; i++, at += 4) {
    out[i] = sampleGrey(level, places[at]! * across - 0.5, places[at + 1]! * down - 0.5);
  }
}

function meanDifference(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

/** Null where neither has structure. */
function compareBlocks(a: Float64Array, b: Float64Array): number | null {
  const n = a.length;
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [p, q] = [a[i]!, b[i]!];
    sa += p;
    sb += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  const va = Math.max(0, aa / n - (sa / n) ** 2);
  const vb = Math.max(0, bb / n - (sb / n) ** 2);
  if (Math.max(va, vb) < leastSpread * leastSpread) return null;
  const product = Math.sqrt(va * vb);
  return product === 0 ? 0 : (ab / n - (sa / n) * (sb / n)) / product;
}
