import fc from 'fast-check';
import { expect, it } from 'vitest';
import { centreCrop } from './preprocess.ts';
import { clampRegion, leastRegion, type Region, squareAround } from './region.ts';

const share = fc.double({ min: -0.5, max: 1.5, noNaN: true });
const anything: fc.Arbitrary<Region> = fc.record({ x: share, y: share, width: share, height: share });
const side = fc.integer({ min: 1, max: 5000 });

it('a clamped region lies within the picture, is large enough, and stays when it does already', () => {
  fc.assert(
    fc.property(anything, (wanted) => {
      const region = clampRegion(wanted);
      expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
      expect(region.x + region.width).toBeLessThanOrEqual(1 + 1e-12);
      expect(region.y + region.height).toBeLessThanOrEqual(1 + 1e-12);
      expect(Math.min(region.width, region.height)).toBeGreaterThanOrEqual(leastRegion);
      const again = clampRegion(region);
      for (const key of ['x', 'y', 'width', 'height'] as const)
        expect(again[key]).toBeCloseTo(region[key], 12);
    }),
  );
});

it('its square lies within the picture and holds the region wherever a square can', () => {
  fc.assert(
    fc.property(anything, side, side, (wanted, width, height) => {
      const region = clampRegion(wanted);
      const { columns, rows } = squareAround(region, width, height);
      expect(columns.length).toBe(rows.length);
      expect(columns.from).toBeGreaterThanOrEqual(0);
      expect(rows.from).toBeGreaterThanOrEqual(0);
      expect(columns.from + columns.length).toBeLessThanOrEqual(width + 1e-6);
      expect(rows.from + rows.length).toBeLessThanOrEqual(height + 1e-6);
      if (Math.max(region.width * width, region.height * height) <= Math.min(width, height)) {
        expect(columns.from).toBeLessThanOrEqual(region.x * width + 1e-6);
        expect(columns.from + columns.length).toBeGreaterThanOrEqual(
          (region.x + region.width) * width - 1e-6,
        );
        expect(rows.from).toBeLessThanOrEqual(region.y * height + 1e-6);
      }
    }),
  );
});

it('the whole picture is cropped as any photo', () => {
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  expect(squareAround(whole, 400, 300)).toEqual(centreCrop(400, 300));
  expect(squareAround(whole, 301, 400)).toEqual(centreCrop(301, 400));
});
