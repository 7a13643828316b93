import type { TeachReport } from '../learning/teach-report.ts';
import type { LeftOut } from '../learning/teachable.ts';
import type { TeachProgress } from '../learning/teaching.ts';

/** What is under way; null in the status: nothing. */
export interface TeachingStatus {
  readonly set: number;
  /** `score`: the head is taught, and the library is scored by it. */
  readonly phase: TeachProgress['phase'] | 'score';
  /** 0..1, of the phase. */
  readonly done: number;
}

/** A taught set, for the page. */
export interface TaughtSummary {
  readonly set: number;
  readonly version: number;
  readonly taughtAt: number;
  /** The model in use is another one: teach again. */
  readonly stale: boolean;
  /** The set has changed since: other labels, or it may not refuse any more. */
  readonly changed: boolean;
  /** Photos that are not labelled by it yet: that is under way, or was stopped. */
  readonly waiting: number;
  /** Photos of which it says 'none of these'; null: it never does. */
  readonly refused: number | null;
  /** Null for a head that was imported. */
  readonly report: TeachReport | null;
}

export type TeachAnswer =
  | { readonly kind: 'taught'; readonly report: TeachReport }
  | { readonly kind: 'refused'; readonly leftOut: readonly LeftOut[] }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' | 'no-model' | NothingToTeach };

export type NothingToTeach =
  | 'nothing-labelled'
  /** Photos are labelled, but none of them has been processed. */
  | 'not-processed'
  /** Of several, there is only one to choose. */
  | 'one-label'
  /** The person has set all of them apart. */
  | 'all-judge';
