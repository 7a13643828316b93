import { type AlignedCheck, leastCorrelation } from './aligned-check.ts';

/** What a check says of the blocks beside the part that something was laid over. */
interface BesideOverlay {
  readonly blocks: number;
  /** Part of them that agrees, 0..1. */
  readonly agreement: number;
  /** Median correlation, -1..1. */
  readonly correlation: number;
  /** Part of all blocks, plain ones among them, that are as light as they were, 0..1. */
  readonly alike: number;
}

/** Part of all blocks that an overlay may hide: a fifth of a picture, with all blocks that it touches. */
const mostHidden = 0.4;
/** Part of one side that it spans: another thing between the same caption and the same margins does not. */
const leastSpan = 0.85;
/** Levels of luma, as a mean over a block, that compressing again changes. */
const mostApart = 8;
/** What a block counts for that disagrees, agrees, or has no structure when the part is chosen that most disagreement lies in. */
const counts = { apart: 1, alike: -0.35, plain: -0.02 };

/**
 * The blocks beside the bar that holds the disagreement: text or a banner was laid across, and the rest of a copy agrees to
 * the grain. Null where nothing disagrees, or what does is no bar, or one that hides more than an overlay does.
 */
function besideOverlay({
  grid,
  apart,
  columns,
}: Pick<AlignedCheck, 'grid' | 'apart' | 'columns'>): BesideOverlay | null {
  const rows = columns === 0 ? 0 : grid.length / columns;
  const hidden = disagreeingPart(grid, columns, rows);
  if (hidden === null) return null;
  const [left, top, right, bottom] = hidden;
  const [wide, high] = [right - left, bottom - top];
  if (wide * high > mostHidden * grid.length) return null;
  if (wide < leastSpan * columns && high < leastSpan * rows) return null;
  const beside: number[] = [];
  let [agreeing, alike, all] = [0, 0, 0];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      if (Number.isNaN(apart[at]!) || (x >= left && x < right && y >= top && y < bottom)) continue;
      all++;
      if (apart[at]! <= mostApart) alike++;
      const correlation = grid[at]!;
      if (Number.isNaN(correlation)) continue;
      beside.push(correlation);
      if (correlation >= leastCorrelation) agreeing++;
    }
  }
  if (beside.length === 0) return null;
  beside.sort((a, b) => a - b);
  return {
    blocks: beside.length,
    agreement: agreeing / beside.length,
    correlation: beside[beside.length >> 1]!,
    alike: alike / all,
  };
}

/** What must be so beside an overlay, coarsely and in detail. */
const wanted = {
  coarse: { blocks: 6, agreement: 0.92, correlation: 0.96 },
  fine: { blocks: 16, agreement: 0.92, correlation: 0.97 },
} as const;
const leastAlike = 0.93;

/** Whether something was laid across one of the pictures, beside which they are the same, as light as they were. */
export function agreesBeside(
  check: Pick<AlignedCheck, 'grid' | 'apart' | 'columns'>,
  detail: keyof typeof wanted,
): boolean {
  const beside = besideOverlay(check);
  if (beside === null || beside.alike < leastAlike) return false;
  const { blocks, agreement, correlation } = wanted[detail];
  return beside.blocks >= blocks && beside.agreement >= agreement && beside.correlation >= correlation;
}

/** The rectangle of blocks with the greatest sum of `counts` (Kadane's way, for each pair of rows); null: all agree. */
function disagreeingPart(
  grid: Float32Array,
  columns: number,
  rows: number,
): readonly [left: number, top: number, right: number, bottom: number] | null {
  const sums = new Float64Array(columns);
  let best = 0;
  let found: readonly [number, number, number, number] | null = null;
  for (let top = 0; top < rows; top++) {
    sums.fill(0);
    for (let bottom = top; bottom < rows; bottom++) {
      let [run, from] = [0, 0];
      for (let x = 0; x < columns; x++) {
        sums[x] = sums[x]! + countOf(grid[bottom * columns + x]!);
        if (run <= 0) [run, from] = [0, x];
        run += sums[x]!;
        if (run <= best) continue;
        best = run;
        found = [from, top, x + 1, bottom + 1];
      }
    }
  }
  return found;
}

function countOf(correlation: number): number {
  if (Number.isNaN(correlation)) return counts.plain;
  return correlation < leastCorrelation ? counts.apart : counts.alike;
}
