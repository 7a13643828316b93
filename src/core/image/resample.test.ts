import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisWeights, resampleRegion } from './resample.ts';

const sizes = fc.integer({ min: 1, max: 60 });

describe('axis weights', () => {
  it('sum to one for every output pixel and stay within the picture', () => {
    fc.assert(
      fc.property(sizes, sizes, fc.double({ min: 0, max: 1, noNaN: true }), (input, output, part) => {
        const length = Math.max(0.5, input * part);
        const { starts, weights, taps } = axisWeights(input, { from: input - length, length }, output);
        for (let i = 0; i < output; i++) {
          expect(starts[i]).toBeGreaterThanOrEqual(0);
          expect(starts[i]! + taps).toBeLessThanOrEqual(input);
          const own = weights.subarray(i * taps, (i + 1) * taps);
          expect(own.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });

  it('are the identity at scale 1', () => {
    const { starts, weights, taps } = axisWeights(5, { from: 0, length: 5 }, 5);
    for (let i = 0; i < 5; i++) {
      for (let t = 0; t < taps; t++) expect(weights[i * taps + t]).toBe(starts[i]! + t === i ? 1 : 0);
    }
  });

  it('widen with the scale: halving mixes four pixels as 1 3 3 1', () => {
    const { starts, weights, taps } = axisWeights(8, { from: 0, length: 8 }, 4);
    const dense = new Array<number>(8).fill(0);
    for (let t = 0; t < taps; t++) dense[starts[1]! + t] = weights[taps + t]!;
    [0, 1, 3, 3, 1, 0, 0, 0].forEach((w, x) => {
      expect(dense[x]).toBeCloseTo(w / 8, 6);
    });
  });
});

describe('resampling a region', () => {
  it('keeps a picture of one colour as it is', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, fc.integer({ min: 0, max: 255 }), (w, h, ow, oh, value) => {
        const rgba = new Uint8Array(w * h * 4).fill(value);
        const planes = resampleRegion(rgba, w, h, { from: 0, length: w }, { from: 0, length: h }, ow, oh);
        expect(planes.length).toBe(3 * ow * oh);
        expect(planes.every((v) => Math.abs(v - value) < 1e-3)).toBe(true);
      }),
    );
  });

  it('keeps the mean, up to the frame, when the output size divides the input size', () => {
    const [w, h] = [96, 64];
    const rgba = new Uint8Array(w * h * 4);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) rgba.set([128 + 100 * Math.sin(x / 9), x + y, 2 * y, 255], (y * w + x) * 4);
    }
    const planes = resampleRegion(rgba, w, h, { from: 0, length: w }, { from: 0, length: h }, 24, 16);
    for (let c = 0; c < 3; c++) {
      let before = 0;
      for (let i = c; i < rgba.length; i += 4) before += rgba[i]! / (w * h);
      const after = planes.subarray(c * 384, (c + 1) * 384).reduce((sum, v) => sum + v / 384, 0);
      expect(Math.abs(after - before)).toBeLessThan(1);
    }
  });

  it('gives values within those of the input', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 7 * 5 * 4, maxLength: 7 * 5 * 4 }),
        sizes,
        sizes,
        (rgba, ow, oh) => {
          const planes = resampleRegion(rgba, 7, 5, { from: 0, length: 7 }, { from: 0, length: 5 }, ow, oh);
          expect(Math.min(...planes)).toBeGreaterThanOrEqual(-1e-3);
          expect(Math.max(...planes)).toBeLessThanOrEqual(255 + 1e-3);
        },
      ),
    );
  });

  it('refuses a picture whose bytes do not match its size', () => {
    const whole = { from: 0, length: 2 };
    expect(() => resampleRegion(new Uint8Array(15), 2, 2, whole, whole, 1, 1)).toThrow(
      'has 15 bytes, not 16',
    );
  });
});
