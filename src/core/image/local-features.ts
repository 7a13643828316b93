import { type Corner, findCorners } from './corners.ts';
import { describe as describePatch, descriptorLength, dominantAngles, gradientField } from './descriptor.ts';
import { type Grey, scaleGrey } from './picture.ts';

/**
 * [Note: Local features]
 * Corners (Harris, harmonic mean) of the picture at scales sqrt(1/2)^k, each with its dominant direction and a histogram
 * of gradients around it in 4 x 4 cells of 8 directions (Lowe 2004), as square roots of parts of the sum (Arandjelović and
 * Zisserman 2012), one byte each. Row n of every array is one feature.
 */
export interface LocalFeatures {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Pixels of the picture, pixel centres at half-integers. [count] */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Pixels of the picture to one of the scale that it was found at, 1 or more. [count] */
  readonly size: Float32Array;
  /** Radians, from x to y. [count] */
  readonly angle: Float32Array;
  /** [count, descriptorLength] */
  readonly descriptors: Uint8Array;
}

const leastSide = 24;

/** Features of a small picture (about 320 pixels): at most `limit`, the strongest spread over picture and scales. */
export function localFeatures(grey: Grey, limit: number): LocalFeatures {
  const levels: Grey[] = [];
  for (let level = 0; ; level++) {
    const scale = Math.SQRT1_2 ** level;
    const [width, height] = [Math.round(grey.width * scale), Math.round(grey.height * scale)];
    if (Math.min(width, height) < leastSide) break;
    // Halving what is there already costs less than starting from the whole picture.
    levels.push(
      level === 0
        ? scaleGrey(grey, width, height)
        : scaleGrey(levels[Math.max(0, level - 2)]!, width, height),
    );
  }
  const areas = levels.map(({ width, height }) => Math.sqrt(width * height));
  const all = areas.reduce((sum, area) => sum + area, 0);
  const rows: { x: number; y: number; size: number; angle: number; descriptor: Uint8Array }[] = [];
  levels.forEach((level, n) => {
    const field = gradientField(level);
    const corners: Corner[] = findCorners(field, Math.ceil((limit * areas[n]!) / all));
    for (const corner of corners) {
      for (const angle of dominantAngles(field, corner.x, corner.y)) {
        rows.push({
          x: ((corner.x + 0.5) * grey.width) / level.width,
          y: ((corner.y + 0.5) * grey.height) / level.height,
          size: grey.width / level.width,
          angle,
          descriptor: describePatch(field, corner.x, corner.y, angle),
        });
      }
    }
  });
  const descriptors = new Uint8Array(rows.length * descriptorLength);
  rows.forEach(({ descriptor }, n) => {
    descriptors.set(descriptor, n * descriptorLength);
  });
  return {
    width: grey.width,
    height: grey.height,
    count: rows.length,
    x: Float32Array.from(rows, ({ x }) => x),
    y: Float32Array.from(rows, ({ y }) => y),
    size: Float32Array.from(rows, ({ size }) => size),
    angle: Float32Array.from(rows, ({ angle }) => angle),
    descriptors,
  };
}
