import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopK } from './top-k.ts';

function bySorting(scores: readonly number[], k: number): [number, number][] {
  return scores
    .map((score, id): [number, number] => [id, score])
    .filter(([, score]) => !Number.isNaN(score))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, k);
}

/** Few distinct values, so that ties are common. */
const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: false }));

describe('TopK', () => {
  it('keeps what sorting everything would keep, ties by lower id', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), fc.nat(12), (scores, k) => {
        const top = new TopK(k);
        scores.forEach((value, id) => {
          top.push(id, value);
        });
        const { ids, scores: kept } = top.sorted();
        expect([...ids].map((id, n) => [id, kept[n]! + 0])).toEqual(
          bySorting(scores, k).map(([id, value]) => [id, value + 0]),
        );
      }),
    );
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 }),
        fc.nat(8),
        (scores, k) => {
          const forwards = new TopK(k);
          const backwards = new TopK(k);
          for (let i = 0; i < scores.length; i++) forwards.push(i, scores[i]!);
          for (let i = scores.length - 1; i >= 0; i--) backwards.push(i, scores[i]!);
          expect(backwards.sorted()).toEqual(forwards.sorted());
        },
      ),
    );
  });

  it('tells the bar that a score has to reach', () => {
    const top = new TopK(2);
    expect(top.bar).toBe(Number.NEGATIVE_INFINITY);
    top.push(1, 0.5);
    top.push(2, 0.9);
    expect(top.bar).toBe(0.5);
    top.push(3, 0.7);
    expect(top.bar).toBe(0.7);
    expect([...top.sorted().ids]).toEqual([2, 3]);
    expect(top.size).toBe(0);
  });

  it('keeps nothing when asked for nothing, and refuses sizes that are not counts', () => {
    const none = new TopK(0);
    none.push(1, 1);
    expect(none.sorted().ids.length).toBe(0);
    expect(() => new TopK(1.5)).toThrow(RangeError);
    expect(() => new TopK(-1)).toThrow(RangeError);
  });
});
