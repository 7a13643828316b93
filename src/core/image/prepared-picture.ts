import { type Box, contentBox } from './content-box.ts';
import { mirrorDescriptors } from './descriptor.ts';
import { type LocalFeatures, localFeatures } from './local-features.ts';
import { type Grey, greyOf, type Picture, scaleGrey } from './picture.ts';

/** Enough for pictures of about 320 pixels; more cost time and add little. */
const defaultFeatures = 320;

/** A small picture, and what comparing it with others needs; made once for many comparisons, on demand. */
export class PreparedPicture {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  readonly #features: number;
  /** Each half as large as the one before. */
  readonly #levels: Grey[];
  #local: LocalFeatures | null = null;
  #mirrored: Uint8Array | null = null;
  #box: Box | null = null;

  constructor(picture: Picture, features = defaultFeatures) {
    this.picture = picture;
    this.width = picture.width;
    this.height = picture.height;
    this.#features = features;
    this.#levels = [greyOf(picture)];
  }

  get local(): LocalFeatures {
    this.#local ??= localFeatures(this.#levels[0]!, this.#features);
    return this.#local;
  }

  /** Descriptors of the mirror image. */
  get mirroredDescriptors(): Uint8Array {
    this.#mirrored ??= mirrorDescriptors(this.local.descriptors);
    return this.#mirrored;
  }

  /** Without plain margins. */
  get box(): Box {
    this.#box ??= contentBox(this.picture);
    return this.#box;
  }

  /** Luma at a place, pixel centres at half-integers, of a picture smoothed for samples that many pixels apart. */
  lumaAt(x: number, y: number, apart: number): number {
    const level = Math.max(0, Math.min(6, Math.round(Math.log2(Math.max(1, apart)))));
    while (this.#levels.length <= level) {
      const last = this.#levels.at(-1)!;
      this.#levels.push(
        scaleGrey(last, Math.max(1, Math.ceil(last.width / 2)), Math.max(1, Math.ceil(last.height / 2))),
      );
    }
    const { values, width, height } = this.#levels[level]!;
    const px = Math.min(width - 1, Math.max(0, (x * width) / this.width - 0.5));
    const py = Math.min(height - 1, Math.max(0, (y * height) / this.height - 0.5));
    const [x0, y0] = [Math.floor(px), Math.floor(py)];
    const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
    const [fx, fy] = [px - x0, py - y0];
    const above = values[y0 * width + x0]! * (1 - fx) + values[y0 * width + x1]! * fx;
    const below = values[y1 * width + x0]! * (1 - fx) + values[y1 * width + x1]! * fx;
    return above * (1 - fy) + below * fy;
  }
}
