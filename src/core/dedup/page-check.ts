import { sampleGrey } from '../image/picture.ts';
import type { PreparedPicture } from '../image/prepared-picture.ts';
import { affineAt, apply, determinant, type Transform } from '../image/transform.ts';

/** Samples along each side of a window, a pixel apart, and how far the next window is. */
const side = 6;
const stride = 3;
const samples = side * side;
/** What a window is looked for in: it may lie a sample off. */
const outerSide = side + 2;
/** Standard deviation of luma, levels, of what is written: more than grain and compression make. */
const leastSpread = 12;
/** Levels of luma in a bin, bins on both sides that count as the paper, and the part of a page that is paper. */
const binLevels = 4;
const paperBins = 2;
const leastPaper = 0.5;
/** Windows that lie together, across and down: the length of a short word; so many of them must have something written. */
const patches = [
  [4, 3],
  [3, 4],
] as const;
const leastWritten = 6;
/**
 * Mean correlation of the windows of a patch from which on the same is written there. Of invoices, tables, calendars and
 * bills that differ in one number the least patch has 0.65 at most, 0.12 at least; of their own copies (smaller, noisy,
 * blurred, brighter, mirrored, cropped) 0.71.
 */
const sameWords = 0.68;

const own = new Float64Array(samples);
const outer = new Float64Array(outerSide * outerSide);

/**
 * [Note: Pages]
 * Pages made from one template (bills, forms, tables, screenshots of one program) agree nearly everywhere; what tells them
 * apart is a word or a number. A page, by its paper, is a copy of another only if no such patch differs: whoever lost a
 * bill for the sake of another one has lost a document.
 */
export function areDifferentPages(
  first: PreparedPicture,
  second: PreparedPicture,
  transform: Transform,
): boolean {
  return isPage(first) && isPage(second) && !agreesInWords(first, second, transform);
}

/** Most of it is of one lightness, such as paper or the ground of a screenshot. */
function isPage(picture: PreparedPicture): boolean {
  const { values } = picture.greyFor(1);
  const bins = new Uint32Array(256 / binLevels);
  for (const value of values) {
    const bin = Math.floor(Math.min(255, Math.max(0, value)) / binLevels);
    bins[bin] = bins[bin]! + 1;
  }
  return bins.some((_, bin) => {
    const near = bins.subarray(Math.max(0, bin - paperBins), bin + paperBins + 1);
    return near.reduce((sum, count) => sum + count, 0) >= leastPaper * values.length;
  });
}

function agreesInWords(first: PreparedPicture, second: PreparedPicture, transform: Transform): boolean {
  const middle = affineAt(transform, { x: first.width / 2, y: first.height / 2 });
  const scale = Math.sqrt(Math.abs(determinant(middle)));
  // As fine as the one that shows less.
  const step = Math.max(1, 1 / scale);
  const [near, far] = [first.greyFor(step), second.greyFor(step * scale)];
  const columns = Math.max(0, Math.floor((first.width / step - outerSide) / stride));
  const rows = Math.max(0, Math.floor((first.height / step - outerSide) / stride));
  const grid = new Float32Array(columns * rows).fill(Number.NaN);
  const sampleNear = (x: number, y: number) =>
    sampleGrey(near, (x * near.width) / first.width - 0.5, (y * near.height) / first.height - 0.5);
  const sampleFar = (x: number, y: number) => {
    const at = apply(transform, { x, y });
    if (at.x < 0 || at.y < 0 || at.x > second.width || at.y > second.height) return Number.NaN;
    return sampleGrey(
      far,
      (at.x * far.width) / second.width - 0.5,
      (at.y * far.height) / second.height - 0.5,
    );
  };
  for (let n = 0; n < grid.length; n++) {
    const left = (1 + (n % columns) * stride) * step;
    const top = (1 + Math.floor(n / columns) * stride) * step;
    fill(own, side, left + step / 2, top + step / 2, step, sampleNear);
    if (spread(own) < leastSpread) continue;
    fill(outer, outerSide, left - step / 2, top - step / 2, step, sampleFar);
    // Not a number beyond the other picture.
    if (!(spread(outer) >= leastSpread)) continue;
    grid[n] = bestCorrelation();
  }
  return leastPatch(grid, columns, rows) >= sameWords;
}

function fill(
  values: Float64Array,
  across: number,
  left: number,
  top: number,
  step: number,
  sample: (x: number, y: number) => number,
): void {
  for (let i = 0; i < values.length; i++)
    values[i] = sample(left + (i % across) * step, top + Math.floor(i / across) * step);
}

/** Standard deviation. */
function spread(values: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2));
}

/** Of the window with all that lie in what surrounds it. */
function bestCorrelation(): number {
  let best = -1;
  for (let dy = 0; dy <= 2; dy++) for (let dx = 0; dx <= 2; dx++) best = Math.max(best, correlation(dx, dy));
  return best;
}

function correlation(dx: number, dy: number): number {
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < samples; i++) {
    const a = own[i]!;
    const b = outer[(Math.floor(i / side) + dy) * outerSide + (i % side) + dx]!;
    sa += a;
    sb += b;
    aa += a * a;
    bb += b * b;
    ab += a * b;
  }
  const product = (aa - (sa * sa) / samples) * (bb - (sb * sb) / samples);
  return product <= 0 ? 0 : (ab - (sa * sb) / samples) / Math.sqrt(product);
}

/** The least mean of the patches; 1 where nothing is written. */
function leastPatch(grid: Float32Array, columns: number, rows: number): number {
  let least = 1;
  for (const [across, down] of patches) {
    for (let y = 0; y + down <= rows; y++) {
      for (let x = 0; x + across <= columns; x++) {
        let [written, sum] = [0, 0];
        for (let i = 0; i < across * down; i++) {
          const value = grid[(y + Math.floor(i / across)) * columns + x + (i % across)]!;
          if (Number.isNaN(value)) continue;
          written++;
          sum += value;
        }
        if (written >= leastWritten) least = Math.min(least, sum / written);
      }
    }
  }
  return least;
}
