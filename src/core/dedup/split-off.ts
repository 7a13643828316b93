import { pairKey, type ScoredPairs } from './group-pairs.ts';

/** Something that matches a part of a group, and is not in it, since it does not match all: see [Note: Groups by verified pairs]. */
export interface SplitOff {
  readonly other: number;
  /** Members of the group that it matches, and those that it does not, each in the group's order. */
  readonly matches: readonly number[];
  readonly differsFrom: readonly number[];
}

/**
 * What was split off from a group: the other ends of chains that lead out of it.
 *
 * @param pairs, minimum, isApart as of `groupPairs`, which made the group
 * @returns in order of the number
 */
export function splitOffFrom(
  group: readonly number[],
  { first, second, scores }: ScoredPairs,
  minimum: number,
  isApart: (a: number, b: number) => boolean = () => false,
): SplitOff[] {
  const members = new Set(group);
  const others = new Set<number>();
  const held = new Set<number>();
  for (let n = 0; n < first.length; n++) {
    const [a, b] = [first[n]!, second[n]!];
    if (members.has(a) === members.has(b) || scores[n]! < minimum || isApart(a, b)) continue;
    others.add(members.has(a) ? b : a);
    held.add(pairKey(a, b));
  }
  return [...others]
    .sort((a, b) => a - b)
    .map((other) => ({
      other,
      matches: group.filter((member) => held.has(pairKey(member, other))),
      differsFrom: group.filter((member) => !held.has(pairKey(member, other))),
    }));
}
