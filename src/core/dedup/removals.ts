import { contentNode, copyNode, type PhotoKey } from './decision.ts';
import type { DecisionBook } from './decision-book.ts';

/** A photo that is there. */
export interface Member extends PhotoKey {
  readonly photo: number;
  /** Its photos are compared with, and never removed. */
  readonly isReference: boolean;
}

export interface Removal {
  readonly photo: number;
  /** A photo that stays, and for whose sake this one goes. */
  readonly keptFor: number;
}

/**
 * [Note: One always stays]
 * What the decisions come to for the photos that are there. A photo goes only for the sake of one that is there and
 * stays; what was to be kept but is gone meanwhile, or is part of a contradiction, takes nobody with it.
 *
 * @param members all photos of every content that occurs
 */
export function decidedRemovals(members: readonly Member[], book: DecisionBook): Removal[] {
  const contents = new Map<string, Member[]>();
  for (const member of members) {
    const node = contentNode(member);
    const of = contents.get(node);
    if (of === undefined) contents.set(node, [member]);
    else of.push(member);
  }
  const contentKeptFor = keptFor([...contents.keys()], book);
  const removals: Removal[] = [];
  const staysOf = new Map<string, number>();
  for (const [node, photos] of contents) {
    if (contentKeptFor.has(node)) continue;
    const copies = new Map(photos.map((member) => [copyNode(member), member]));
    const copyKeptFor = keptFor([...copies.keys()], book);
    for (const [copy, member] of copies) {
      const kept = copyKeptFor.get(copy);
      if (kept === undefined || member.isReference) staysOf.set(node, staysOf.get(node) ?? member.photo);
      else removals.push({ photo: member.photo, keptFor: copies.get(kept)!.photo });
    }
  }
  for (const [node, kept] of contentKeptFor) {
    for (const { photo, isReference } of contents.get(node)!) {
      if (!isReference) removals.push({ photo, keptFor: staysOf.get(kept)! });
    }
  }
  return removals;
}

/** Nodes that go, with one that stays; only such as are there count. */
function keptFor(present: readonly string[], book: DecisionBook): Map<string, string> {
  const stays = new StaysFor(new Set(present), book);
  const found = new Map<string, string>();
  for (const node of present) {
    if (!book.mentions(node) || book.isConflicting(node)) continue;
    const kept = stays.of(node);
    if (kept !== null) found.set(node, kept);
  }
  return found;
}

/** For whose sake each node goes. Each is looked at once, however long the chains are. */
class StaysFor {
  readonly #there: ReadonlySet<string>;
  readonly #book: DecisionBook;
  /** Null: nothing that is there is kept for it. */
  readonly #known = new Map<string, string | null>();

  constructor(there: ReadonlySet<string>, book: DecisionBook) {
    this.#there = there;
    this.#book = book;
  }

  /** One that is there, is kept for it, and for which nothing is kept that is there. No part of a circle. */
  of(node: string): string | null {
    const way = [node];
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const above = this.#book.directlyAbove(at);
      const next = this.#known.has(at) ? undefined : above.find((up) => !this.#known.has(up));
      if (next !== undefined) {
        way.push(next);
        continue;
      }
      way.pop();
      if (!this.#known.has(at)) this.#known.set(at, this.#top(above));
    }
    return this.#known.get(node)!;
  }

  #top(above: readonly string[]): string | null {
    for (const up of above) {
      const top = this.#known.get(up) ?? (this.#there.has(up) ? up : null);
      if (top !== null) return top;
    }
    return null;
  }
}
