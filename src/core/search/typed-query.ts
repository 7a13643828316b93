import type { Label } from '../tagging/label.ts';
import type { Trait } from './alternative.ts';
import { foldName, type LabelNames } from './label-names.ts';
import { keyOf, type QueryKey } from './query-keys.ts';
import {
  afterNot,
  andSigns,
  andWords,
  boundWords,
  notWords,
  orSigns,
  orWords,
  throughWords,
} from './query-vocabulary.ts';
import { type QueryWord, queryWords } from './query-words.ts';
import { TypedClauses, type TypedConditions } from './typed-clauses.ts';
import { type DayRange, dayAfter, dayRangeOf } from './typed-dates.ts';
import { traitsOf } from './typed-traits.ts';

/** A part of a query that says something which the library does not have, or cannot be made out. */
export interface UnclearPart {
  readonly kind: 'tag' | 'set' | 'date';
  readonly text: string;
}

export interface TypedQuery {
  readonly conditions: TypedConditions;
  readonly unclear: readonly UnclearPart[];
}

export interface KnownWords {
  readonly labels: LabelNames;
  /** The person's label sets. */
  readonly sets: readonly { readonly id: number; readonly name: string }[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

const favouriteWords = new Set([
  ...['favourite', 'favorite', 'favourites', 'favorites', 'fav', 'favs', 'liked'],
  ...['收藏', '喜欢'],
]);
/** Words that say nothing before a tag or a date: `dogs in 2023`, `photos of cats`. */
const fillers = new Set(['in', 'on', 'at', 'of', 'from', 'with', 'during', 'the', 'a', 'an']);
const pictures = new Set(['photo', 'photos', 'picture', 'pictures', 'image', 'images']);

/**
 * Reads a query as people type it: `dog -cat beach 2024`, `folder:Japan "IMG 12"`, `cat or dog`, `猫 -狗 2024年5月`.
 * Words that are no tag, no date and no operator are looked for in file names. Never fails.
 */
export function parseTypedQuery(typed: string, known: KnownWords): TypedQuery {
  return new Reader(queryWords(typed), known).read();
}

class Reader {
  readonly #words: readonly QueryWord[];
  readonly #known: KnownWords;
  readonly #clauses = new TypedClauses();
  readonly #unclear: UnclearPart[] = [];
  /** What was just read: a term, which `or` may join another one to, or a part that is not clear. */
  #last: 'term' | 'unclear' | null = null;
  #or = false;
  #not = false;

  constructor(words: readonly QueryWord[], known: KnownWords) {
    this.#words = words;
    this.#known = known;
  }

  read(): TypedQuery {
    for (let at = 0; at < this.#words.length; ) at += this.#step(at);
    return { conditions: this.#clauses.conditions(), unclear: this.#unclear };
  }

  /** Reads from a word on; answers how many it took. */
  #step(at: number): number {
    const word = this.#words[at]!;
    if (word.key !== null) return this.#keyed(word);
    if (!word.quoted && !word.negated) {
      const operator = this.#operator(word.text.toLowerCase(), at);
      if (operator) return 1;
    }
    const labels = this.#labelsAt(at) ?? this.#prefixed(at);
    if (labels !== null) return labels;
    const bounded = this.#boundedAt(at);
    if (bounded !== null) {
      this.#dated(bounded.key, bounded.days, false);
      return bounded.words;
    }
    const days = word.quoted ? 0 : this.#daysAt(at, word.text, word.negated);
    if (days > 0) return days;
    if (!word.quoted && this.#joined(word.text, word.negated)) return 1;
    if (this.#isFiller(at)) return 1;
    if (word.text !== '') this.#add({ kind: 'name', text: word.text }, word.negated);
    return 1;
  }

  #operator(text: string, at: number): boolean {
    const isLast = at === this.#words.length - 1;
    if (notWords.has(text) && !isLast) this.#not = true;
    // At the end the other alternative is not typed yet.
    else if (orWords.has(text) && this.#last !== null) this.#or = this.#last === 'term';
    else return andWords.has(text) && at > 0 && !isLast;
    return true;
  }

  #keyed(word: QueryWord): number {
    const bare =
      keyOf(word.key!) === null ? afterNot(word.key!).find((one) => keyOf(one) !== null) : undefined;
    const key = keyOf(bare ?? word.key!);
    const { text } = word;
    const negated = word.negated || bare !== undefined;
    // A colon in a file name, perhaps.
    if (key === null) this.#add({ kind: 'name', text: `${word.key}:${text}` }, negated);
    // The value is not typed yet.
    else if (text === '') this.#ended(null);
    else if (key === 'folder') this.#add({ kind: 'folder', folder: text }, negated);
    else if (key === 'name') this.#add({ kind: 'name', text }, negated);
    else if (key === 'set') {
      const set = this.#known.sets.find(({ name }) => foldName(name) === foldName(text));
      if (set === undefined) this.#isUnclear({ kind: 'set', text });
      else this.#add({ kind: 'set', set: set.id }, negated);
    } else if (key === 'is') {
      if (favouriteWords.has(text.toLowerCase())) this.#add({ kind: 'favourites' }, negated);
      else this.#isUnclear({ kind: 'tag', text: `${word.key}:${text}` });
    } else if (key === 'tag') {
      const label = this.#known.labels.find(text);
      if (label === undefined) this.#isUnclear({ kind: 'tag', text });
      else this.#tag(label, negated, 1);
    } else {
      this.#dated(key, text, negated);
    }
    return 1;
  }

  #dated(key: DayKey, text: string, negated: boolean): void {
    const range = dayRangeOf(text, this.#known.today);
    let [from, to] = [range?.from ?? null, range?.to ?? null];
    // `before:2020` leaves all of 2020 out, `until:2020` none of it.
    if (key === 'before') [from, to] = [null, from === null ? null : dayAfter(from, -1)];
    else if (key === 'after') [from, to] = [to === null ? null : dayAfter(to, 1), null];
    else if (key === 'from') to = null;
    else if (key === 'to') from = null;
    if (from === null && to === null) this.#isUnclear({ kind: 'date', text });
    else this.#add({ kind: 'dates', from, to }, negated, boundOf[key]);
  }

  #labelsAt(at: number): number | null {
    const { labels } = this.#known;
    const word = this.#words[at]!;
    if (word.quoted) {
      const label = labels.find(word.text);
      return label === undefined ? null : this.#tag(label, word.negated, 1);
    }
    const following: string[] = [word.text];
    for (const next of this.#words.slice(at + 1)) {
      if (next.quoted || next.negated || next.key !== null) break;
      following.push(next.text);
    }
    const found = labels.findAtStart(following);
    if (found !== undefined) return this.#tag(found.label, word.negated, found.words);
    const run = labels.findRun(word.text);
    if (run === null) return null;
    const not = this.#not;
    for (const label of run) {
      this.#not = not;
      this.#tag(label, word.negated, 1);
    }
    return 1;
  }

  /** Chinese words of negation that stand directly before a tag or a date. */
  #prefixed(at: number): number | null {
    const { text, quoted, negated } = this.#words[at]!;
    if (quoted || negated) return null;
    for (const rest of afterNot(text)) {
      const label = this.#known.labels.find(rest);
      if (label !== undefined) return this.#tag(label, true, 1);
      const days = this.#daysAt(at, rest, true);
      if (days > 0) return days;
    }
    return null;
  }

  /** Days after a word that bounds them: `before 2020`, `since May 2024`; how many words that are. */
  #boundedAt(at: number): { readonly key: DayKey; readonly days: string; readonly words: number } | null {
    const word = this.#words[at];
    if (word === undefined || !isPlain(word) || !boundWords.has(word.text.toLowerCase())) return null;
    const following = this.#words.slice(at + 1, at + 4);
    const end = following.findIndex((one) => !isPlain(one));
    for (let count = end < 0 ? following.length : end; count > 0; count--) {
      const days = following
        .slice(0, count)
        .map(({ text }) => text)
        .join(' ');
      if (dayRangeOf(days, this.#known.today) !== null)
        return { key: keyOf(word.text.toLowerCase()) as DayKey, days, words: count + 1 };
    }
    return null;
  }

  /** Tags and dates that signs or Chinese words join to one word: `dog|cat`, `猫或狗`, `没有2023或2024`, `dog,cat`, `猫和狗`. */
  #joined(text: string, negated: boolean): boolean {
    for (const [rest, isNegated] of [
      [text, negated] as const,
      ...(negated ? [] : afterNot(text).map((one) => [one, true] as const)),
    ]) {
      for (const signs of [orSigns, andSigns]) {
        const traits = traitsOf(rest, signs, this.#known);
        if (traits === null || traits.length < 2) continue;
        const not = this.#not;
        for (const [n, trait] of traits.entries()) {
          if (signs === andSigns) this.#not = not;
          else if (n > 0) this.#or = true;
          this.#add(trait, isNegated && (n === 0 || signs === andSigns));
        }
        return true;
      }
    }
    return false;
  }

  /** Whether the word there only leads to a tag or a date. */
  #isFiller(at: number): boolean {
    const text = (n: number) => {
      const word = this.#words[n];
      return word !== undefined && isPlain(word) ? word.text.toLowerCase() : '';
    };
    if (!isPlain(this.#words[at]!)) return false;
    if (pictures.has(text(at)))
      return this.#boundedAt(at + 1) !== null || (fillers.has(text(at + 1)) && this.#isFiller(at + 1));
    if (!fillers.has(text(at))) return false;
    const next = text(at + 1);
    if (next === '') return false;
    if (fillers.has(next)) return this.#isFiller(at + 1);
    const days = [next, `${next} ${text(at + 2)}`, `${next} ${text(at + 2)} ${text(at + 3)}`];
    return (
      days.some((one) => dayRangeOf(one, this.#known.today) !== null) ||
      this.#known.labels.findAtStart([next, text(at + 2)]) !== undefined
    );
  }

  /** @param one the word there, without what negates it and the words that follow */
  #daysAt(at: number, one: string, negated: boolean): number {
    const [two, three] = this.#words.slice(at + 1, at + 3).map((word) => (isPlain(word) ? word.text : ''));
    const read = (text: string) => dayRangeOf(text, this.#known.today);
    const take = (days: DayRange, words: number) => {
      this.#add({ kind: 'dates', ...days }, negated);
      return words;
    };
    if (three && throughWords.has(two!.toLowerCase())) {
      const [first, last] = [read(one), read(three)];
      const isOpen = first?.from === null && last?.to === null;
      if (first !== null && last !== null && !isOpen) return take({ from: first.from, to: last.to }, 3);
    }
    const triple = three ? read(`${one} ${two} ${three}`) : null;
    if (triple !== null) return take(triple, 3);
    const pair = two ? read(`${one} ${two}`) : null;
    if (pair !== null) return take(pair, 2);
    const single = read(one);
    return single === null ? 0 : take(single, 1);
  }

  #tag({ id }: Label, negated: boolean, words: number): number {
    this.#add({ kind: 'tag', id }, negated);
    return words;
  }

  #add(trait: Trait, negated: boolean, bound: 'from' | 'to' | null = null): void {
    const isNot = negated !== this.#not;
    if (this.#or) this.#clauses.join(trait, isNot);
    else this.#clauses.add(trait, isNot, bound);
    this.#ended('term');
  }

  #isUnclear(part: UnclearPart): void {
    this.#unclear.push(part);
    this.#ended('unclear');
  }

  #ended(last: 'term' | 'unclear' | null): void {
    this.#last = last;
    this.#or = false;
    this.#not = false;
  }
}

type DayKey = Extract<QueryKey, keyof typeof boundOf>;

/** Which end of the days a key sets; null: both. */
const boundOf = { from: 'from', after: 'from', to: 'to', before: 'to', date: null } as const;

function isPlain(word: QueryWord): boolean {
  return !word.quoted && !word.negated && word.key === null;
}
