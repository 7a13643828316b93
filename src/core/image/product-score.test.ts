import { expect, it } from 'vitest';
import { colourLikeness, productCutOff, productScore } from './product-score.ts';

it('colours count for a product, not at all, or decide whether it is one', () => {
  const [same, other] = [0.004, 0.12];
  expect(productScore(0.8, same, 'counts')).toBeGreaterThan(productScore(0.85, other, 'counts'));
  expect(productScore(0.8, other, 'ignored')).toBe(0.8);
  expect(productScore(0.9, other, 'required')).toBe(0);
  expect(productScore(0.9, same, 'required')).toBe(productScore(0.9, same, 'counts'));
  expect(productScore(-0.2, null, 'ignored')).toBe(0);
  expect(productScore(1, 0, 'counts')).toBe(1);
  expect([colourLikeness(0), colourLikeness(9)].map((one) => Math.round(one))).toEqual([1, 0]);
});

it('likeness ends where it does for vectors, and sooner for things of other colours', () => {
  expect(productCutOff(0.6, 'ignored')).toBe(0.6);
  const end = productCutOff(0.6, 'counts');
  expect(productScore(0.6, null, 'counts')).toBe(end);
  expect(productScore(0.65, 0.2, 'counts')).toBeLessThan(end);
  expect(productScore(0.55, 0.005, 'counts')).toBeGreaterThan(end);
});
