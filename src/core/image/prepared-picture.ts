import { type Box, contentBox } from './content-box.ts';
import { localFeatures } from './local-features.ts';
import { type Grey, greyOf, halveGrey, type Picture, sampleGrey } from './picture.ts';
import { PictureFeatures } from './picture-features.ts';

/** Enough for pictures of about 320 pixels; more cost time and add little. */
const defaultFeatures = 240;
/** Enough to see that two pictures have nothing in common: a good quarter of the time. */
const coarseFeatures = 80;
const coarseSide = 160;

/** Samples along each side of a sketch. */
export const sketchSide = 16;

/** Luma of a part of a picture, less its mean and of unit length, so that products are correlations; zero where it is flat. */
export interface Sketch {
  readonly box: Box;
  /** [sketchSide, sketchSide] */
  readonly values: Float32Array;
}

/** A small picture, and what comparing it with others needs; made once for many comparisons, on demand. */
export class PreparedPicture {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  readonly features: PictureFeatures;
  /** Fewer, of the picture made smaller. */
  readonly coarse: PictureFeatures;
  /** Each half as large as the one before. */
  readonly #levels: Grey[];
  #sketches: readonly Sketch[] | null = null;

  constructor(picture: Picture, features = defaultFeatures) {
    this.picture = picture;
    this.width = picture.width;
    this.height = picture.height;
    this.#levels = [greyOf(picture)];
    this.features = new PictureFeatures(() => localFeatures(this.#levels[0]!, features));
    this.coarse = new PictureFeatures(() => localFeatures(this.greyFor(2), coarseFeatures, coarseSide));
  }

  /** Of the whole picture, and of what is within its plain margins where it has any. */
  get sketches(): readonly Sketch[] {
    if (this.#sketches === null) {
      const { width, height } = this;
      const box = contentBox(this.picture);
      const boxes = [{ left: 0, top: 0, width, height }];
      if (box.width !== width || box.height !== height) boxes.push(box);
      this.#sketches = boxes.map((one) => ({ box: one, values: this.#sketch(one) }));
    }
    return this.#sketches;
  }

  /** Luma smoothed for samples that many pixels of the picture apart. */
  greyFor(apart: number): Grey {
    const level = Math.max(0, Math.min(6, Math.round(Math.log2(Math.max(1, apart)))));
    while (this.#levels.length <= level) this.#levels.push(halveGrey(this.#levels.at(-1)!));
    return this.#levels[level]!;
  }

  #sketch({ left, top, width, height }: Box): Float32Array {
    const level = this.greyFor(Math.max(width, height) / sketchSide);
    const [across, down] = [level.width / this.width, level.height / this.height];
    const n = sketchSide * sketchSide;
    const values = new Float32Array(n);
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) {
      const x = left + (((i % sketchSide) + 0.5) / sketchSide) * width;
      const y = top + ((Math.floor(i / sketchSide) + 0.5) / sketchSide) * height;
      const value = sampleGrey(level, x * across - 0.5, y * down - 0.5);
      values[i] = value;
      sum += value;
      squares += value * value;
    }
    const length = Math.sqrt(Math.max(0, squares - (sum * sum) / n));
    for (let i = 0; i < n; i++) values[i] = length < 1e-3 ? 0 : (values[i]! - sum / n) / length;
    return values;
  }
}
