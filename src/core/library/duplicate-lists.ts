import { groupPairs, type ScoredPairs } from '../dedup/group-pairs.ts';
import { decidedRemovals, type Member, type Removal } from '../dedup/removals.ts';
import { splitOffFrom } from '../dedup/split-off.ts';
import { isOfCopies, leastScore, type Tier } from '../dedup/tiers.ts';
import type { Catalogue } from './catalogue.ts';
import type { DecidedDuplicates } from './decided-duplicates.ts';
import { type ContentsAsPhotos, contentsAsPhotos, exactGroups, presentPhotosOf } from './duplicate-groups.ts';
import type { ScopeTest } from './duplicate-scope.ts';
import type { DuplicateSearch } from './duplicate-search.ts';
import type { SplitOffPhoto, WhyApart } from './duplicate-view.ts';
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
    if (tier === 'exact') return exactGroups(this.#catalogue, this.#decided, scope);
    const { pairs, shownTogether, isApart } = this.#pairs(tier, removals, scope);
    return groupPairs(pairs, leastScore(tier, sensitivity), isApart)
      .map(shownTogether)
      .filter(scope.isWanted);
  }

  /** What matches a part of a group and is not in it, and why: see [Note: Groups by verified pairs]. */
  splitOff(
    tier: Tier,
    sensitivity: number,
    removals: readonly Removal[],
    scope: ScopeTest,
    group: readonly PhotoId[],
  ): SplitOffPhoto[] {
    if (tier === 'exact') return [];
    const { pairs, shown, isApart, isDecidedApart } = this.#pairs(tier, removals, scope);
    const { table } = this.#catalogue;
    const names = new Map<number, string>();
    for (const photo of group) {
      const content = table.contentOf(photo);
      if (content !== null) names.set(content, table.name(photo));
    }
    const found = splitOffFrom([...names.keys()], pairs, leastScore(tier, sensitivity), isApart);
    return found.map(({ other, matches, differsFrom }) => ({
      photo: shown(other),
      name: table.name(shown(other)),
      matches: matches.map((content) => names.get(content)!),
      differsFrom: differsFrom.map((content) => ({
        name: names.get(content)!,
        ...(isDecidedApart(content, other)
          ? ({ why: 'decided' } as const)
          : this.#whyNot(tier, content as ContentId, other as ContentId)),
      })),
    }));
  }

  #whyNot(tier: Tier, a: ContentId, b: ContentId): WhyApart {
    const pair = this.#search.pairOf(a, b);
    // Pairs of the lists for browsing that are no copies are different pictures.
    if (pair === null || (isOfCopies(tier) && !isOfCopies(pair.tier))) return { why: 'different' };
    return pair.tier === tier ? { why: 'less-alike', score: pair.score } : { why: 'listed', tier: pair.tier };
  }

  #pairs(
    tier: Tier,
    removals: readonly Removal[],
    scope: ScopeTest,
  ): ContentsAsPhotos & { readonly pairs: ScoredPairs } {
    const known = new Map<ContentId, PhotoId[]>();
    const photosOf = (content: ContentId) => {
      const photos = known.get(content) ?? presentPhotosOf(this.#catalogue, content).filter(scope.includes);
      known.set(content, photos);
      return photos;
    };
    const isThere = (content: ContentId) => photosOf(content).length > 0;
    const leaving = new Set(removals.map(({ photo }) => photo));
    return {
      pairs: this.#search.pairs(tier, (a, b) => isThere(a) && isThere(b)),
      ...contentsAsPhotos(photosOf, this.#decided, (photo) => leaving.has(photo), scope),
    };
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
