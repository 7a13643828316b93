import type {
  ApplyResult,
  DuplicateChoice,
  DuplicatePlan,
  DuplicatePlanRequest,
  DuplicateQuery,
  DuplicateUndo,
  DuplicateView,
} from '../core/library/duplicate-view.ts';

// What the library's core answers with is defined there; it is part of the protocol.
export type {
  ApplyResult,
  DuplicateChoice,
  DuplicatePlan,
  DuplicatePlanRequest,
  DuplicateQuery,
  DuplicateUndo,
  DuplicateView,
} from '../core/library/duplicate-view.ts';

/** The part of the library worker's verbs that is about duplicates. */
export interface DuplicatesApi {
  /** The groups of a tier, and what all tiers amount to. */
  duplicates(query: DuplicateQuery): Promise<DuplicateView>;
  /** The search for alike photos; what is found so far stays. */
  pauseDuplicates(): Promise<void>;
  resumeDuplicates(): Promise<void>;
  decideDuplicates(choice: DuplicateChoice): Promise<void>;
  /** Takes the last decision or the last application back, also after a restart; null if there was nothing. */
  undoDuplicates(): Promise<DuplicateUndo | null>;
  /** A dry run. */
  planDuplicates(request: DuplicatePlanRequest): Promise<DuplicatePlan>;
  /** Removes from the library; refused if the dry run of that fingerprint does not hold any more. */
  applyDuplicates(request: DuplicatePlanRequest, fingerprint: string): Promise<ApplyResult>;
}
