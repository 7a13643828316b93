import { writeOklab } from './oklab.ts';
import type { Picture } from './picture.ts';
import { resampleRegion } from './resample.ts';

/**
 * [Note: Colour signature]
 * Which colours a picture has and how much of each, wherever they are: the distribution of its Oklab values projected on
 * eight directions, each as `quantiles` quantiles, a byte each. The mean difference of the quantiles of two distributions
 * on a line is the earth mover's distance between them; its mean over directions is the sliced Wasserstein distance
 * (Rabin, Peyré, Delon, Bernot 2011), a true metric. Mirroring and turning change nothing but rounding.
 */
export const colourBytes = 96;

const quantiles = 12;
const side = 40;
/** a and b vary less than L, yet are what 'colour' means to people. */
const chroma = 2;
/** [8, 3]: unit directions over (L, chroma a, chroma b). */
const directions: readonly (readonly [number, number, number])[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0, Math.SQRT1_2, Math.SQRT1_2],
  [0, Math.SQRT1_2, -Math.SQRT1_2],
  [0.8, 0.6, 0],
  [0.8, 0, 0.6],
  [0.8, -0.42, -0.42],
];
/** Projections lie within -range..range. */
const range = 1.2;

/** See [Note: Colour signature]. @returns [colourBytes] */
export function colourSignature({ rgba, width, height }: Picture): Uint8Array<ArrayBuffer> {
  const whole = [
    { from: 0, length: width },
    { from: 0, length: height },
  ] as const;
  const planes = resampleRegion(rgba, width, height, whole[0], whole[1], side, side);
  const n = side * side;
  const lab = new Float32Array(n * 3);
  for (let i = 0; i < n; i++) writeOklab(planes[i]!, planes[n + i]!, planes[2 * n + i]!, lab, i * 3);
  const signature = new Uint8Array(colourBytes);
  const counts = new Uint16Array(256);
  directions.forEach(([l, a, b], d) => {
    // What a projection is stored as only grows with it: the quantile of the stored is the stored quantile, without sorting.
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const value = Math.fround(l * lab[i * 3]! + chroma * (a * lab[i * 3 + 1]! + b * lab[i * 3 + 2]!));
      const stored = Math.round(Math.min(1, Math.max(0, (value + range) / (2 * range))) * 255);
      counts[stored] = counts[stored]! + 1;
    }
    let stored = 0;
    let before = counts[0]!;
    for (let q = 0; q < quantiles; q++) {
      const rank = Math.floor(((q + 0.5) / quantiles) * n);
      while (before <= rank) before += counts[++stored]!;
      signature[d * quantiles + q] = stored;
    }
  });
  return signature;
}

/** Sliced Wasserstein distance, in units of Oklab with doubled chroma; 0 for the same colours. */
export function colourDistance(a: Uint8Array, b: Uint8Array, aStart = 0, bStart = 0): number {
  let sum = 0;
  for (let i = 0; i < colourBytes; i++) sum += Math.abs(a[aStart + i]! - b[bStart + i]!);
  return (sum / colourBytes / 255) * 2 * range;
}
