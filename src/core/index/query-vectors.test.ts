import { expect, it } from 'vitest';
import { weightedQuery } from './query-vectors.ts';

const x = Float32Array.of(1, 0);
const y = Float32Array.of(0, 1);

it('points between what is wanted and away from what is not', () => {
  const [a, b] = weightedQuery([
    { vector: x, weight: 1 },
    { vector: y, weight: -0.5 },
  ])!;
  expect(a).toBeCloseTo(2 / Math.sqrt(5), 6);
  expect(b).toBeCloseTo(-1 / Math.sqrt(5), 6);
});

it('is nothing when all cancels out', () => {
  expect(
    weightedQuery([
      { vector: x, weight: 1 },
      { vector: x, weight: -1 },
    ]),
  ).toBeNull();
});

it('refuses no vectors, unequal lengths and weights that are no numbers', () => {
  expect(() => weightedQuery([])).toThrow(/no vectors/);
  expect(() =>
    weightedQuery([
      { vector: x, weight: 1 },
      { vector: new Float32Array(3), weight: 1 },
    ]),
  ).toThrow(/2 and 3 components/);
  expect(() => weightedQuery([{ vector: x, weight: Number.NaN }])).toThrow(/weight of NaN/);
});
