import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupPairs, pairKey, type ScoredPairs } from './group-pairs.ts';

function pairs(...list: [number, number, number][]): ScoredPairs {
  return {
    first: list.map(([a]) => a),
    second: list.map(([, b]) => b),
    scores: list.map(([, , score]) => score),
  };
}

const someDistance = fc.integer({ min: 0, max: 100 }).map((score) => score / 100);
const somePairs = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.nat(30), someDistance), { selector: ([a, b]) => pairKey(a, b) })
  .map((list) => pairs(...list.filter(([a, b]) => a !== b)));

describe('groups by verified pairs', () => {
  it('joins what is alike in all pairs', () => {
    expect(groupPairs(pairs([1, 2, 0.9], [2, 3, 0.8], [1, 3, 0.8]), 0.5)).toEqual([[1, 2, 3]]);
  });

  it('splits a chain whose ends were not verified, at its weaker link', () => {
    expect(groupPairs(pairs([1, 2, 0.8], [2, 3, 0.9]), 0.5)).toEqual([[2, 3]]);
    expect(groupPairs(pairs([1, 2, 0.9], [2, 3, 0.8], [3, 4, 0.9]), 0.5)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('splits when the minimum rises, without other pairs', () => {
    const three = pairs([1, 2, 0.9], [2, 3, 0.6], [1, 3, 0.7]);
    expect(groupPairs(three, 0.5)).toEqual([[1, 2, 3]]);
    expect(groupPairs(three, 0.8)).toEqual([[1, 2]]);
  });

  it('keeps apart what is to be kept apart', () => {
    const three = pairs([1, 2, 0.9], [2, 3, 0.8], [1, 3, 0.7]);
    expect(groupPairs(three, 0.5, (a, b) => pairKey(a, b) === pairKey(1, 2))).toEqual([[2, 3]]);
  });

  it('has each number in one group at most, with every pair of a group among those given', () => {
    fc.assert(
      fc.property(somePairs, someDistance, (given, minimum) => {
        const held = new Set<number>();
        for (let n = 0; n < given.first.length; n++) {
          if (given.scores[n]! >= minimum) held.add(pairKey(given.first[n]!, given.second[n]!));
        }
        const groups = groupPairs(given, minimum);
        const members = groups.flat();
        expect(new Set(members).size).toBe(members.length);
        for (const group of groups) {
          for (const [n, a] of group.entries()) {
            for (const b of group.slice(n + 1)) expect(held.has(pairKey(a, b))).toBe(true);
          }
        }
      }),
    );
  });

  it('does not depend on the order of pairs, and pairs elsewhere change nothing', () => {
    fc.assert(
      fc.property(somePairs, somePairs, (given, elsewhere) => {
        const groups = groupPairs(given, 0.3);
        const all = {
          first: [...Array.from(elsewhere.first, (a) => a + 100), ...Array.from(given.first).reverse()],
          second: [...Array.from(elsewhere.second, (b) => b + 100), ...Array.from(given.second).reverse()],
          scores: [...Array.from(elsewhere.scores), ...Array.from(given.scores).reverse()],
        };
        expect(groupPairs(all, 0.3).filter(([first]) => first! < 100)).toEqual(groups);
      }),
    );
  });
});
