import { expect, test } from 'vitest';
import type { LabelNumber } from '../tagging/label.ts';
import { withOtherThresholds } from './other-thresholds.ts';
import type { StoredHead } from './teaching-ports.ts';

const stored = (head: object) => ({ set: 1, head }) as unknown as StoredHead;
const label = (number: number) => number as LabelNumber;

test('labels count from other thresholds, those that are not named from their own', () => {
  const groups = [7, 8, 9].map((number) => ({
    name: `${number}`,
    activation: 'sigmoid',
    labels: [`${number}`],
  }));
  const before = stored({ groups, thresholds: [0.5, null, 0.25], refusal: null });
  const wanted = new Map([
    [label(7), null],
    [label(8), 0.75],
    [label(10), 0.1],
  ]);
  const { head } = withOtherThresholds(before, { labels: wanted, leastProbability: 0.5 });
  expect(head.thresholds).toEqual([null, 0.75, 0.25]);
  expect(head.refusal).toBeNull();
  expect(before.head.thresholds).toEqual([0.5, null, 0.25]);
  expect(() => withOtherThresholds(before, { labels: new Map([[label(7), 1.5]]) })).toThrow('1.5');
});

test('of classes only the least probability can be another', () => {
  const refusal = { minimumProbability: 0.5, maximumDistance: 1, references: new Float32Array(0) };
  const groups = [{ name: '', activation: 'softmax', labels: ['7', '8'] }];
  const before = stored({ groups, thresholds: [null, null], refusal });
  const { head } = withOtherThresholds(before, {
    labels: new Map([[label(7), 0.5]]),
    leastProbability: 0.25,
  });
  expect(head.thresholds).toEqual([null, null]);
  expect(head.refusal).toEqual({ ...refusal, minimumProbability: 0.25 });
});
