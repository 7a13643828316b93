import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../vector/dot.ts';
import { FlatIndex } from './flat-index.ts';
import { allowRow } from './vector-index.ts';

const dim = 5;
const vector = fc
  .float32Array({ min: -1, max: 1, noNaN: true, minLength: dim, maxLength: dim })
  .filter((components) => components.some((x) => Math.abs(x) > 0.01))
  .map((components) => normalise(components));
const row = fc.oneof(fc.nat(20), fc.integer({ min: 4090, max: 4100 }), fc.constant(20_000));
const steps = fc.array(fc.oneof(fc.tuple(row, vector), fc.tuple(row, fc.constant(null))), { maxLength: 40 });

describe('the flat index', () => {
  it('finds what sorting all cosines finds, additions, replacements and removals considered', () => {
    fc.assert(
      fc.property(steps, vector, fc.nat(12), fc.array(row), (changes, query, k, rows) => {
        const index = new FlatIndex(dim);
        const plain = new Map<number, Float32Array>();
        for (const [at, components] of changes) {
          if (components === null) {
            index.remove(at);
            plain.delete(at);
          } else {
            index.add(at, components);
            plain.set(at, components);
          }
        }
        expect(index.size).toBe(plain.size);
        const cosine = (a: Float32Array) => a.reduce((sum, x, i) => sum + x * query[i]!, 0);
        const allowed = new Uint32Array(700);
        for (const at of rows) allowRow(allowed, at);
        const found = index.search(query, k, { allowed });
        const expected = [...plain]
          .filter(([at]) => rows.includes(at))
          .map(([, components]) => cosine(components))
          .sort((a, b) => b - a)
          .slice(0, k);
        expect(found.ids).toHaveLength(expected.length);
        for (const [i, score] of expected.entries()) expect(found.scores[i]).toBeCloseTo(score, 5);
        for (const at of found.ids) expect(rows).toContain(at);
        const [at, components] = [...plain][0] ?? [];
        if (at !== undefined) expect(index.get(at)).toEqual(components);
      }),
    );
  });

  it('keeps scores from the least one on and never tells more than 1', () => {
    const index = new FlatIndex(3);
    index.add(1, Float32Array.of(1, 0, 0));
    index.add(2, Float32Array.of(0, 1, 0));
    const query = normalise(Float32Array.of(1, 0, 0));
    expect([...index.search(query, 9, { minimumScore: 0.5 }).ids]).toEqual([1]);
    expect(index.search(query, 9).scores[0]).toBe(1);
  });

  it('refuses vectors of another length', () => {
    const index = new FlatIndex(3);
    expect(() => index.add(0, new Float32Array(2))).toThrow(/2 components; the index has 3/);
    expect(() => index.search(new Float32Array(4), 1)).toThrow(/4 components; the index has 3/);
  });
});
