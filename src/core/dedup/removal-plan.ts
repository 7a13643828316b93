import { contentNode, copyNode } from './decision.ts';
import type { DecisionBook } from './decision-book.ts';
import { type KeepRule, type PhotoFacts, rankByRules } from './keep-rules.ts';
import { decidedRemovals, type Member, type Removal } from './removals.ts';

export interface PlannedRemoval extends Removal {
  /** Decided one by one, or proposed by the rules. */
  readonly by: 'person' | 'rules';
}

/** Which photos of a group are one picture and neither decided on nor kept apart: rules may choose among them. */
export interface OpenGroup {
  readonly photos: readonly number[];
  /** Of these, such as the person keeps whatever the rules say. */
  readonly stays: readonly number[];
}

/**
 * What applying would do: what the person decided, and what the rules make of groups that are still open. In every open
 * group one photo stays, so does every photo of a reference folder, see [Note: One always stays].
 *
 * @param members all photos of every content that occurs
 * @param rules null: only what was decided
 */
export function planRemovals(
  members: readonly Member[],
  groups: readonly OpenGroup[],
  book: DecisionBook,
  rules: readonly KeepRule[] | null,
  factsOf: (photo: number) => PhotoFacts,
): PlannedRemoval[] {
  const plan: PlannedRemoval[] = decidedRemovals(members, book).map((removal) => ({
    ...removal,
    by: 'person',
  }));
  if (rules === null) return plan;
  const byPhoto = new Map(members.map((member) => [member.photo, member]));
  const leaves = new Set(plan.map(({ photo }) => photo));
  const mustStay = new Set(plan.map(({ keptFor }) => keptFor));
  for (const { photos, stays } of groups) {
    const open = photos.filter((photo) => {
      const member = byPhoto.get(photo);
      if (member === undefined || leaves.has(photo)) return false;
      // What contradicts itself is for the person to settle first.
      return !book.isConflicting(contentNode(member)) && !book.isConflicting(copyNode(member));
    });
    if (open.length < 2) continue;
    const isReference = (photo: number) => byPhoto.get(photo)!.isReference;
    const isChosen = (photo: number) => stays.includes(photo);
    const ranked = rankByRules(open.map(factsOf), rules).map(({ photo }) => photo);
    const kept = ranked.find(isReference) ?? ranked.find(isChosen) ?? ranked[0]!;
    for (const photo of ranked) {
      // One for whose sake another goes stays itself.
      if (photo === kept || isReference(photo) || isChosen(photo) || mustStay.has(photo)) continue;
      plan.push({ photo, keptFor: kept, by: 'rules' });
      leaves.add(photo);
    }
    mustStay.add(kept);
  }
  return plan;
}
