import { greyOf, type Picture, scaleGrey } from '../image/picture.ts';

/** Longer side at which sharpness is measured, pixels: pictures of all sizes compare. */
const side = 256;

/**
 * How crisp a picture is: mean square of the Laplacian by the variance of luma (Pech-Pacheco 2000, made independent of
 * contrast); 0 for a flat one.
 */
export function sharpness(picture: Picture): number {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const { values } = scaleGrey(greyOf(picture), width, height);
  let [sum, squares, edges] = [0, 0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  for (let y = 1; y + 1 < height; y++) {
    for (let x = 1; x + 1 < width; x++) {
      const at = y * width + x;
      const edge =
        4 * values[at]! - values[at - 1]! - values[at + 1]! - values[at - width]! - values[at + width]!;
      edges += edge * edge;
    }
  }
  const variance = squares / values.length - (sum / values.length) ** 2;
  const inner = (width - 2) * (height - 2);
  return variance < 1 || inner <= 0 ? 0 : edges / inner / variance;
}
