import { expect } from 'vitest';
import { dot } from '../vector/dot.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { IdBits } from './id-bits.ts';
import { LiveIndex } from './live-index.ts';
import { buildAtOnce } from './sealed-part.ts';
import type { VectorSource } from './trained-index.ts';

/** A small library for tests of the live index. */
export const dim = 32;
const pool = clusteredVectors({ count: 1000, dims: dim, seed: 9 });
export const vectorOf = (n: number) => pool.subarray((n % 1000) * dim, ((n % 1000) + 1) * dim);
export const factory = 'IVF8,PQ8c,Refine(SQ8)';
export const quick = { codeSample: 300, codeIterations: 2, listIterations: 3 };

export function sourceOf(rows: ReadonlyMap<number, Float32Array>): VectorSource {
  const entries = [...rows];
  return {
    count: entries.length,
    id: (n) => entries[n]![0],
    read: (first, count, out) => {
      for (let n = 0; n < count; n++) out.set(entries[first + n]![1], n * dim);
    },
  };
}

export const firstRows = new Map(Array.from({ length: 300 }, (_, n) => [n, vectorOf(n)]));
export const built = buildAtOnce(factory, sourceOf(firstRows), dim, quick);

/** A live index over rows 0..299, sealed. */
export function sealedIndex(): { index: LiveIndex; model: Map<number, Float32Array> } {
  const index = new LiveIndex(dim);
  const missing = index.adopt(
    { ...built, alive: new IdBits(built.alive.words) },
    new IdBits(built.alive.words),
  );
  expect(missing.length).toBe(0);
  return { index, model: new Map(firstRows) };
}

/** Every row of the model is found exactly once, with nearly its exact score, and nothing else. */
export function expectEqual(
  index: LiveIndex,
  model: ReadonlyMap<number, Float32Array>,
  query: Float32Array,
): void {
  expect(index.size).toBe(model.size);
  const { ids, scores } = index.search(query, 5000, { nprobe: 1000 });
  expect([...ids].sort((a, b) => a - b)).toEqual([...model.keys()].sort((a, b) => a - b));
  ids.forEach((id, n) => {
    expect(Math.abs(scores[n]! - dot(query, model.get(id)!))).toBeLessThan(0.02);
    if (n > 0) expect(scores[n]!).toBeLessThanOrEqual(scores[n - 1]!);
  });
}
