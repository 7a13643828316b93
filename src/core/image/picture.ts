import { axisWeights } from './resample.ts';

/** Decoded pixels, orientation applied: [height, width, 4]; alpha is ignored. */
export interface Picture {
  readonly rgba: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Luma 0..255, [height, width]. */
export interface Grey {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Luma (Rec. 601) of a picture's coded values. */
export function greyOf({ rgba, width, height }: Picture): Grey {
  if (rgba.length !== width * height * 4) {
    throw new RangeError(
      `picture of ${width} x ${height} has ${rgba.length} bytes, not ${width * height * 4}`,
    );
  }
  const values = new Float32Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += 4) {
    values[i] = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
  }
  return { values, width, height };
}

/** Between pixels, at places in pixels with pixel (0, 0) at (0, 0); beyond the frame as on it. */
export function sampleGrey({ values, width, height }: Grey, x: number, y: number): number {
  const px = Math.max(0, Math.min(width - 1, x));
  const py = Math.max(0, Math.min(height - 1, y));
  const [x0, y0] = [px | 0, py | 0];
  const right = x0 + 1 < width ? 1 : 0;
  const at = y0 * width + x0;
  const under = y0 + 1 < height ? at + width : at;
  const [fx, fy] = [px - x0, py - y0];
  const above = values[at]! * (1 - fx) + values[at + right]! * fx;
  const below = values[under]! * (1 - fx) + values[under + right]! * fx;
  return above * (1 - fy) + below * fy;
}

/** Half as large, as `scaleGrey` would have it. Sides that are odd are left to that. */
export function halveGrey(grey: Grey): Grey {
  const { values, width, height } = grey;
  const [wide, high] = [Math.max(1, Math.ceil(width / 2)), Math.max(1, Math.ceil(height / 2))];
  if (width % 2 !== 0 || height % 2 !== 0 || width < 4 || height < 4) return scaleGrey(grey, wide, high);
  // At a scale of two the filter is 1 3 3 1; on the frame, what would lie outside is left out.
  const narrow = new Float32Array(wide * height);
  for (let y = 0, at = 0; y < height; y++) {
    let from = y * width;
    narrow[at++] = (3 * values[from]! + 3 * values[from + 1]! + values[from + 2]!) / 7;
    for (from += 2; at < (y + 1) * wide - 1; from += 2, at++) {
      narrow[at] =
        0.375 * (values[from]! + values[from + 1]!) + 0.125 * (values[from - 1]! + values[from + 2]!);
    }
    narrow[at++] = (values[from - 1]! + 3 * values[from]! + 3 * values[from + 1]!) / 7;
  }
  const out = new Float32Array(wide * high);
  for (let y = 0, at = 0; y < high; y++) {
    const own = 2 * y * wide;
    const isFirst = y === 0;
    const isLast = y === high - 1;
    const before = isFirst ? own : own - wide;
    const after = isLast ? own + wide : own + 2 * wide;
    const [near, far] = isFirst || isLast ? [3 / 7, 1 / 7] : [0.375, 0.125];
    const [farBefore, farAfter] = [isFirst ? 0 : far, isLast ? 0 : far];
    for (let x = 0; x < wide; x++, at++) {
      out[at] =
        near * (narrow[own + x]! + narrow[own + wide + x]!) +
        farBefore * narrow[before + x]! +
        farAfter * narrow[after + x]!;
    }
  }
  return { values: out, width: wide, height: high };
}

/** Scaled to that size with the filter of [Note: Resampling]. */
export function scaleGrey(grey: Grey, width: number, height: number): Grey {
  const across = axisWeights(grey.width, { from: 0, length: grey.width }, width);
  const down = axisWeights(grey.height, { from: 0, length: grey.height }, height);
  const { values: pixels, width: wide } = grey;
  const { starts, weights, taps } = across;
  const narrow = new Float32Array(grey.height * width);
  // Four lines at once, each its own sum: the processor need not wait for one addition before the next.
  const last = grey.height - 1;
  for (let y = 0; y <= last; y += 4) {
    const [b, c, d] = [Math.min(y + 1, last), Math.min(y + 2, last), Math.min(y + 3, last)];
    const [toB, toC, toD] = [(b - y) * wide, (c - y) * wide, (d - y) * wide];
    for (let x = 0, tap = 0; x < width; x++) {
      let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
      for (let at = y * wide + starts[x]!, end = at + taps; at < end; at++, tap++) {
        const weight = weights[tap]!;
        sumA += weight * pixels[at]!;
        sumB += weight * pixels[at + toB]!;
        sumC += weight * pixels[at + toC]!;
        sumD += weight * pixels[at + toD]!;
      }
      narrow[y * width + x] = sumA;
      narrow[b * width + x] = sumB;
      narrow[c * width + x] = sumC;
      narrow[d * width + x] = sumD;
    }
  }
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const out = y * width;
    for (let t = 0; t < down.taps; t++) {
      const weight = down.weights[y * down.taps + t]!;
      if (weight === 0) continue;
      const from = (down.starts[y]! + t) * width;
      for (let x = 0; x < width; x++) values[out + x] = values[out + x]! + weight * narrow[from + x]!;
    }
  }
  return { values, width, height };
}
