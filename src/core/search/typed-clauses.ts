import { type Alternative, formatAlternative, joinedAlternatives, type Trait } from './alternative.ts';
import { type Exclusion, joinedExclusions } from './exclusion.ts';
import { quoteWord } from './query-words.ts';
import type { DayRange } from './typed-dates.ts';

/** What a typed query asks for; labels by their text ids. All conditions hold together. */
export interface TypedConditions {
  /** As `PhotoQuery.text`: words of the file name or path, each of which must be there. */
  readonly text: string;
  /** Folders that hold the photo, or ''. */
  readonly folder: string;
  /** Label sets by number: only photos that carry a label of each. */
  readonly sets: readonly number[];
  /** Only photos that the person likes. */
  readonly favourites: boolean;
  readonly allOf: readonly string[];
  /** Alternatives: of each, at least one; two or more in each. */
  readonly anyOf: readonly (readonly string[])[];
  /** The same where they are not tags alone; the first one of each is not negated. */
  readonly either: readonly (readonly Alternative[])[];
  readonly noneOf: readonly string[];
  /** Days, YYYY-MM-DD, both included; null for open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly excluded: readonly Exclusion[];
}

/**
 * What a query was read to say so far, clause by clause: one term, or several that `or` joins.
 *
 * [Note: Or after not]
 * A negation holds for all that `or` joins to it: `-dog or cat`, `without dog or cat`, `没有狗或猫` want neither, as people
 * mean it. Only where the first term is wanted, the others stand for themselves: `dog or -cat`.
 */
export class TypedClauses {
  readonly #clauses: { readonly terms: Alternative[]; readonly bound: 'from' | 'to' | null }[] = [];

  /** @param bound of days that are open at the other end: another term may say that */
  add(trait: Trait, negated: boolean, bound: 'from' | 'to' | null = null): void {
    this.#clauses.push({ terms: [{ trait, negated }], bound });
  }

  /** As `add`, as an alternative to what was added last. */
  join(trait: Trait, negated: boolean): void {
    const last = this.#clauses.at(-1);
    if (last === undefined) this.add(trait, negated);
    else last.terms.push({ trait, negated: negated || last.terms[0]!.negated });
  }

  conditions(): TypedConditions {
    const [allOf, noneOf, sets] = [new Set<string>(), new Set<string>(), new Set<number>()];
    const texts: string[] = [];
    const anyOf: string[][] = [];
    const either: Alternative[][] = [];
    const excluded: Exclusion[] = [];
    let [folder, favourites] = ['', false];
    let days: DayRange = { from: null, to: null };
    const alone = ({ trait, negated }: Alternative, bound: 'from' | 'to' | null) => {
      if (trait.kind === 'tag') (negated ? noneOf : allOf).add(trait.id);
      else if (trait.kind === 'name') texts.push(`${negated ? '-' : ''}${quoteWord(trait.text)}`);
      else if (negated) excluded.push(trait);
      else if (trait.kind === 'folder') folder = trait.folder;
      else if (trait.kind === 'set') sets.add(trait.set);
      else if (trait.kind === 'favourites') favourites = true;
      else if (bound === null) days = { from: trait.from, to: trait.to };
      else days = { ...days, [bound]: trait[bound] };
    };
    for (const { terms, bound } of this.#clauses) {
      // `dog or dog` is no choice.
      const distinct = [...new Map(terms.map((term) => [formatAlternative(term), term])).values()];
      const tags = distinct.flatMap(({ trait, negated }) =>
        trait.kind === 'tag' && !negated ? trait.id : [],
      );
      if (distinct.length === 1 || distinct[0]!.negated) for (const term of distinct) alone(term, bound);
      else if (tags.length === distinct.length) anyOf.push(tags);
      else either.push(distinct);
    }
    return {
      text: texts.join(' '),
      folder,
      favourites,
      sets: [...sets],
      allOf: [...allOf],
      anyOf,
      either: joinedAlternatives(either),
      noneOf: [...noneOf],
      ...days,
      excluded: joinedExclusions(excluded),
    };
  }
}
