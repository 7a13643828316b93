import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupPairs, pairKey, type ScoredPairs } from './group-pairs.ts';
import { splitOffFrom } from './split-off.ts';

function pairs(...list: [number, number, number][]): ScoredPairs {
  return {
    first: list.map(([a]) => a),
    second: list.map(([, b]) => b),
    scores: list.map(([, , score]) => score),
  };
}

describe('what was split off from a group', () => {
  it('is the other end of a chain, with what it matches and what it does not', () => {
    const chain = pairs([1, 2, 0.9], [2, 3, 0.8]);
    expect(groupPairs(chain, 0.5)).toEqual([[1, 2]]);
    expect(splitOffFrom([1, 2], chain, 0.5)).toEqual([{ other: 3, matches: [2], differsFrom: [1] }]);
    // A link that is too weak, or kept apart, is none.
    expect(splitOffFrom([1, 2], chain, 0.85)).toEqual([]);
    expect(splitOffFrom([1, 2], chain, 0.5, (a, b) => pairKey(a, b) === pairKey(2, 3))).toEqual([]);
  });

  it('may match all of a group, where it was joined with others before', () => {
    const given = pairs([1, 2, 0.8], [1, 3, 0.7], [2, 3, 0.7], [3, 4, 0.9]);
    expect(groupPairs(given, 0.5)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(splitOffFrom([1, 2], given, 0.5)).toEqual([{ other: 3, matches: [1, 2], differsFrom: [] }]);
  });

  it('is all that a group leaves over: every pair that holds lies in a group or is told', () => {
    const somePairs = fc
      .uniqueArray(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(10)), { selector: ([a, b]) => pairKey(a, b) })
      .map((list) =>
        pairs(
          ...list.filter(([a, b]) => a !== b).map(([a, b, s]) => [a, b, s / 10] as [number, number, number]),
        ),
      );
    fc.assert(
      fc.property(somePairs, (given) => {
        const groups = groupPairs(given, 0.4);
        const told = new Set(
          groups.flatMap((group) =>
            splitOffFrom(group, given, 0.4).flatMap(({ other, matches, differsFrom }) => {
              expect([...matches, ...differsFrom].sort((a, b) => a - b)).toEqual(group);
              return matches.map((member) => pairKey(member, other));
            }),
          ),
        );
        for (let n = 0; n < given.first.length; n++) {
          const [a, b] = [given.first[n]!, given.second[n]!];
          const isTogether = groups.some((group) => group.includes(a) && group.includes(b));
          expect(told.has(pairKey(a, b)) || isTogether).toBe(given.scores[n]! >= 0.4);
        }
      }),
    );
  });
});
