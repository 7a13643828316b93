import { type Decision, nodesOf } from './decision.ts';
import { DisjointSets } from './disjoint-sets.ts';

/** What is known of two: `better`: the first is kept for the second. `same`: one picture, but which is better is open. */
export type Relation = 'better' | 'worse' | 'same' | 'alternates' | 'not-related';

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

/**
 * [Note: Inferred decisions]
 * All decisions together, and what follows from them. One picture is one picture: A kept for B and B kept for C say that
 * A is kept for C. Versions of one picture are versions of each other, and so are all that are one picture with them.
 * What is not related to one of them is related to none. Made anew from the list whenever that changes.
 */
export class DecisionBook {
  readonly #above = new Map<string, string[]>();
  readonly #same = new DisjointSets();
  readonly #versions = new DisjointSets();
  /** Sets of versions that are not related, both ways. */
  readonly #unrelated = new Map<string, Set<string>>();
  readonly #conflicting = new Set<string>();
  readonly #mentioned = new Set<string>();
  readonly conflicts: readonly Conflict[];

  constructor(decisions: Iterable<Decision>) {
    const all = [...decisions].map(({ number, kind, photos }) => ({ number, kind, nodes: nodesOf(photos) }));
    for (const { nodes } of all) for (const node of nodes) this.#mentioned.add(node);
    const ofKind = (kind: Decision['kind']) => all.filter((decision) => decision.kind === kind);
    for (const { nodes } of ofKind('keep')) {
      const [kept, ...others] = nodes;
      for (const other of others) {
        this.#above.set(other, [...(this.#above.get(other) ?? []), kept!]);
        this.#same.join(kept!, other);
        this.#versions.join(kept!, other);
      }
    }
    const conflicts = [...this.#circles(ofKind('keep'))];
    const isSame = (nodes: readonly string[]) =>
      new Set(nodes.map((node) => this.#same.find(node))).size < nodes.length;
    for (const { number, kind, nodes } of all) {
      if (kind === 'keep' || !isSame(nodes)) continue;
      conflicts.push(this.#conflict('same-and-kept-apart', nodes, number, ofKind('keep')));
    }
    for (const { nodes } of ofKind('alternates')) {
      for (const node of nodes) this.#versions.join(nodes[0]!, node);
    }
    for (const { number, nodes } of ofKind('not-related')) {
      const sets = nodes.map((node) => this.#versions.find(node));
      if (new Set(sets).size < sets.length && !isSame(nodes)) {
        const others = all.filter(({ kind }) => kind !== 'not-related');
        conflicts.push(this.#conflict('versions-and-unrelated', nodes, number, others));
      }
      for (const a of sets) {
        const apart = this.#unrelated.get(a) ?? new Set();
        this.#unrelated.set(a, apart);
        for (const b of sets) if (a !== b) apart.add(b);
      }
    }
    this.conflicts = conflicts;
  }

  /** Whether any decision names it. */
  mentions(node: string): boolean {
    return this.#mentioned.has(node);
  }

  relation(a: string, b: string): Relation | null {
    if (this.#same.find(a) === this.#same.find(b)) {
      if (this.isConflicting(a)) return 'same';
      if (this.above(b).has(a)) return 'better';
      return this.above(a).has(b) ? 'worse' : 'same';
    }
    const [versionsA, versionsB] = [this.#versions.find(a), this.#versions.find(b)];
    if (this.#unrelated.get(versionsA)?.has(versionsB)) return 'not-related';
    return versionsA === versionsB ? 'alternates' : null;
  }

  /** All that are kept for it, directly or by what follows; never itself. */
  above(node: string): Set<string> {
    const found = new Set<string>();
    const waiting = [node];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const up of this.#above.get(at) ?? []) {
        if (up === node || found.has(up)) continue;
        found.add(up);
        waiting.push(up);
      }
    }
    return found;
  }

  /** Part of a contradiction: nothing about it is to be acted on. */
  isConflicting(node: string): boolean {
    return this.#conflicting.has(this.#same.find(node));
  }

  *#circles(keeps: readonly { number: number; nodes: readonly string[] }[]): Generator<Conflict> {
    const done = new Set<string>();
    for (const { nodes } of keeps) {
      const kept = nodes[0]!;
      const set = this.#same.find(kept);
      if (done.has(set)) continue;
      const above = this.above(kept);
      const circle = nodes.slice(1).some((other) => above.has(other));
      if (!circle) continue;
      done.add(set);
      this.#conflicting.add(set);
      const decisions = keeps.filter((keep) => this.#same.find(keep.nodes[0]!) === set);
      yield { kind: 'circle', decisions: decisions.map(({ number }) => number) };
    }
  }

  /** @param others decisions that may have made one of the nodes */
  #conflict(
    kind: Conflict['kind'],
    nodes: readonly string[],
    number: number,
    others: readonly { number: number; nodes: readonly string[] }[],
  ): Conflict {
    const sets = new Set(nodes.map((node) => this.#same.find(node)));
    for (const set of sets) this.#conflicting.add(set);
    const involved = others.filter((other) => other.nodes.some((node) => sets.has(this.#same.find(node))));
    const numbers = new Set([number, ...involved.map((other) => other.number)]);
    return { kind, decisions: [...numbers].sort((a, b) => a - b) };
  }
}
