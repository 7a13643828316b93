import type { CentreCrop } from './preprocess.ts';

/** A rectangle of a picture: shares of its width and height, 0..1, orientation applied; x, y: the corner at the top left. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Shorter ones hold nothing to look for; share of a side. */
export const leastRegion = 0.03;

/** The nearest region that lies within the picture and is no smaller than `leastRegion`. */
export function clampRegion({ x, y, width, height }: Region): Region {
  const [w, h] = [width, height].map((side) => Math.min(1, Math.max(leastRegion, side))) as [number, number];
  return {
    x: Math.min(1 - w, Math.max(0, x)),
    y: Math.min(1 - h, Math.max(0, y)),
    width: w,
    height: h,
  };
}

/**
 * What the model is shown of a region, pixels: the square around its middle that holds all of it, moved to lie within the
 * picture. Where the picture is not large enough for that, its longer side is cropped, as with whole pictures.
 */
export function squareAround(region: Region, width: number, height: number): CentreCrop {
  const side = Math.min(Math.max(region.width * width, region.height * height), width, height);
  const from = (start: number, length: number, whole: number) =>
    Math.min(whole - side, Math.max(0, (start + length / 2) * whole - side / 2));
  return {
    columns: { from: from(region.x, region.width, width), length: side },
    rows: { from: from(region.y, region.height, height), length: side },
  };
}
