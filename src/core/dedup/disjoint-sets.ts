/** Sets of texts that are joined step by step (union-find); what was never joined is a set of its own. */
export class DisjointSets {
  readonly #parent = new Map<string, string>();

  /** The member that stands for its set. */
  find(member: string): string {
    let root = member;
    for (let up = this.#parent.get(root); up !== undefined; up = this.#parent.get(root)) root = up;
    // The next search is short.
    for (let at = member; at !== root; ) {
      const up = this.#parent.get(at)!;
      this.#parent.set(at, root);
      at = up;
    }
    return root;
  }

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA !== rootB) this.#parent.set(rootA, rootB);
  }
}
