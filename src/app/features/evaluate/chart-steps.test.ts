import { expect, it } from 'vitest';
import { pointsInOrder, steppedTo } from './chart-steps.ts';

it('goes from point to point by arrows, to the ends by Home and End, and not beyond', () => {
  expect(
    ['ArrowRight', 'ArrowLeft', 'PageUp', 'Home', 'End', 'a'].map((key) => steppedTo(key, 1, 5)),
  ).toEqual([2, 0, 4, 0, 4, null]);
  expect([steppedTo('ArrowRight', 4, 5), steppedTo('ArrowLeft', 0, 5), steppedTo('PageDown', 4, 5)]).toEqual([
    4, 0, 0,
  ]);
});

it('has points that are drawn and open photos, from left to right', () => {
  const x = [0, 0.9, 0.5, Number.NaN, 0.5];
  const y = [1, 0.2, 0.8, 0.5, 0.6];
  expect(pointsInOrder(x, y, (point) => point !== 0)).toEqual([4, 2, 1]);
});
