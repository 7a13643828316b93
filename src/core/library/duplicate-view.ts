import type { Conflict } from '../dedup/conflicts.ts';
import type { DecisionKind } from '../dedup/decision.ts';
import type { KeepRule } from '../dedup/keep-rules.ts';
import type { MergeChoices } from '../dedup/merge.ts';
import type { PlannedRemoval } from '../dedup/removal-plan.ts';
import type { DecidedTier, Tier } from '../dedup/tiers.ts';
import type { DuplicateScope } from './duplicate-scope.ts';
import type { PhotoId } from './photo.ts';

/** What a tier amounts to: groups that are not decided on. */
export interface TierCount {
  readonly groups: number;
  /** Of all photos of these groups but the largest of each. */
  readonly bytes: number;
}

/** What became of a photo of a group. */
export const memberStates = { open: 0, kept: 1, removed: 2 } as const;

export interface DuplicateQuery {
  readonly tier: Tier;
  /** 0 (surest pairs only) to 1 (all that were found). */
  readonly sensitivity: number;
  readonly scope: DuplicateScope;
}

/** The groups of one tier. */
export interface DuplicateView {
  readonly tier: Tier;
  readonly counts: Readonly<Record<Tier, TierCount>>;
  /** [groups + 1]: where each group's photos begin. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Photo ids, [starts.at(-1)]. */
  readonly photos: Uint32Array<ArrayBuffer>;
  /** `memberStates` of each. */
  readonly states: Uint8Array<ArrayBuffer>;
  readonly conflicts: readonly Conflict[];
  /** Photos of the reference folders of the scope; null: it names none. */
  readonly references: number | null;
  /** Photos that are decided to go, and their bytes: what applying without rules would remove. */
  readonly decided: { readonly photos: number; readonly bytes: number };
  /** What undoing would take back next; null if nothing. */
  readonly undo: DuplicateUndo | null;
  /** Work on files was cut off: `settleFiles` brings it to an end. */
  readonly cutOff: boolean;
  /** Photos that could not be taken back: another file is in their place, or their folder is gone. */
  readonly stuck: number;
}

/** A photo that matches a part of a group and is not in it, as it does not match all of them. */
export interface SplitOffPhoto {
  readonly photo: PhotoId;
  readonly name: string;
  /** Names of those of the group that it matches. */
  readonly matches: readonly string[];
  /** The others, and why each is none of them. */
  readonly differsFrom: readonly (WhyApart & { readonly name: string })[];
}

/**
 * Why two photos are not in one group: `different` pictures, as comparing them said; `less-alike` than the sensitivity
 * asks for; `listed` as a pair of another tier; `decided` to stay beside each other, or not to be related.
 */
export type WhyApart =
  | { readonly why: 'different' | 'decided' }
  | { readonly why: 'less-alike'; readonly score: number }
  | { readonly why: 'listed'; readonly tier: Tier };

export interface DuplicateUndo {
  readonly kind: DecisionKind | 'run' | 'import';
  /** Of an import: decisions. */
  readonly photos: number;
  /** Files that were deleted for good: of a run. */
  readonly deleted?: number;
  /** Of a run that was taken back: photos that are back without a file, which was taken away meanwhile. */
  readonly missing?: number;
  /** Of a run that was taken back: photos that stay removed, as their files could not be put back. */
  readonly left?: number;
}

/** What was applied and can be taken back. */
export interface AppliedRun {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Photos that it removed and that are still removed, and their bytes. */
  readonly photos: number;
  readonly bytes: number;
  /** What it did with their files. */
  readonly files: 'leave' | 'move' | 'delete';
  /** Of the photos, such as were deleted for good. */
  readonly deleted: number;
}

/** How work on files goes. */
export interface FileProgress {
  /** `look`: at files that are to be moved or deleted, before anything is done. */
  readonly kind: 'look' | 'move' | 'delete' | 'return';
  readonly done: number;
  readonly total: number;
}

/** A decision about photos of one group: of `keep` the first is kept. */
export interface DuplicateChoice {
  readonly kind: DecisionKind;
  readonly photos: readonly PhotoId[];
}

/** What to apply: what was decided and, with rules, what these make of the open groups of some tiers. */
export interface DuplicatePlanRequest {
  /** Null: only what was decided. */
  readonly rules: readonly KeepRule[] | null;
  readonly tiers: readonly DecidedTier[];
  /** As of `DuplicateQuery`. */
  readonly sensitivity: number;
  readonly scope: DuplicateScope;
  readonly merge: MergeChoices;
  /** Photos that stay whatever the rules say; where all others of a group go, they go for the sake of the first of them. */
  readonly stays: readonly PhotoId[];
}

export interface PlanEntry {
  readonly photo: PhotoId;
  readonly name: string;
  readonly path: string | null;
  readonly keptFor: PhotoId;
  readonly keptName: string;
  readonly bytes: number;
  readonly by: PlannedRemoval['by'];
}

/** A dry run: nothing was changed. */
export interface DuplicatePlan {
  readonly entries: readonly PlanEntry[];
  readonly bytes: number;
  /** Photos that would go but are the last to show what went for their sake before: see [Note: Heirs]. */
  readonly held: readonly { readonly name: string; readonly keptName: string }[];
  /** What it was made of: applying anything else is refused. */
  readonly fingerprint: string;
}

export type ApplyResult =
  | {
      readonly kind: 'applied';
      /** Number of it in the journal; null: there was nothing to do. */
      readonly run: number | null;
      readonly photos: number;
      readonly bytes: number;
    }
  /** Something changed since the dry run; nothing was done. */
  | { readonly kind: 'outdated' }
  /** The person stopped it while the files were looked at; nothing was done. */
  | { readonly kind: 'stopped' };
