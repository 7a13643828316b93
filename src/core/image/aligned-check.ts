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
  /** Samples of the blocks that agree, for what else is to be compared: places in both pictures. */
  readonly samples: readonly (readonly [Point, Point])[];
}

/** Samples along the longer side of the region; blocks of `blockSide` each way. */
const gridSide = 51;
const blockSide = 6;
/** Left out along the frame of the region. */
const rimSamples = 1.5;
/** Standard deviation of luma, levels: less is no structure. */
const leastSpread = 3.5;
/** Correlation from which on a block agrees. */
const leastCorrelation = 0.6;

/** Null when the region is too small to say anything. */
export function checkAligned(
  from: PreparedPicture,
  to: PreparedPicture,
  transform: Transform,
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
  const step = Math.max(wide, high) / gridSide;
  if (step < 0.25) return null;
  const middle = { x: left + wide / 2, y: top + high / 2 };
  const stepTo = step * Math.sqrt(Math.abs(determinant(affineAt(transform, middle))));
  // What lies beside the region must not be mixed in at its rim.
  const rim = rimSamples * step;
  let [blocks, agreeing] = [0, 0];
  const samples: (readonly [Point, Point])[] = [];
  const correlations: number[] = [];
  const own = new Float32Array(blockSide * blockSide);
  const other = new Float32Array(blockSide * blockSide);
  const columns = Math.floor((wide - 2 * rim) / step / blockSide + 0.01);
  const rows = Math.floor((high - 2 * rim) / step / blockSide + 0.01);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const pairs: (readonly [Point, Point])[] = [];
      for (let i = 0; i < own.length; i++) {
        const x = left + rim + (column * blockSide + (i % blockSide) + 0.5) * step;
        const y = top + rim + (row * blockSide + Math.floor(i / blockSide) + 0.5) * step;
        const there = apply(transform, { x, y });
        if (there.x < 0 || there.y < 0 || there.x > to.width || there.y > to.height) break;
        pairs.push([{ x, y }, there]);
        own[i] = from.lumaAt(x, y, step);
        other[i] = to.lumaAt(there.x, there.y, stepTo);
      }
      if (pairs.length < own.length) continue;
      const { spread, correlation } = compareBlocks(own, other);
      if (spread < leastSpread) continue;
      blocks++;
      correlations.push(correlation);
      if (correlation < leastCorrelation) continue;
      agreeing++;
      samples.push(...pairs);
    }
  }
  return {
    region,
    coverage,
    blocks,
    agreement: blocks === 0 ? 0 : agreeing / blocks,
    correlation: correlations.sort((a, b) => a - b)[blocks >> 1] ?? 0,
    samples,
  };
}

/** `spread`: the greater standard deviation of the two. */
function compareBlocks(a: Float32Array, b: Float32Array): { spread: number; correlation: number } {
  const n = a.length;
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sa += a[i]!;
    sb += b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
    ab += a[i]! * b[i]!;
  }
  const va = Math.max(0, aa / n - (sa / n) ** 2);
  const vb = Math.max(0, bb / n - (sb / n) ** 2);
  const spread = Math.sqrt(Math.max(va, vb));
  const product = Math.sqrt(va * vb);
  return { spread, correlation: product === 0 ? 0 : (ab / n - (sa / n) * (sb / n)) / product };
}
