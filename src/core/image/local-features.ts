import { findCorners } from './corners.ts';
import { describePatch, descriptorLength, signsOf } from './descriptor.ts';
import { dominantAngles } from './dominant-angles.ts';
import { gradientField } from './gradient-field.ts';
import { type Grey, halveGrey, scaleGrey } from './picture.ts';

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
  readonly described: Descriptors;
}

export interface Descriptors {
  /** [count, descriptorLength] */
  readonly bytes: Uint8Array;
  /** See `signsOf`. [count, signWords] */
  readonly signs: Int32Array;
}

/** More pixels cost time and find no more copies. */
const mostSide = 256;
const leastSide = 24;
const anglesHere = new Float64Array(2);

/** Features of a small picture (about 320 pixels): at most some `limit` places, the strongest spread over picture and scales. */
export function localFeatures(grey: Grey, limit: number, side = mostSide): LocalFeatures {
  const levels = levelsOf(reduced(grey, side));
  const areas = levels.map(({ width, height }) => Math.sqrt(width * height));
  const all = areas.reduce((sum, area) => sum + area, 0);
  const most = 2 * (limit + levels.length);
  const [x, y, size, angle] = [0, 1, 2, 3].map(() => new Float32Array(most)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const bytes = new Uint8Array(most * descriptorLength);
  let count = 0;
  levels.forEach((level, n) => {
    const field = gradientField(level);
    for (const corner of findCorners(field, Math.ceil((limit * areas[n]!) / all))) {
      const found = dominantAngles(field, corner.x, corner.y, anglesHere);
      for (let k = 0; k < found; k++, count++) {
        const turned = anglesHere[k]!;
        x[count] = ((corner.x + 0.5) * grey.width) / level.width;
        y[count] = ((corner.y + 0.5) * grey.height) / level.height;
        size[count] = grey.width / level.width;
        angle[count] = 2 * Math.PI * turned;
        describePatch(field, corner.x, corner.y, turned, bytes, count * descriptorLength);
      }
    }
  });
  const used = bytes.slice(0, count * descriptorLength);
  return {
    width: grey.width,
    height: grey.height,
    count,
    x: x.slice(0, count),
    y: y.slice(0, count),
    size: size.slice(0, count),
    angle: angle.slice(0, count),
    described: { bytes: used, signs: signsOf(used) },
  };
}

/** At most `side` pixels each way. */
function reduced(grey: Grey, side: number): Grey {
  const scale = side / Math.max(grey.width, grey.height);
  return scale >= 1 ? grey : scaleGrey(grey, Math.round(grey.width * scale), Math.round(grey.height * scale));
}

function levelsOf(grey: Grey): Grey[] {
  if (Math.min(grey.width, grey.height) < leastSide) return [];
  const levels: Grey[] = [grey];
  for (let level = 1; ; level++) {
    const scale = Math.SQRT1_2 ** level;
    const [width, height] = [Math.round(grey.width * scale), Math.round(grey.height * scale)];
    if (Math.min(width, height) < leastSide) return levels;
    // Halving what is there already costs less than starting from the whole picture.
    const source = levels[Math.max(0, level - 2)]!;
    const isHalf = source.width === 2 * width && source.height === 2 * height;
    levels.push(isHalf ? halveGrey(source) : scaleGrey(source, width, height));
  }
}
