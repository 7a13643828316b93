import { describe, expect, it } from 'vitest';
import { dot } from '../vector/dot.ts';
import { nearestRows } from './all-pairs.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { listRows, moreRows, type RowLists } from './row-lists.ts';
import { runSteps } from './run-steps.ts';
import { signCodes } from './sign-codes.ts';

const dims = 32;
const options = { minimumScore: 0.9, most: 400, nprobe: 8 };

function sourceOf(vectors: Float32Array, count: number) {
  return {
    count,
    // Ids need not be the rows.
    id: (row: number) => 7 + row,
    read: (first: number, many: number, out: Float32Array) =>
      out.set(vectors.subarray(first * dims, (first + many) * dims)),
  };
}

/** Pairs of different rows of at least 0.9, as 'smaller larger'. */
function pairsByBruteForce(vectors: Float32Array, count: number): Set<string> {
  const pairs = new Set<string>();
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (dot(vectors, vectors, dims, a * dims, b * dims) >= 0.9) pairs.add(`${a} ${b}`);
    }
  }
  return pairs;
}

function pairsOf(asked: ArrayLike<number>, near: ReturnType<typeof askAll>): Set<string> {
  const pairs = new Set<string>();
  for (let n = 0; n < asked.length; n++) {
    for (let at = near.starts[n]!; at < near.starts[n + 1]!; at++) {
      const [a, b] = [asked[n]!, near.rows[at]!];
      pairs.add(a < b ? `${a} ${b}` : `${b} ${a}`);
    }
  }
  return pairs;
}

/** As if more were asked about: above 4,096 rows there are lists then. */
function listsOf(vectors: Float32Array, count: number): RowLists {
  return runSteps(listRows(sourceOf(vectors, count), dims, 20_000));
}

function askAll(vectors: Float32Array, count: number, asked: number[], lists = listsOf(vectors, count)) {
  const source = sourceOf(vectors, count);
  return runSteps(nearestRows(source, dims, signCodes(source, dims), lists, asked, options));
}

const rows = (count: number) => Array.from({ length: count }, (_, row) => row);

describe('nearest rows of many', () => {
  it('without lists: exactly those of at least the least score, nearest first, never the row itself', () => {
    const count = 900;
    const vectors = clusteredVectors({ count, dims, seed: 15, spread: 0.3, clusters: 300 });
    const truth = pairsByBruteForce(vectors, count);
    expect(truth.size).toBeGreaterThan(200);
    const near = askAll(vectors, count, rows(count));
    const found = pairsOf(rows(count), near);
    // What is at the bar may fall on either side of it.
    for (const pair of [...found, ...truth]) {
      if (found.has(pair) && truth.has(pair)) continue;
      const [a, b] = pair.split(' ').map(Number);
      expect(dot(vectors, vectors, dims, a! * dims, b! * dims)).toBeCloseTo(0.9, 3);
    }
    for (let n = 0; n < count; n++) {
      const scores = near.scores.subarray(near.starts[n]!, near.starts[n + 1]!);
      expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
      expect(near.rows.subarray(near.starts[n]!, near.starts[n + 1]!)).not.toContain(n);
    }
  });

  it('by lists: nearly all', () => {
    const count = 5000;
    const vectors = clusteredVectors({ count, dims, seed: 16, spread: 0.3, clusters: 1500 });
    const truth = pairsByBruteForce(vectors, count);
    const lists = listsOf(vectors, count);
    // As they were learned, and with rows that came since.
    const grown = moreRows(listsOf(vectors, 4300), sourceOf(vectors, count), dims, 20_000);
    for (const one of [lists, grown]) {
      expect(one.count).toBeGreaterThan(1);
      expect([...one.inOrder].sort((a, b) => a - b)).toEqual(rows(count));
      const found = pairsOf(rows(count), askAll(vectors, count, rows(count), one));
      const hits = [...truth].filter((pair) => found.has(pair));
      expect(hits.length / truth.size).toBeGreaterThan(0.97);
      expect(found.size).toBeLessThan(truth.size * 1.01);
    }
    // Asked about few, it answers about these.
    const few = pairsOf([5, 4900], askAll(vectors, count, [5, 4900], lists));
    const expected = [...truth].filter((pair) =>
      pair.split(' ').some((row) => row === '5' || row === '4900'),
    );
    expect(few).toEqual(new Set(expected));
  });

  it('keeps the nearest where there are more', () => {
    const vectors = new Float32Array(20 * dims);
    for (let row = 0; row < 20; row++) {
      vectors[row * dims] = Math.cos(row / 50);
      vectors[row * dims + 1] = Math.sin(row / 50);
    }
    const source = sourceOf(vectors, 20);
    const lists = runSteps(listRows(source, dims));
    const { starts, rows: near } = runSteps(
      nearestRows(source, dims, signCodes(source, dims), lists, [0, 10], { ...options, most: 3 }),
    );
    expect([...starts]).toEqual([0, 3, 6]);
    expect([...near.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...near.subarray(3, 5)].sort()).toEqual([11, 9]);
  });
});
