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
  const there = new Set(present);
  const found = new Map<string, string>();
  for (const node of present) {
    if (!book.mentions(node) || book.isConflicting(node)) continue;
    const above = [...book.above(node)].filter((other) => there.has(other));
    // Of those above it, one has nothing above itself that is there: there is no circle.
    const stays = above.find((other) => ![...book.above(other)].some((upper) => there.has(upper)));
    if (stays !== undefined) found.set(node, stays);
  }
  return found;
}
