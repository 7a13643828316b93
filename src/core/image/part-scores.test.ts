import { expect, it } from 'vitest';
import { colourScore, layoutScore, mixedScore, typeScore } from './part-scores.ts';

const profile = (labels: number[], scores: number[]) => ({
  labels: Uint16Array.from(labels),
  scores: Uint8Array.from(scores),
});

it('gives 100 for what is the same, and less the farther it is', () => {
  const own = profile([1, 2], [200, 90]);
  expect([colourScore(0), layoutScore(0), typeScore(own, own)]).toEqual([100, 100, 100]);
  expect(colourScore(0.1)).toBeGreaterThan(colourScore(0.2));
  expect(layoutScore(0.9)).toBe(0);
  expect(typeScore(own, profile([1, 3], [100, 90]))).toBeCloseTo((100 * 100) / (200 + 90 + 90));
  expect(typeScore(own, null)).toBe(0);
});

it('mixes the parts by their weights', () => {
  const parts = { content: 80, type: 0, colour: 40, layout: 100 };
  expect(mixedScore(parts, { content: 100, type: 0, colour: 0, layout: 0 })).toBe(80);
  expect(mixedScore(parts, { content: 50, type: 0, colour: 50, layout: 0 })).toBe(60);
  expect(mixedScore(parts, { content: 0, type: 0, colour: 0, layout: 0 })).toBe(80);
});
