import { expect, it } from 'vitest';
import { dot } from '../vector/dot.ts';
import { similarPairs } from './all-pairs.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { LiveIndex } from './live-index.ts';
import { runSteps } from './run-steps.ts';
import { buildAtOnce } from './sealed-part.ts';

const dim = 32;
const count = 900;
const vectors = clusteredVectors({ count, dims: dim, seed: 15, spread: 0.3, clusters: 300 });
const source = {
  count,
  id: (n: number) => n,
  read: (first: number, many: number, out: Float32Array) =>
    out.set(vectors.subarray(first * dim, (first + many) * dim)),
};

it('finds nearly all pairs above the least score, each once, in the sealed part and the tail', () => {
  const part = buildAtOnce('IVF16,PQ8c,Refine(SQ8)', { ...source, count: 800 }, dim, {
    codeSample: 500,
    codeIterations: 3,
  });
  const index = new LiveIndex(dim);
  index.adopt(part, part.alive);
  for (let n = 800; n < count; n++) index.add(n, vectors.subarray(n * dim, (n + 1) * dim));
  index.remove(5);
  const truth = new Set<string>();
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (a !== 5 && b !== 5 && dot(vectors, vectors, dim, a * dim, b * dim) >= 0.9) truth.add(`${a} ${b}`);
    }
  }
  const steps = similarPairs(index, source, { minimumScore: 0.9 });
  const { first, second, scores, crowded } = runSteps(steps);
  expect(crowded).toBe(0);
  const found = [...first].map((a, n) => `${a} ${second[n]}`);
  expect(new Set(found).size).toBe(found.length);
  expect(truth.size).toBeGreaterThan(200);
  let hits = 0;
  found.forEach((pair, n) => {
    expect(first[n]!).toBeLessThan(second[n]!);
    expect(scores[n]!).toBeGreaterThanOrEqual(0.9 - 1e-6);
    const exact = dot(vectors, vectors, dim, first[n]! * dim, second[n]! * dim);
    expect(Math.abs(exact - scores[n]!)).toBeLessThan(0.02);
    if (truth.has(pair)) hits++;
  });
  expect(hits / truth.size).toBeGreaterThan(0.97);
});

it('tells how many rows had more neighbours than it looked at', () => {
  const index = new LiveIndex(2);
  const equal = {
    count: 20,
    id: (n: number) => n,
    read: (_: number, many: number, out: Float32Array) => {
      for (let n = 0; n < many; n++) out.set([1, 0], n * 2);
    },
  };
  for (let n = 0; n < 20; n++) index.add(n, Float32Array.of(1, 0));
  expect(runSteps(similarPairs(index, equal, { minimumScore: 0.9, most: 5 })).crowded).toBe(20);
  expect(runSteps(similarPairs(index, equal, { minimumScore: 0.9 })).first.length).toBe(190);
});
