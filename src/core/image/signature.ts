import { colourBytes, colourSignature } from './colour-signature.ts';
import { contentBox, cutOut } from './content-box.ts';
import { layoutBytes, layoutSignature } from './layout-signature.ts';
import { type PerceptualHash, perceptualHash } from './perceptual-hash.ts';
import { greyOf, type Picture, scaleGrey } from './picture.ts';

/**
 * [Note: Photo signature]
 * What is stored of a photo's looks beside its vector, made of its thumbnail (any size will do), `signatureBytes` bytes:
 * the perceptual hash of the whole picture (8, little-endian), that of the picture without plain margins (8), the colour
 * signature (96), the layout signature (128), the spread of luma (1), reserved (3), and the colour signature without plain
 * margins (96): of a thing on an even background, the thing's. Local features are not stored: who
 * verifies pairs reads the thumbnails of the few candidates.
 */
export const signatureBytes = 16 + colourBytes + layoutBytes + 4 + colourBytes;

/** Grows when the same picture gets other bytes: older signatures are then made again. */
export const signatureVersion = 1;

export const colourAt = 16;
export const layoutAt = colourAt + colourBytes;
const spreadAt = layoutAt + layoutBytes;
export const innerColourAt = spreadAt + 4;

/** Standard deviation of luma, levels, from which on a hash means something. */
const leastSpread = 6;

/** Pixels: what hash and layout are made from. */
const smallSide = 64;

/** See [Note: Photo signature]. @returns [signatureBytes] */
export function photoSignature(picture: Picture): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(signatureBytes);
  const view = new DataView(signature.buffer);
  const grey = greyOf(picture);
  const box = contentBox(picture);
  const trimmed = box.width < picture.width || box.height < picture.height;
  // Scaled down once, then from there.
  const small = scaleGrey(grey, smallSide, smallSide);
  const inside = trimmed ? cutOut(picture, box) : picture;
  const whole = perceptualHash(small);
  const inner = trimmed ? perceptualHash(scaleGrey(greyOf(inside), smallSide, smallSide)) : whole;
  [whole.low, whole.high, inner.low, inner.high].forEach((word, n) => {
    view.setUint32(n * 4, word, true);
  });
  const colours = colourSignature(picture);
  signature.set(colours, colourAt);
  signature.set(trimmed ? colourSignature(inside) : colours, innerColourAt);
  signature.set(layoutSignature(small), layoutAt);
  signature[spreadAt] = Math.min(255, Math.round(spreadOf(small.values)));
  return signature;
}

/** The perceptual hash of a picture, as signatures have it; null for one so flat that it would be made of noise. */
export function pictureHash(picture: Picture): PerceptualHash | null {
  const small = scaleGrey(greyOf(picture), smallSide, smallSide);
  return Math.round(spreadOf(small.values)) < leastSpread ? null : perceptualHash(small);
}

/** The colour signature of a picture without its plain margins; as `photoSignature` has it at `innerColourAt`. */
export function pictureColours(picture: Picture): Uint8Array {
  const box = contentBox(picture);
  const trimmed = box.width < picture.width || box.height < picture.height;
  return colourSignature(trimmed ? cutOut(picture, box) : picture);
}

/** Hashes of the whole picture and of the picture without plain margins. */
export function hashesOf(signature: Uint8Array): readonly [PerceptualHash, PerceptualHash] {
  const view = new DataView(signature.buffer, signature.byteOffset, signature.byteLength);
  const word = (n: number) => view.getUint32(n * 4, true);
  return [
    { low: word(0), high: word(1) },
    { low: word(2), high: word(3) },
  ];
}

/** False for a picture so flat that its hash is made of noise. */
export function hasStructure(signature: Uint8Array): boolean {
  return signature[spreadAt]! >= leastSpread;
}

/** Standard deviation. */
function spreadOf(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const v of values) {
    sum += v;
    squares += v * v;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
