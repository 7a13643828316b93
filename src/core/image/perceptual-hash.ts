import { type Grey, scaleGrey } from './picture.ts';
import type { Turn } from './turn.ts';

/**
 * [Note: Perceptual hash]
 * 64 signs of the lowest frequencies of a discrete cosine transform (DCT-II) of the picture squeezed to 32 x 32 luma.
 * Bit v * 8 + u says whether coefficient (u across, v down) is positive; the place of (0, 0), which is only the mean, is
 * taken by (8, 8). Signs, not comparisons with a median: so the hash of a mirrored or turned picture follows from the
 * hash alone (mirroring changes the sign of the odd coefficients). On a picture without structure the signs say nothing.
 */
export interface PerceptualHash {
  /** Bits 0..31 and 32..63. */
  readonly low: number;
  readonly high: number;
}

const side = 32;
const frequencies = 9;

/** [frequencies, side]: cosines of the transform. */
const cosines = new Float32Array(frequencies * side);
for (let u = 0; u < frequencies; u++) {
  for (let x = 0; x < side; x++) cosines[u * side + x] = Math.cos((Math.PI * u * (x + 0.5)) / side);
}

/** See [Note: Perceptual hash]. */
export function perceptualHash(grey: Grey): PerceptualHash {
  const { values } = scaleGrey(grey, side, side);
  const rows = new Float32Array(frequencies * side);
  for (let y = 0; y < side; y++) {
    for (let u = 0; u < frequencies; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += cosines[u * side + x]! * values[y * side + x]!;
      rows[u * side + y] = sum;
    }
  }
  const words: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const [u, v] = coefficientOf(bit);
    let sum = 0;
    for (let y = 0; y < side; y++) sum += cosines[v * side + y]! * rows[u * side + y]!;
    if (sum > 0) words[bit >> 5] = words[bit >> 5]! | (1 << (bit & 31));
  }
  return { low: words[0] >>> 0, high: words[1] >>> 0 };
}

/** The hash of the picture turned that way. */
export function turnHash({ low, high }: PerceptualHash, turn: Turn): PerceptualHash {
  const words: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const [u, v] = coefficientOf(bit);
    const from = (turn & 4) !== 0 ? bitOf(v, u) : bit;
    let value = ((from < 32 ? low : high) >>> (from & 31)) & 1;
    if ((turn & 1) !== 0 && (u & 1) === 1) value ^= 1;
    if ((turn & 2) !== 0 && (v & 1) === 1) value ^= 1;
    words[bit >> 5] = words[bit >> 5]! | (value << (bit & 31));
  }
  return { low: words[0] >>> 0, high: words[1] >>> 0 };
}

/** Bits that differ, 0..64. Unrelated photos: about 32, seldom below 18. */
export function hashDistance(a: PerceptualHash, b: PerceptualHash): number {
  return bitCount(a.low ^ b.low) + bitCount(a.high ^ b.high);
}

/** Ones among 32 bits. */
export function bitCount(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function coefficientOf(bit: number): [number, number] {
  return bit === 0 ? [8, 8] : [bit & 7, bit >> 3];
}

function bitOf(u: number, v: number): number {
  return u === 8 ? 0 : v * 8 + u;
}
