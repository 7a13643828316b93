import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TopK } from '../vector/top-k.ts';
import { clusteredVectors } from './clustered-vectors.ts';
import { ExactTail } from './exact-tail.ts';
import { FlatIndex } from './flat-index.ts';

const dim = 24;
const pool = clusteredVectors({ count: 400, dims: dim, seed: 31 });
const vectorOf = (n: number) => pool.subarray(n * dim, (n + 1) * dim);

it('answers exactly as the flat index does, after any adds, replacements and removals', () => {
  const change = fc.record({ add: fc.boolean(), id: fc.nat(120), from: fc.nat(399) });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 200 }),
      fc.nat(399),
      fc.integer({ min: 1, max: 20 }),
      (changes, q, k) => {
        const tail = new ExactTail(dim, 8);
        const flat = new FlatIndex(dim);
        for (const { add, id, from } of changes) {
          if (add) {
            tail.add(id, vectorOf(from));
            flat.add(id, vectorOf(from));
          } else {
            expect(tail.remove(id)).toBe(flat.get(id) !== null);
            flat.remove(id);
          }
        }
        const top = new TopK(k);
        tail.search(vectorOf(q), top, null, Number.NEGATIVE_INFINITY);
        const { ids, scores } = top.sorted();
        const truth = flat.search(vectorOf(q), k);
        expect(tail.count).toBe(flat.size);
        expect([...ids]).toEqual([...truth.ids]);
        scores.forEach((score, n) => {
          expect(score).toBeCloseTo(truth.scores[n]!, 6);
        });
      },
    ),
    { numRuns: 60 },
  );
});
