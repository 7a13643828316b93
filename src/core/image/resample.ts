/**
 * [Note: Resampling]
 * Pictures are scaled with a triangle filter whose support widens with the scale when shrinking (bilinear with
 * anti-aliasing), pixel centres at half-integers: what the models were trained on. Separable: columns first, then rows.
 */

/** A stretch [from, from + length) of one axis of a picture, pixels; may be fractional, lies within the picture. */
export interface Span {
  readonly from: number;
  readonly length: number;
}

/** For each output pixel the input pixels it is made of: `taps` weights from `starts[i]` on, sum 1. */
export interface AxisWeights {
  /** [outputSize] */
  readonly starts: Int32Array;
  /** [outputSize, taps]; unused trailing taps are 0. */
  readonly weights: Float32Array;
  readonly taps: number;
}

/** Weights that scale a span of an axis of `inputSize` pixels to `outputSize` pixels. */
export function axisWeights(inputSize: number, span: Span, outputSize: number): AxisWeights {
  const scale = span.length / outputSize;
  const support = Math.max(1, scale);
  const taps = Math.min(inputSize, Math.ceil(2 * support) + 1);
  const starts = new Int32Array(outputSize);
  const weights = new Float32Array(outputSize * taps);
  for (let i = 0; i < outputSize; i++) {
    const centre = span.from + (i + 0.5) * scale;
    // Taps that would leave the picture are left out and the rest renormalised; the start is kept so that all taps fit.
    const first = Math.max(0, Math.ceil(centre - support - 0.5));
    const last = Math.min(inputSize - 1, Math.floor(centre + support - 0.5));
    const start = Math.max(0, Math.min(first, inputSize - taps));
    let sum = 0;
    for (let x = first; x <= last; x++) sum += Math.max(0, 1 - Math.abs(x + 0.5 - centre) / support);
    for (let x = first; x <= last; x++) {
      weights[i * taps + x - start] = Math.max(0, 1 - Math.abs(x + 0.5 - centre) / support) / sum;
    }
    starts[i] = start;
  }
  return { starts, weights, taps };
}

/**
 * Scales a region of a picture to `outputWidth` x `outputHeight`; alpha is ignored.
 *
 * @param rgba picture [height, width, 4]
 * @returns RGB planes [3, outputHeight, outputWidth], 0..255
 */
export function resampleRegion(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  columns: Span,
  rows: Span,
  outputWidth: number,
  outputHeight: number,
): Float32Array<ArrayBuffer> {
  if (rgba.length !== width * height * 4) {
    throw new RangeError(
      `picture of ${width} x ${height} has ${rgba.length} bytes, not ${width * height * 4}`,
    );
  }
  const across = axisWeights(width, columns, outputWidth);
  const down = axisWeights(height, rows, outputHeight);
  // Only the input rows that some output row needs.
  const firstRow = down.starts[0] ?? 0;
  const endRow = Math.min(height, (down.starts[outputHeight - 1] ?? 0) + down.taps);
  const narrow = shrinkColumns(rgba, width, firstRow, endRow, across, outputWidth);
  return shrinkRows(narrow, outputWidth * 3, firstRow, down, outputHeight);
}

/** @returns [endRow - firstRow, 3, outputWidth]: RGB lines one after the other, so that the row pass runs over flat lines. */
function shrinkColumns(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  firstRow: number,
  endRow: number,
  across: AxisWeights,
  outputWidth: number,
): Float32Array {
  const { starts, weights, taps } = across;
  const narrow = new Float32Array((endRow - firstRow) * outputWidth * 3);
  // Two lines at once: six sums, so that the processor need not wait for one addition before the next.
  for (let y = firstRow; y < endRow; y += 2) {
    const below = Math.min(y + 1, endRow - 1);
    const line = y * width * 4;
    const toBelow = (below - y) * width * 4;
    const out = (y - firstRow) * outputWidth * 3;
    const outBelow = (below - firstRow) * outputWidth * 3;
    for (let x = 0; x < outputWidth; x++) {
      let [red, green, blue] = [0, 0, 0];
      let [redBelow, greenBelow, blueBelow] = [0, 0, 0];
      let at = line + starts[x]! * 4;
      for (let tap = x * taps, end = tap + taps; tap < end; tap++, at += 4) {
        const weight = weights[tap]!;
        const under = at + toBelow;
        red += weight * rgba[at]!;
        green += weight * rgba[at + 1]!;
        blue += weight * rgba[at + 2]!;
        redBelow += weight * rgba[under]!;
        greenBelow += weight * rgba[under + 1]!;
        blueBelow += weight * rgba[under + 2]!;
      }
      narrow[out + x] = red;
      narrow[out + outputWidth + x] = green;
      narrow[out + 2 * outputWidth + x] = blue;
      narrow[outBelow + x] = redBelow;
      narrow[outBelow + outputWidth + x] = greenBelow;
      narrow[outBelow + 2 * outputWidth + x] = blueBelow;
    }
  }
  return narrow;
}

function shrinkRows(
  narrow: Float32Array,
  lineLength: number,
  firstRow: number,
  down: AxisWeights,
  outputHeight: number,
): Float32Array<ArrayBuffer> {
  const { starts, weights, taps } = down;
  const outputWidth = lineLength / 3;
  const planeLength = outputWidth * outputHeight;
  const planes = new Float32Array(3 * planeLength);
  const line = new Float32Array(lineLength);
  for (let y = 0; y < outputHeight; y++) {
    line.fill(0);
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[y * taps + tap]!;
      if (weight === 0) continue;
      const from = (starts[y]! + tap - firstRow) * lineLength;
      for (let i = 0; i < lineLength; i++) line[i]! += weight * narrow[from + i]!;
    }
    for (let c = 0; c < 3; c++) {
      planes.set(line.subarray(c * outputWidth, (c + 1) * outputWidth), c * planeLength + y * outputWidth);
    }
  }
  return planes;
}
