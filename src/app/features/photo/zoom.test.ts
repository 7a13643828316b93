import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actualScale,
  clampZoom,
  fitZoom,
  frameOf,
  panBy,
  pinch,
  swipeOf,
  wheelScale,
  type Zoom,
  zoomTo,
} from './zoom.ts';

const picture = { width: 4000, height: 3000 };
const stage = { width: 1000, height: 600 };
const frame = frameOf(picture, stage, 1);

const anyScale = fc.double({ min: 0.01, max: 50, noNaN: true });
const anyOffset = fc.double({ min: -5000, max: 5000, noNaN: true });
const anyPoint = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -300, max: 300, noNaN: true }),
});
const anyZoom: fc.Arbitrary<Zoom> = fc
  .record({ scale: anyScale, x: anyOffset, y: anyOffset })
  .map((zoom) => clampZoom(zoom, frame));

/** The place in the picture (share of its size from its centre) that is under a point of the stage. */
function under(zoom: Zoom, point: { x: number; y: number }) {
  return {
    x: (point.x - zoom.x) / (frame.fitted.width * zoom.scale),
    y: (point.y - zoom.y) / (frame.fitted.height * zoom.scale),
  };
}

describe('frameOf', () => {
  it('fits the picture into the stage and keeps its shape', () => {
    expect(frame.fitted).toEqual({ width: 800, height: 600 });
    expect(actualScale(frame, picture, 1)).toBe(5);
    expect(frame.maxScale).toBe(20);
  });

  it('shows small pictures pixel by pixel, and enlarges them only when asked', () => {
    const icon = { width: 64, height: 48 };
    expect(frameOf(icon, stage, 1)).toEqual({ stage, fitted: icon, maxScale: 4 });
    const dense = frameOf(icon, stage, 2);
    expect(dense.fitted).toEqual({ width: 32, height: 24 });
    expect(actualScale(dense, icon, 2)).toBe(1);
  });

  it('survives a picture or a stage without size', () => {
    const empty = frameOf({ width: 0, height: 0 }, { width: 0, height: 0 }, 1);
    expect(clampZoom({ scale: 3, x: 9, y: 9 }, empty)).toEqual({ scale: 3, x: 0, y: 0 });
  });
});

describe('clampZoom', () => {
  it('never leaves a gap at a side where the picture is larger than the stage', () => {
    fc.assert(
      fc.property(anyZoom, (zoom) => {
        const width = frame.fitted.width * zoom.scale;
        if (width >= stage.width) {
          expect(zoom.x - width / 2).toBeLessThanOrEqual(-stage.width / 2 + 1e-6);
          expect(zoom.x + width / 2).toBeGreaterThanOrEqual(stage.width / 2 - 1e-6);
        } else {
          expect(zoom.x).toBeCloseTo(0);
        }
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyZoom, (zoom) => {
        expect(clampZoom(zoom, frame)).toEqual(zoom);
      }),
    );
  });
});

describe('zoomTo', () => {
  it('keeps what is under the pointer there when no bound is in the way', () => {
    const point = { x: 120, y: -80 };
    const start = zoomTo(fitZoom, 4, { x: 0, y: 0 }, frame);
    const zoomed = zoomTo(start, 6, point, frame);
    expect(under(zoomed, point).x).toBeCloseTo(under(start, point).x);
    expect(under(zoomed, point).y).toBeCloseTo(under(start, point).y);
  });

  it('comes back to the fitted picture whatever happened', () => {
    fc.assert(
      fc.property(anyZoom, anyPoint, (zoom, point) => {
        const back = zoomTo(zoom, 0.2, point, frame);
        expect(back.scale).toBe(1);
        expect(back.x).toBeCloseTo(0);
        expect(back.y).toBeCloseTo(0);
      }),
    );
  });
});

it('a drag moves the picture, as far as it reaches', () => {
  const zoomed = zoomTo(fitZoom, 2, { x: 0, y: 0 }, frame);
  expect(panBy(zoomed, 50, 10, frame)).toEqual({ scale: 2, x: 50, y: 10 });
  expect(panBy(zoomed, 9999, 0, frame).x).toBe(300);
  expect(panBy(fitZoom, 50, 50, frame)).toEqual(fitZoom);
});

it('a pinch keeps both fingers where they are in the picture', () => {
  const start = zoomTo(fitZoom, 3, { x: 0, y: 0 }, frame);
  const before = [
    { x: -100, y: 0 },
    { x: 100, y: 0 },
  ] as const;
  const after = [
    { x: -130, y: 20 },
    { x: 170, y: 20 },
  ] as const;
  const pinched = pinch(start, before, after, frame);
  expect(pinched.scale).toBeCloseTo(4.5);
  for (const finger of [0, 1] as const) {
    expect(under(pinched, after[finger]).x).toBeCloseTo(under(start, before[finger]).x);
  }
});

it('the wheel zooms in when turned away, and out by the same when turned back', () => {
  expect(wheelScale(2, -100)).toBeGreaterThan(2);
  expect(wheelScale(wheelScale(2, -100), 100)).toBeCloseTo(2);
  expect(wheelScale(1, -10_000)).toBeLessThan(2);
});

it('takes quick or far sideways drags as a swipe, others not', () => {
  expect(swipeOf(-80, 5, 100, 400)).toBe(1);
  expect(swipeOf(80, 5, 100, 400)).toBe(-1);
  expect(swipeOf(-80, 5, 2000, 400)).toBe(0);
  expect(swipeOf(-180, 5, 2000, 400)).toBe(1);
  expect(swipeOf(-80, 90, 100, 400)).toBe(0);
});
