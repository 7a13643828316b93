import { SignRotation } from './sign-rotation.ts';
import type { VectorSource } from './trained-index.ts';

/**
 * [Note: Sign codes]
 * 256 bits of a vector: the signs of its components after a random rotation (several, where it has fewer components). Of
 * two vectors at an angle t each bit differs with probability t / pi (Goemans and Williamson 1995; Charikar 2002), so
 * counting bits tells, at a tenth of the cost of a product, which pairs are surely farther apart than a cosine.
 */
export const signWords = 8;
const bits = 32 * signWords;
/** Standard deviations of the count: of pairs right at the cosine one in a thousand is missed, of nearer ones fewer. */
const deviations = 3;
/** The same for the first half of the bits, which settles most. */
const halfDeviations = 4;

/** @returns [source.count][signWords] */
export function signCodes(source: VectorSource, dims: number): Int32Array<ArrayBuffer> {
  const codes = new Int32Array(source.count * signWords);
  const rotations = Array.from(
    { length: Math.ceil(bits / dims) },
    (_, n) => new SignRotation(dims, 0x51 + n),
  );
  const vector = new Float32Array(dims);
  const rotated = new Float64Array(dims);
  for (let row = 0; row < source.count; row++) {
    source.read(row, 1, vector);
    let bit = row * bits;
    const end = bit + bits;
    for (const rotation of rotations) {
      rotated.set(vector);
      rotation.apply(rotated);
      for (let i = 0; i < dims && bit < end; i++, bit++) {
        if (rotated[i]! > 0) codes[bit >>> 5] = codes[bit >>> 5]! | (1 << (bit & 31));
      }
    }
  }
  return codes;
}

/** Bits in which two codes may differ for their cosine to be that, or more: of all bits and of the first half. */
export interface MostBits {
  readonly all: number;
  readonly half: number;
}

/** By cosine in steps of 1/64, from -1. */
const allowed: readonly MostBits[] = Array.from({ length: 129 }, (_, step) => {
  const part = Math.acos(step / 64 - 1) / Math.PI;
  const most = (count: number, many: number) =>
    Math.floor(count * part + many * Math.sqrt(count * part * (1 - part)));
  return { all: most(bits, deviations), half: most(bits / 2, halfDeviations) };
});

/** @param cosine -1..1 */
export function mostBits(cosine: number): MostBits {
  return allowed[Math.max(0, Math.min(128, Math.floor((cosine + 1) * 64)))]!;
}

/**
 * Codes of a block that may be as near to one as is asked for.
 *
 * @param block [count][signWords]
 * @param own [..][signWords], the code at row `ownRow`
 * @param out numbers within the block, ascending: [0, result)
 * @returns how many
 */
export function codesWithin(
  block: Int32Array,
  count: number,
  own: Int32Array,
  ownRow: number,
  { all, half }: MostBits,
  out: Int32Array,
): number {
  const at = ownRow * signWords;
  const a = own[at]!;
  const b = own[at + 1]!;
  const c = own[at + 2]!;
  const d = own[at + 3]!;
  const e = own[at + 4]!;
  const f = own[at + 5]!;
  const g = own[at + 6]!;
  const h = own[at + 7]!;
  let found = 0;
  for (let row = 0, i = 0; row < count; row++, i += signWords) {
    const first = onesOfFour(a ^ block[i]!, b ^ block[i + 1]!, c ^ block[i + 2]!, d ^ block[i + 3]!);
    if (first > half) continue;
    const rest = onesOfFour(e ^ block[i + 4]!, f ^ block[i + 5]!, g ^ block[i + 6]!, h ^ block[i + 7]!);
    if (first + rest <= all) out[found++] = row;
  }
  return found;
}

/** Ones among four words, added up side by side. */
function onesOfFour(a: number, b: number, c: number, d: number): number {
  const ab = onesOfNibbles(a) + onesOfNibbles(b);
  const cd = onesOfNibbles(c) + onesOfNibbles(d);
  const bytes = (ab & 0x0f0f0f0f) + ((ab >>> 4) & 0x0f0f0f0f) + (cd & 0x0f0f0f0f) + ((cd >>> 4) & 0x0f0f0f0f);
  return Math.imul(bytes, 0x01010101) >>> 24;
}

/** Ones of each four bits. */
function onesOfNibbles(word: number): number {
  const n = word - ((word >>> 1) & 0x55555555);
  return (n & 0x33333333) + ((n >>> 2) & 0x33333333);
}
