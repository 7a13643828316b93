import { decidedRemovals, type Member, type Removal } from '../dedup/removals.ts';
import { leastScore, type Tier } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { exactGroups, pairGroups, presentPhotosOf } from './duplicate-groups.ts';
import type { ScopeTest } from './duplicate-scope.ts';
import type { DuplicateSearch } from './duplicate-search.ts';
import type { ContentId, PhotoId } from './photo.ts';

/** The groups of each tier as they are now, and what the decisions come to, within a scope. */
export class DuplicateLists {
  readonly #catalogue: Catalogue;
  readonly #decided: DecidedDuplicates;
  readonly #search: DuplicateSearch;

  constructor(catalogue: Catalogue, decided: DecidedDuplicates, search: DuplicateSearch) {
    this.#catalogue = catalogue;
    this.#decided = decided;
    this.#search = search;
  }

  groups(tier: Tier, sensitivity: number, removals: readonly Removal[], scope: ScopeTest): PhotoId[][] {
    const catalogue = this.#catalogue;
    if (tier === 'exact') return exactGroups(catalogue, this.#decided, scope);
    const known = new Map<ContentId, PhotoId[]>();
    const photosOf = (content: ContentId) => {
      const photos = known.get(content) ?? presentPhotosOf(catalogue, content).filter(scope.includes);
      known.set(content, photos);
      return photos;
    };
    const isThere = (content: ContentId) => photosOf(content).length > 0;
    const pairs = this.#search.pairs(tier, (a, b) => isThere(a) && isThere(b));
    const leaving = new Set(removals.map(({ photo }) => photo));
    const minimum = leastScore(tier, sensitivity);
    return pairGroups(photosOf, pairs, minimum, this.#decided, (photo) => leaving.has(photo), scope);
  }

  /** Photos that were decided to go. */
  removals(scope: ScopeTest): Removal[] {
    return decidedRemovals(this.members(scope), this.#decided.book);
  }

  /** The photos that decisions speak of. */
  members({ isReference }: ScopeTest): Member[] {
    return this.#decided.members((photo) => isReference(photo as PhotoId));
  }
}
