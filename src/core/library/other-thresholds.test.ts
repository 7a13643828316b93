import { expect, test } from 'vitest';
import type { LabelNumber } from '../tagging/label.ts';
import type { HeadLabel } from './head-labels.ts';
import { withOtherThresholds } from './other-thresholds.ts';
import type { StoredHead } from './teaching-ports.ts';

const stored = (head: object) => ({ set: 1, head }) as unknown as StoredHead;
const label = (number: number) => number as LabelNumber;
const known = (number: number, outputs: readonly number[], threshold: number | null): HeadLabel => ({
  label: label(number),
  outputs,
  threshold,
});

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
  const own = [known(7, [0], 0.5), known(8, [1], null), known(9, [2], 0.25)];
  const { head } = withOtherThresholds(before, own, { labels: wanted, leastProbability: 0.5 });
  expect(head.thresholds).toEqual([null, 0.75, 0.25]);
  expect(head.refusal).toBeNull();
  expect(before.head.thresholds).toEqual([0.5, null, 0.25]);
  expect(() => withOtherThresholds(before, own, { labels: new Map([[label(7), 1.5]]) })).toThrow('1.5');
});

test('what was learnt of labels that were merged into another follows it, each on its own scale', () => {
  const groups = [7, 8, 9].map((number) => ({
    name: `${number}`,
    activation: 'sigmoid',
    labels: [`${number}`],
  }));
  const before = stored({ groups, thresholds: [0.5, 0.25, null], refusal: null });
  const moved = (own: HeadLabel, to: number | null) =>
    withOtherThresholds(before, [own], { labels: new Map([[own.label, to]]) }).head.thresholds;
  const whole = known(7, [0, 1, 2], 0.5);
  expect(moved(whole, 0.75)).toEqual([0.75, 0.625, null]);
  expect(moved(whole, 0.25)).toEqual([0.25, 0.125, null]);
  expect(moved(whole, null)).toEqual([null, null, null]);
  // Added since the teaching, and known by what was merged into it.
  expect(moved(known(10, [0], 0.5), 0.75)).toEqual([0.75, 0.25, null]);
});

test('of classes only the least probability can be another', () => {
  const refusal = { minimumProbability: 0.5, maximumDistance: 1, references: new Float32Array(0) };
  const groups = [{ name: '', activation: 'softmax', labels: ['7', '8'] }];
  const before = stored({ groups, thresholds: [null, null], refusal });
  const own = [known(7, [0], null), known(8, [1], null)];
  const { head } = withOtherThresholds(before, own, {
    labels: new Map([[label(7), 0.5]]),
    leastProbability: 0.25,
  });
  expect(head.thresholds).toEqual([null, null]);
  expect(head.refusal).toEqual({ ...refusal, minimumProbability: 0.25 });
});
