import type { Decision } from './decision.ts';

/** Decisions that contradict each other: while they stand, none of their photos is removed on their account. */
export interface Conflict {
  /**
   * `circle`: each is to be kept for the other. `same-and-kept-apart`: one picture by some decisions, versions to keep
   * or unrelated by another. `versions-and-unrelated`: versions of one picture by some, unrelated by another.
   */
  readonly kind: 'circle' | 'same-and-kept-apart' | 'versions-and-unrelated';
  /** Numbers of the decisions, ascending. */
  readonly decisions: readonly number[];
}

interface Involved {
  readonly kind: Conflict['kind'];
  /** Sets of photos that are one picture. */
  readonly sets: Set<string>;
  readonly numbers: Set<number>;
}

/** Conflicts as they are found: those of one kind about one set are one. Time and room grow with the decisions only. */
export class ConflictList {
  readonly #found = new Map<string, Involved>();
  readonly #setOf: (node: string) => string;
  readonly #decisions: readonly { number: number; kind: Decision['kind']; nodes: readonly string[] }[];

  /** @param setOf the set of a photo: all that are one picture with it */
  constructor(
    setOf: (node: string) => string,
    decisions: readonly { number: number; kind: Decision['kind']; nodes: readonly string[] }[],
  ) {
    this.#setOf = setOf;
    this.#decisions = decisions;
  }

  /**
   * @param about what those of its kind that hang together have in common
   * @param nodes photos that contradict each other
   * @param numbers of the decisions that say so, beside those that made the sets
   */
  add(kind: Conflict['kind'], about: string, nodes: readonly string[], numbers: readonly number[]): void {
    const key = `${kind} ${about}`;
    const one = this.#found.get(key) ?? { kind, sets: new Set(), numbers: new Set() };
    this.#found.set(key, one);
    for (const node of nodes) one.sets.add(this.#setOf(node));
    for (const number of numbers) one.numbers.add(number);
  }

  list(): Conflict[] {
    const bySet = new Map<string, Involved[]>();
    for (const one of this.#found.values()) {
      for (const set of one.sets) {
        const others = bySet.get(set);
        if (others === undefined) bySet.set(set, [one]);
        else others.push(one);
      }
    }
    for (const { number, kind, nodes } of this.#decisions) {
      for (const set of new Set(nodes.map((node) => this.#setOf(node)))) {
        for (const one of bySet.get(set) ?? []) if (hasPart(one.kind, kind)) one.numbers.add(number);
      }
    }
    return [...this.#found.values()].map(({ kind, numbers }) => ({
      kind,
      decisions: [...numbers].sort((a, b) => a - b),
    }));
  }
}

/** Whether decisions of a kind make what a conflict is about. */
function hasPart(conflict: Conflict['kind'], kind: Decision['kind']): boolean {
  return conflict === 'versions-and-unrelated' ? kind !== 'not-related' : kind === 'keep';
}

/**
 * Nodes that are reached from themselves, one of each circle at least, found in one walk.
 *
 * @param above edges of a graph
 */
export function inCircles(above: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  /** True: on the way at present. False: left behind, no circle leads through it that was not seen. */
  const seen = new Map<string, boolean>();
  for (const start of above.keys()) {
    if (seen.has(start)) continue;
    const way = [{ node: start, next: 0 }];
    seen.set(start, true);
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const up = above.get(at.node)?.[at.next++];
      if (up === undefined) {
        seen.set(at.node, false);
        way.pop();
      } else if (!seen.has(up)) {
        seen.set(up, true);
        way.push({ node: up, next: 0 });
      } else if (seen.get(up) === true) {
        found.push(up);
      }
    }
  }
  return found;
}
