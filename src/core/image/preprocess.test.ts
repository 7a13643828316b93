import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenPicture } from './golden-picture.ts';
import { centreCrop, preprocess } from './preprocess.ts';

/** Seeded noise [height, width, 4]. */
function noise(width: number, height: number, seed: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < rgba.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    rgba[i] = state >>> 24;
  }
  return rgba;
}

type PixelMap = (x: number, y: number) => readonly [number, number];

function moved(
  rgba: Uint8Array,
  width: number,
  height: number,
  outWidth: number,
  from: PixelMap,
): Uint8Array {
  const out = new Uint8Array(rgba.length);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = from(i % outWidth, Math.floor(i / outWidth));
    out.set(rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), i * 4);
  }
  return out;
}

function greatestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[i]!)), 0);
}

/** The plane `c` of planes [3, size, size] mapped pixel by pixel. */
function movedPlanes(planes: Float32Array, size: number, from: PixelMap): Float32Array {
  return planes.map((_, i) => {
    const at = i % (size * size);
    const [x, y] = from(at % size, Math.floor(at / size));
    return planes[i - at + y * size + x]!;
  });
}

const cases = fc.record({
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 90 }),
  size: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

describe('preprocessing', () => {
  it('shows of a region exactly the square around it, at whatever place', () => {
    const [width, height, size] = [32, 24, 8];
    const rgba = noise(width, height, 7);
    const place = fc.record({ left: fc.nat(width - size), top: fc.nat(height - size), flat: fc.boolean() });
    fc.assert(
      fc.property(place, ({ left, top, flat }) => {
        // Half as high: the square around its middle holds all of it.
        const [y, rows] = flat ? [top + size / 4, size / 2] : [top, size];
        const region = { x: left / width, y: y / height, width: size / width, height: rows / height };
        const planes = preprocess(rgba, width, height, size, region);
        const expected = planes.map((_, i) => {
          const at = i % (size * size);
          const pixel = (top + Math.floor(at / size)) * width + left + (at % size);
          return rgba[4 * pixel + Math.floor(i / (size * size))]!;
        });
        expect(greatestDifference(planes, expected)).toBeLessThan(0.01);
      }),
    );
  });

  it('crops the middle square', () => {
    expect(centreCrop(500, 375)).toEqual({
      columns: { from: 62.5, length: 375 },
      rows: { from: 0, length: 375 },
    });
    expect(centreCrop(3, 10)).toEqual({ columns: { from: 0, length: 3 }, rows: { from: 3.5, length: 3 } });
  });

  it('leaves a square picture of the model size as it is, channel by channel', () => {
    const rgba = noise(6, 6, 1);
    const planes = preprocess(rgba, 6, 6, 6);
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < 36; i++) expect(planes[c * 36 + i]).toBe(rgba[i * 4 + c]);
    }
  });

  it('sees nothing of what lies outside the crop, a filter width aside', () => {
    const [width, height, size] = [80, 40, 20];
    const plain = noise(width, height, 3);
    const changed = plain.slice();
    for (let y = 0; y < height; y++) changed.fill(0, y * width * 4, (y * width + 18) * 4);
    expect(preprocess(changed, width, height, size)).toEqual(preprocess(plain, width, height, size));
  });

  it('commutes with flips and with transposition', () => {
    fc.assert(
      fc.property(cases, ({ width, height, size, seed }) => {
        const rgba = noise(width, height, seed);
        const planes = preprocess(rgba, width, height, size);
        const mirrored = moved(rgba, width, height, width, (x, y) => [width - 1 - x, y]);
        const upended = moved(rgba, width, height, width, (x, y) => [x, height - 1 - y]);
        const transposed = moved(rgba, width, height, height, (x, y) => [y, x]);
        const mirror = movedPlanes(planes, size, (x, y) => [size - 1 - x, y]);
        const upend = movedPlanes(planes, size, (x, y) => [x, size - 1 - y]);
        const transpose = movedPlanes(planes, size, (x, y) => [y, x]);
        expect(greatestDifference(preprocess(mirrored, width, height, size), mirror)).toBeLessThan(0.01);
        expect(greatestDifference(preprocess(upended, width, height, size), upend)).toBeLessThan(0.01);
        expect(greatestDifference(preprocess(transposed, height, width, size), transpose)).toBeLessThan(0.01);
      }),
    );
  });
});

describe('the golden picture', () => {
  it('follows the formula of the pack format', () => {
    const size = 12;
    const planes = goldenPicture(2, size);
    const at = (c: number, y: number, x: number) => planes[(c * size + y) * size + x];
    expect(planes.length).toBe(3 * size * size);
    expect(at(0, 0, 0)).toBe(127.5);
    expect(at(1, 0, 0)).toBeCloseTo(127.5 + 127.5 * Math.sin(1), 4);
    expect(at(2, 3, 5)).toBeCloseTo(127.5 + 127.5 * Math.sin(3 * (3 * 0.013 * 5 + 1 * 0.017 * 3) + 2), 4);
  });
});
