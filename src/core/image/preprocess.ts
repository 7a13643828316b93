import { type Region, squareAround } from './region.ts';
import { resampleRegion, type Span } from './resample.ts';

export interface CentreCrop {
  readonly columns: Span;
  readonly rows: Span;
}

/** The square in the middle of a picture, as long as the shorter side; fractional where the difference is odd. */
export function centreCrop(width: number, height: number): CentreCrop {
  const side = Math.min(width, height);
  return {
    columns: { from: (width - side) / 2, length: side },
    rows: { from: (height - side) / 2, length: side },
  };
}

/**
 * A picture as the model takes it: scaled so that its shorter side is `size`, cropped to the middle square (only the
 * crop is computed). Alpha is ignored: put the picture on white before. See [Note: Resampling].
 *
 * @param rgba picture [height, width, 4], orientation applied
 * @param region the part that is meant; null: all of the picture
 * @returns RGB planes [3, size, size], 0..255
 */
export function preprocess(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  size: number,
  region: Region | null = null,
): Float32Array<ArrayBuffer> {
  const { columns, rows } = region === null ? centreCrop(width, height) : squareAround(region, width, height);
  return resampleRegion(rgba, width, height, columns, rows, size, size);
}
