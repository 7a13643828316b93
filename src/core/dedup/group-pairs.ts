/** Pairs of numbered things and how alike each is, in any order; a pair is given once. */
export interface ScoredPairs {
  /** [pairs] below 2^26. */
  readonly first: ArrayLike<number>;
  /** [pairs] below 2^26. */
  readonly second: ArrayLike<number>;
  /** [pairs] 0..1. */
  readonly scores: ArrayLike<number>;
}

/** A pair as one number below 2^52. */
const pairBase = 2 ** 26;

export function pairKey(a: number, b: number): number {
  return a < b ? a * pairBase + b : b * pairBase + a;
}

/**
 * [Note: Groups by verified pairs]
 * Complete linkage: every two members of a group are a pair that was verified and scores at least `minimum`. A chain
 * A-B-C whose ends differ is therefore split, at its weaker link: pairs are joined best first, and two groups only if
 * all their cross pairs hold. Whatever is grouped depends on nothing but the pairs that hang together with it, so a
 * photo that comes or goes changes no other group.
 *
 * @param isApart pairs that are not to meet, whatever they score
 * @returns groups of two or more, members ascending, in order of the smallest member
 */
export function groupPairs(
  { first, second, scores }: ScoredPairs,
  minimum: number,
  isApart: (a: number, b: number) => boolean = () => false,
): number[][] {
  const order: number[] = [];
  const held = new Set<number>();
  for (let n = 0; n < first.length; n++) {
    const [a, b] = [first[n]!, second[n]!];
    if (scores[n]! < minimum || a === b || isApart(a, b)) continue;
    held.add(pairKey(a, b));
    order.push(n);
  }
  // Ties by number: the same pairs give the same groups, in whatever order they were found.
  order.sort(
    (m, n) => scores[n]! - scores[m]! || pairKey(first[m]!, second[m]!) - pairKey(first[n]!, second[n]!),
  );
  const groupOf = new Map<number, number[]>();
  const own = (member: number) => groupOf.get(member) ?? [member];
  for (const n of order) {
    const [a, b] = [own(first[n]!), own(second[n]!)];
    if (a === b || !a.every((x) => b.every((y) => held.has(pairKey(x, y))))) continue;
    const joined = [...a, ...b];
    for (const member of joined) groupOf.set(member, joined);
  }
  const groups = [...new Set(groupOf.values())];
  for (const group of groups) group.sort((a, b) => a - b);
  return groups.sort((a, b) => a[0]! - b[0]!);
}
