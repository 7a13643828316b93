import { expect, it } from 'vitest';
import { colourScore, layoutScore, mixedCutOff, mixedScore, typeScore } from './part-scores.ts';

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

it('likeness ends where content alone has it, and in mixes where all else is no more than chance', () => {
  expect(mixedCutOff(0.6, { content: 100, type: 0, colour: 0, layout: 0 })).toBeCloseTo(0.6);
  const weights = { content: 25, type: 0, colour: 65, layout: 10 };
  const end = 100 * mixedCutOff(0.6, weights);
  expect(mixedScore({ content: 60, type: 0, colour: 90, layout: 80 }, weights)).toBeGreaterThan(end);
  expect(mixedScore({ content: 60, type: 0, colour: 5, layout: 20 }, weights)).toBeLessThan(end);
});

it('mixes the parts by their weights', () => {
  const parts = { content: 80, type: 0, colour: 40, layout: 100 };
  expect(mixedScore(parts, { content: 100, type: 0, colour: 0, layout: 0 })).toBe(80);
  expect(mixedScore(parts, { content: 50, type: 0, colour: 50, layout: 0 })).toBe(60);
  expect(mixedScore(parts, { content: 0, type: 0, colour: 0, layout: 0 })).toBe(80);
});
