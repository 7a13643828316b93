import { contentNode, copyNode } from './decision.ts';
import type { DecisionBook } from './decision-book.ts';
import { type KeepRule, type PhotoFacts, rankByRules } from './keep-rules.ts';
import { decidedRemovals, type Member, type Removal } from './removals.ts';

export interface PlannedRemoval extends Removal {
  /** Decided one by one, proposed by the rules, or decided by them in an earlier run: of equal bytes that came in again. */
  readonly by: 'person' | 'rules' | 'earlier';
}

/** Which photos of a group are one picture and neither decided on nor kept apart: rules may choose among them. */
export interface OpenGroup {
  readonly photos: readonly number[];
  /** Of these, such as the person keeps whatever the rules say. */
  readonly stays: readonly number[];
}

/** What applying would do. */
export interface RemovalPlan {
  readonly removals: readonly PlannedRemoval[];
  /** Such as would go, and stay as nothing that stays shows all that they stand for: see [Note: Heirs]. */
  readonly held: readonly Removal[];
}

/**
 * What applying would do: what the person decided, and what the rules make of groups that are still open. In every open
 * group one photo stays, so does every photo of a reference folder, see [Note: One always stays].
 *
 * @param members all photos of every content that occurs
 * @param rules null: only what was decided
 * @param mayTake whether the second photo may go for the sake of the first
 */
export function planRemovals(
  members: readonly Member[],
  groups: readonly OpenGroup[],
  book: DecisionBook,
  rules: readonly KeepRule[] | null,
  factsOf: (photo: number) => PhotoFacts,
  mayTake: (kept: number, photo: number) => boolean,
): RemovalPlan {
  const removals: PlannedRemoval[] = [];
  const held: Removal[] = [];
  const decided = decidedRemovals(members, book);
  const byPhoto = new Map(members.map((member) => [member.photo, member]));
  for (const removal of decided) {
    const member = byPhoto.get(removal.photo)!;
    const isEarlier = book.goesByRules(contentNode(member)) || book.goesByRules(copyNode(member));
    if (mayTake(removal.keptFor, removal.photo))
      removals.push({ ...removal, by: isEarlier ? 'earlier' : 'person' });
    else held.push(removal);
  }
  if (rules === null) return { removals, held };
  // The rules leave alone what the person decided about, also where that is held.
  const leaves = new Set(decided.map(({ photo }) => photo));
  const mustStay = new Set(removals.map(({ keptFor }) => keptFor));
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
      if (!mayTake(kept, photo)) {
        held.push({ photo, keptFor: kept });
        continue;
      }
      removals.push({ photo, keptFor: kept, by: 'rules' });
      leaves.add(photo);
    }
    mustStay.add(kept);
  }
  // What another list removes is not held.
  const gone = new Set(removals.map(({ photo }) => photo));
  return { removals, held: held.filter(({ photo }) => !gone.has(photo)) };
}
