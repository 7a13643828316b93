import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitted, panBy, zoomBy } from './use-locked-zoom.ts';

const part = fc.float({ min: -0.5, max: 0.5, noNaN: true });

describe('the zoom that pictures of a group share', () => {
  it('keeps what is under the pointer', () => {
    fc.assert(
      fc.property(part, part, fc.float({ min: 1, max: 3, noNaN: true }), (x, y, factor) => {
        const before = zoomBy(fitted, 2);
        const after = zoomBy(before, factor, x, y);
        // The place of the picture that lies at (x, y), before and after.
        expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 5);
        expect((y - after.y) / after.scale).toBeCloseTo((y - before.y) / before.scale, 5);
      }),
    );
  });

  it('never leaves the frame empty, and fits again at scale 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, part, fc.float({ min: Math.fround(0.2), max: 4, noNaN: true }))),
        (steps) => {
          let zoom = fitted;
          for (const [x, y, factor] of steps) {
            zoom = panBy(zoomBy(zoom, factor, x, y), 3 * x, 3 * y);
            expect(Math.abs(zoom.x)).toBeLessThanOrEqual((zoom.scale - 1) / 2 + 1e-9);
            expect(zoom.scale).toBeGreaterThanOrEqual(1);
          }
          expect(zoomBy(zoom, 0.001)).toEqual({ scale: 1, x: expect.closeTo(0), y: expect.closeTo(0) });
        },
      ),
    );
  });
});
