import { type Conflict, ConflictList, inCircles } from './conflicts.ts';
import type { ApartBy } from './copy-groups.ts';
import { type Decision, nodesOf } from './decision.ts';
import { DisjointSets } from './disjoint-sets.ts';

/** What is known of two: `better`: the first is kept for the second. `same`: one picture, but which is better is open. */
export type Relation = 'better' | 'worse' | 'same' | 'alternates' | 'not-related';

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
  /** By set of versions: decisions, by place in the list, that it is not related to the others of. */
  readonly #unrelated = new Map<string, Set<number>>();
  readonly #conflicting = new Set<string>();
  readonly #mentioned = new Set<string>();
  /** What is to go, as the person decided one by one, and as runs of the rules did. */
  readonly #goByPerson = new Set<string>();
  readonly #goByRules = new Set<string>();
  readonly conflicts: readonly Conflict[];

  constructor(decisions: Iterable<Decision>) {
    const all = [...decisions].map(({ number, kind, photos, run }) => ({
      number,
      kind,
      nodes: nodesOf(photos),
      go: run === null ? this.#goByPerson : this.#goByRules,
    }));
    const keeps = all.filter(({ kind }) => kind === 'keep');
    for (const { nodes } of all) for (const node of nodes) this.#mentioned.add(node);
    for (const { nodes, go } of keeps) {
      const [kept, ...others] = nodes;
      for (const other of others) {
        go.add(other);
        const above = this.#above.get(other);
        if (above === undefined) this.#above.set(other, [kept!]);
        else above.push(kept!);
        this.#same.join(kept!, other);
        this.#versions.join(kept!, other);
      }
    }
    const conflicts = new ConflictList((node) => this.#same.find(node), all);
    for (const node of inCircles(this.#above)) {
      this.#conflict([node]);
      conflicts.add('circle', this.#same.find(node), [node], []);
    }
    for (const { number, kind, nodes } of all) {
      const twice = kind === 'keep' ? null : repeated(nodes.map((node) => this.#same.find(node)));
      if (twice === null) continue;
      const involved = nodes.filter((node) => this.#same.find(node) === twice);
      this.#conflict(nodes);
      conflicts.add('same-and-kept-apart', twice, involved, [number]);
    }
    for (const { kind, nodes } of all) {
      if (kind === 'alternates') for (const node of nodes) this.#versions.join(nodes[0]!, node);
    }
    for (const [at, { number, kind, nodes }] of all.entries()) {
      if (kind !== 'not-related') continue;
      const sets = nodes.map((node) => this.#versions.find(node));
      const twice = repeated(sets);
      const isSame = repeated(nodes.map((node) => this.#same.find(node))) !== null;
      if (twice !== null && !isSame) {
        const involved = nodes.filter((node) => this.#versions.find(node) === twice);
        this.#conflict(nodes);
        conflicts.add('versions-and-unrelated', twice, involved, [number]);
      }
      // Not each with each: one decision may be about a hundred thousand photos.
      for (const set of sets) {
        const apart = this.#unrelated.get(set) ?? new Set();
        this.#unrelated.set(set, apart.add(at));
      }
    }
    this.conflicts = conflicts.list();
  }

  /** Whether any decision names it. */
  mentions(node: string): boolean {
    return this.#mentioned.has(node);
  }

  /** Whether it is to go as rules said in an earlier run, and nobody said so one by one. */
  goesByRules(node: string): boolean {
    return this.#goByRules.has(node) && !this.#goByPerson.has(node);
  }

  relation(a: string, b: string): Relation | null {
    if (this.#same.find(a) === this.#same.find(b)) {
      if (this.isConflicting(a)) return 'same';
      if (this.above(b).has(a)) return 'better';
      return this.above(a).has(b) ? 'worse' : 'same';
    }
    const [versionsA, versionsB] = [this.#versions.find(a), this.#versions.find(b)];
    if (versionsA === versionsB) return 'alternates';
    const [few, many] = [this.#unrelated.get(versionsA), this.#unrelated.get(versionsB)].sort(
      (x, y) => (x?.size ?? 0) - (y?.size ?? 0),
    );
    if (few === undefined || many === undefined) return null;
    for (const decision of few) if (many.has(decision)) return 'not-related';
    return null;
  }

  /** The same for many at once: what is `alternates` or `not-related` of each other has another value of some key. */
  apartBy(node: string): ApartBy | null {
    if (!this.mentions(node)) return null;
    const versions = this.#versions.find(node);
    const apart = new Map([[`versions ${versions}`, this.#same.find(node)]]);
    for (const decision of this.#unrelated.get(versions) ?? []) apart.set(`decision ${decision}`, versions);
    return apart;
  }

  /** What it was decided to go for, one decision each. */
  directlyAbove(node: string): readonly string[] {
    return this.#above.get(node) ?? [];
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

  #conflict(nodes: readonly string[]): void {
    for (const node of nodes) this.#conflicting.add(this.#same.find(node));
  }
}

/** The first of some texts that comes again; null: none does. */
function repeated(texts: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const text of texts) if (seen.size === seen.add(text).size) return text;
  return null;
}
