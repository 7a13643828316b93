import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TaughtHead } from '../learning/head.ts';
import type { LabelNumber } from '../tagging/label.ts';
import { type HeadLabel, scoreOf } from './head-labels.ts';

const share = fc.float({ min: 0, max: 1, noNaN: true });
const threshold = fc.option(fc.float({ min: Math.fround(1e-6), max: 1, noNaN: true }));

/** Two outputs that count for one label, its own first. */
function merged(own: number | null, other: number | null) {
  const head = { thresholds: [own, other] } as Partial<TaughtHead> as TaughtHead;
  const label: HeadLabel = { label: 1 as LabelNumber, outputs: [0, 1], threshold: own ?? other };
  return (scores: readonly number[]) => ({ score: scoreOf(label, head, scores), threshold: label.threshold });
}

it('a merged label is given exactly where one of both was, on the scale of its own threshold, in 32 bits too', () => {
  fc.assert(
    fc.property(share, share, threshold, threshold, (a, b, own, other) => {
      const { score, threshold: there } = merged(own, other)([a, b]);
      const wasGiven = (own !== null && a >= own) || (other !== null && b >= other);
      if (there === null) expect(score).toBe(Math.max(a, b));
      else {
        expect(score >= there).toBe(wasGiven);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        if (!wasGiven) expect(Math.fround(score) < Math.fround(there)).toBe(true);
      }
    }),
  );
});

it('a higher score of the label that went never makes a lower one of the label that stays', () => {
  fc.assert(
    fc.property(share, share, share, threshold, threshold, (a, low, high, own, other) => {
      const of = merged(own, other);
      const [lower, higher] = [Math.min(low, high), Math.max(low, high)];
      expect(of([a, higher]).score).toBeGreaterThanOrEqual(of([a, lower]).score);
    }),
  );
});

it('where only one of both has a score, that one counts', () => {
  const of = merged(0.5, 0.4);
  expect(of([Number.NaN, 0.4]).score).toBe(0.5);
  expect(of([0.7, Number.NaN]).score).toBe(0.7);
  expect(of([Number.NaN, Number.NaN]).score).toBeNaN();
});
