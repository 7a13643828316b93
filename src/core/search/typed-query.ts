import type { Label } from '../tagging/label.ts';
import { type Exclusion, joinedExclusions } from './exclusion.ts';
import { foldName, type LabelNames } from './label-names.ts';
import { keyOf } from './query-keys.ts';
import { type QueryWord, queryWords, quoteWord } from './query-words.ts';
import { type DayRange, dayRangeOf } from './typed-dates.ts';

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
  readonly noneOf: readonly string[];
  /** Days, YYYY-MM-DD, both included; null for open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly excluded: readonly Exclusion[];
}

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

const orWords = new Set(['or', '|', '||', '｜', '或', '或者']);
const andWords = new Set(['and', '&', '+', '和', '且', '与']);
const notWords = new Set(['not', 'without', '不', '不要', '没有', '非']);
const favouriteWords = new Set(['favourite', 'favorite', 'favourites', 'favorites', 'liked', '收藏', '喜欢']);
const throughWords = new Set(['to', '-', '–', '—', '..', '到', '至']);

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
  readonly #allOf = new Set<string>();
  readonly #anyOf: Set<string>[] = [];
  readonly #noneOf = new Set<string>();
  readonly #texts: string[] = [];
  readonly #unclear: UnclearPart[] = [];
  #folder = '';
  #favourites = false;
  readonly #sets = new Set<number>();
  #days: DayRange = { from: null, to: null };
  readonly #excluded: Exclusion[] = [];
  /** The tag just read, when an `or` may follow it. */
  #last: string | null = null;
  /** The alternatives that it belongs to. */
  #group: Set<string> | null = null;
  #or = false;
  #not = false;

  constructor(words: readonly QueryWord[], known: KnownWords) {
    this.#words = words;
    this.#known = known;
  }

  read(): TypedQuery {
    for (let at = 0; at < this.#words.length; ) at += this.#step(at);
    // `dog or dog` is no choice.
    for (const [only, ...others] of this.#anyOf) if (others.length === 0) this.#allOf.add(only!);
    const conditions = {
      text: this.#texts.join(' '),
      folder: this.#folder,
      favourites: this.#favourites,
      sets: [...this.#sets],
      allOf: [...this.#allOf],
      anyOf: this.#anyOf.filter(({ size }) => size > 1).map((group) => [...group]),
      noneOf: [...this.#noneOf],
      ...this.#days,
      excluded: joinedExclusions(this.#excluded),
    };
    return { conditions, unclear: this.#unclear };
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
    const days = word.quoted ? 0 : this.#daysAt(at, word.text, word.negated);
    if (days > 0) return days;
    const negated = word.negated !== this.#not;
    if (word.text !== '') this.#texts.push(`${negated ? '-' : ''}${quoteWord(word.text)}`);
    this.#ended(null);
    return 1;
  }

  #operator(text: string, at: number): boolean {
    const isLast = at === this.#words.length - 1;
    if (notWords.has(text) && !isLast) this.#not = true;
    else if (orWords.has(text) && this.#last !== null && !isLast) this.#or = true;
    else return andWords.has(text) && at > 0 && !isLast;
    return true;
  }

  #keyed(word: QueryWord): number {
    const bare =
      keyOf(word.key!) === null ? afterNot(word.key!).find((one) => keyOf(one) !== null) : undefined;
    const key = keyOf(bare ?? word.key!);
    const { text } = word;
    const negated = (word.negated || bare !== undefined) !== this.#not;
    const minus = negated ? '-' : '';
    if (key === null) {
      // A colon in a file name, perhaps.
      this.#texts.push(`${minus}${quoteWord(`${word.key}:${text}`)}`);
    } else if (text === '') {
      // The value is not typed yet.
    } else if (key === 'folder') {
      if (negated) this.#excluded.push({ kind: 'folder', folder: text });
      else this.#folder = text;
    } else if (key === 'name') {
      this.#texts.push(`${minus}${quoteWord(text)}`);
    } else if (key === 'set') {
      const set = this.#known.sets.find(({ name }) => foldName(name) === foldName(text));
      if (set === undefined) this.#unclear.push({ kind: 'set', text });
      else if (negated) this.#excluded.push({ kind: 'set', set: set.id });
      else this.#sets.add(set.id);
    } else if (key === 'is') {
      if (!favouriteWords.has(text.toLowerCase()))
        this.#unclear.push({ kind: 'tag', text: `${word.key}:${text}` });
      else if (negated) this.#excluded.push({ kind: 'favourites' });
      else this.#favourites = true;
    } else if (key === 'tag') {
      const label = this.#known.labels.find(text);
      if (label === undefined) this.#unclear.push({ kind: 'tag', text });
      else return this.#tag(label, word.negated || bare !== undefined, 1);
    } else {
      this.#dated(key, text, negated);
    }
    this.#ended(null);
    return 1;
  }

  #dated(key: 'from' | 'to' | 'date', text: string, negated: boolean): void {
    const range = dayRangeOf(text, this.#known.today);
    const from = key === 'to' ? null : (range?.from ?? null);
    const to = key === 'from' ? null : (range?.to ?? null);
    if (from === null && to === null) this.#unclear.push({ kind: 'date', text });
    else if (negated) this.#excluded.push({ kind: 'dates', from, to });
    else if (key === 'from') this.#days = { ...this.#days, from };
    else if (key === 'to') this.#days = { ...this.#days, to };
    else this.#days = { from, to };
  }

  #labelsAt(at: number): number | null {
    const { labels } = this.#known;
    const word = this.#words[at]!;
    if (word.quoted) {
      const label = labels.find(word.text);
      return label === undefined ? null : this.#tag(label, word.negated, 1);
    }
    if (/[|｜]/.test(word.text)) {
      const parts = word.text.split(/[|｜]/).map((part) => labels.find(part));
      if (parts.some((part) => part === undefined)) return null;
      const not = this.#not;
      for (const [n, part] of parts.entries()) {
        this.#or = n > 0;
        this.#not = not;
        this.#tag(part!, word.negated, 1);
      }
      return 1;
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

  /** @param one the word there, without what negates it and the words that follow */
  #daysAt(at: number, one: string, negated: boolean): number {
    const [two, three] = this.#words.slice(at + 1, at + 3).map((word) => (isPlain(word) ? word.text : ''));
    const read = (text: string) => dayRangeOf(text, this.#known.today);
    const take = (days: DayRange, words: number) => {
      if (negated !== this.#not) this.#excluded.push({ kind: 'dates', ...days });
      else this.#days = days;
      this.#ended(null);
      return words;
    };
    if (three && throughWords.has(two!.toLowerCase())) {
      const [first, last] = [read(one), read(three)];
      const isOpen = first?.from === null && last?.to === null;
      if (first !== null && last !== null && !isOpen) return take({ from: first.from, to: last.to }, 3);
    }
    const pair = two ? read(`${one} ${two}`) : null;
    if (pair !== null) return take(pair, 2);
    const single = read(one);
    return single === null ? 0 : take(single, 1);
  }

  #tag(label: Label, negated: boolean, words: number): number {
    const { id } = label;
    if (negated !== this.#not) {
      this.#noneOf.add(id);
      this.#ended(null);
      return words;
    }
    let group: Set<string> | null = null;
    if (this.#or && this.#last !== null) {
      this.#allOf.delete(this.#last);
      group = this.#group ?? new Set([this.#last]);
      if (this.#group === null) this.#anyOf.push(group);
      group.add(id);
    } else {
      this.#allOf.add(id);
    }
    this.#ended(id);
    this.#group = group;
    return words;
  }

  #ended(tag: string | null): void {
    this.#last = tag;
    this.#group = null;
    this.#or = false;
    this.#not = false;
  }
}

/** What follows a Chinese word of negation at the start of a text; several where one such word begins another. */
function afterNot(text: string): readonly string[] {
  return [...notWords]
    .filter((not) => /\p{Script=Han}/u.test(not) && text.startsWith(not) && text !== not)
    .map((not) => text.slice(not.length));
}

/** Whether a word alone, lower case, joins, negates or spans others. */
export function isOperator(word: string): boolean {
  return [orWords, andWords, notWords, throughWords].some((words) => words.has(word));
}

function isPlain(word: QueryWord): boolean {
  return !word.quoted && !word.negated && word.key === null;
}
