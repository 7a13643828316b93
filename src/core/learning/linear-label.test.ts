import { expect, test } from 'vitest';
import type { TaughtHead } from './head.ts';
import { linearLabel } from './linear-label.ts';

const head: TaughtHead = {
  version: 1,
  backbone: { id: 'test', version: '1' },
  dims: 2,
  groups: [
    { name: 'kind', activation: 'softmax', labels: ['cat', 'dog', 'owl'] },
    { name: 'sharp', activation: 'sigmoid', labels: ['sharp'] },
  ],
  weights: Float32Array.of(1, 0, 0, 1, 2, 3, -1, 5),
  bias: Float32Array.of(0.5, 1, 2, -4),
  calibration: { scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] },
  thresholds: [null, null, null, 0.75],
  refusal: null,
};

test('a label on its own is its logit against its threshold; a class is what it has beyond its rivals', () => {
  const sharp = linearLabel(head, 'sharp')!;
  expect([...sharp.weights, sharp.bias]).toEqual([-1, 5, -4]);
  expect(sharp.threshold).toBeCloseTo(Math.log(3), 12);
  const dog = linearLabel(head, 'dog')!;
  expect([...dog.weights, dog.bias, dog.threshold]).toEqual([-1.5, -0.5, -0.25, 0]);
  // Of all classes together nothing speaks for any.
  const all = ['cat', 'dog', 'owl'].map((label) => linearLabel(head, label)!);
  expect(all.reduce((sum, { bias }) => sum + bias, 0)).toBeCloseTo(0, 9);
  expect(linearLabel(head, 'wolf')).toBeNull();
});
