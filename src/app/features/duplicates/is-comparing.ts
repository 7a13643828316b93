import type { Tier } from '../../../core/dedup/tiers.ts';
import type { DuplicateSearchStatus } from '../../../core/library/duplicate-search.ts';

/** Whether groups of a tier may still come: equal files are known at once, all else only once photos are compared. */
export function isComparing(tier: Tier, { state, done, total }: DuplicateSearchStatus): boolean {
  return tier !== 'exact' && state !== 'off' && state !== 'done' && done < total;
}
