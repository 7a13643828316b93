import { expect, test } from 'vitest';
import { nearestPoint, pointAtThreshold } from './nearest-point.ts';

test('a press on a chart means the point nearest to it', () => {
  expect(nearestPoint([0, 0.5, 1], [1, 0.8, 0.1], { x: 0.6, y: 0.7 })).toBe(1);
  expect(nearestPoint([0, 0.5, 1], [1, 0.8, 0.1], { x: 0.9, y: 0 })).toBe(2);
  expect(nearestPoint([0, Number.NaN], [1, 0.5], { x: 0.5, y: 0.5 })).toBe(0);
  expect(nearestPoint([], [], { x: 0, y: 0 })).toBe(-1);
});

test('a threshold is at the last point that it lets in', () => {
  const thresholds = [Number.POSITIVE_INFINITY, 0.9, 0.5, 0.2];
  expect(pointAtThreshold(thresholds, 0.95)).toBe(0);
  expect(pointAtThreshold(thresholds, 0.9)).toBe(1);
  expect(pointAtThreshold(thresholds, 0.4)).toBe(2);
  expect(pointAtThreshold(thresholds, 0)).toBe(3);
});
