import { bitCount } from './perceptual-hash.ts';
import { layoutAt } from './signature.ts';

/**
 * [Note: Strip signs]
 * Text, banners and bars are laid across a picture and leave half of it as it was. So the layout of a photo
 * ([Note: Layout signature]) is also compared in four strips across, of which the two that agree most count: coarsely by 32
 * signs a strip (16 cells of luma, 16 edge strengths, each against the mean of its strip), then by correlation, which does
 * not mind that luma was stored less the mean and by the spread of the whole picture. All of it follows from the layout.
 * Mirrored pictures are as near to one another as the pictures are; turned by quarters they are cut into other strips.
 */
export const stripCount = 4;

const cells = 16;
/** Of each strip: where its luma and its edges begin. */
const lumaOf = (strip: number) => layoutAt + strip * cells;
const edgesOf = (strip: number) => layoutAt + stripCount * cells + strip * cells;
/** Levels between the darkest and the lightest cell of a strip without which it says nothing. */
const leastRange = 10;

/** See [Note: Strip signs]. @returns [stripCount] */
export function stripSigns(signature: Uint8Array): Int32Array {
  return Int32Array.from(
    { length: stripCount },
    (_, strip) => signsAt(signature, lumaOf(strip)) | (signsAt(signature, edgesOf(strip)) << cells),
  );
}

function signsAt(signature: Uint8Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < cells; i++) sum += signature[start + i]!;
  let signs = 0;
  for (let i = 0; i < cells; i++) if (signature[start + i]! * cells > sum) signs |= 1 << i;
  return signs;
}

/** The strips that are not plain. */
export function tellingStrips(signature: Uint8Array): number[] {
  return Array.from({ length: stripCount }, (_, strip) => strip).filter((strip) => {
    const luma = signature.subarray(lumaOf(strip), lumaOf(strip) + cells);
    return Math.max(...luma) - Math.min(...luma) >= leastRange;
  });
}

/**
 * Signs that differ in the two strips that agree most, 0..64.
 *
 * @param own [stripCount]
 * @param others [n, stripCount], from `at` on
 * @param strips those that count: two or more
 */
export function signDistance(
  own: Int32Array,
  others: Int32Array,
  at: number,
  strips: readonly number[],
): number {
  let [least, next] = [64, 64];
  for (let i = 0; i < strips.length; i++) {
    const strip = strips[i]!;
    const apart = bitCount(own[strip]! ^ others[at + strip]!);
    if (apart < least) {
      next = least;
      least = apart;
    } else if (apart < next) next = apart;
  }
  return least + next;
}

/** How far apart the two strips are that agree most, 0..1; symmetric. @param strips those that count: two or more */
export function stripDistance(a: Uint8Array, b: Uint8Array, strips: readonly number[]): number {
  const apart = strips.map(
    (strip) => 1 - (correlation(a, b, lumaOf(strip), true) + correlation(a, b, edgesOf(strip), false)) / 2,
  );
  apart.sort((p, q) => p - q);
  return Math.min(1, Math.max(0, (apart[0]! + apart[1]!) / 2));
}

/** Of 16 bytes, less their means or as they are; 0 where one of them is plain. */
function correlation(a: Uint8Array, b: Uint8Array, start: number, isCentred: boolean): number {
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = start; i < start + cells; i++) {
    const [p, q] = [a[i]!, b[i]!];
    sa += p;
    sb += q;
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  if (isCentred) {
    aa -= (sa * sa) / cells;
    bb -= (sb * sb) / cells;
    ab -= (sa * sb) / cells;
  }
  const product = Math.sqrt(aa * bb);
  return product <= 0 ? 0 : ab / product;
}
