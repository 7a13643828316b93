import type { Label } from '../tagging/label.ts';
import { foldName, type LabelNames } from './label-names.ts';
import { type QueryWord, queryWords, quoteWord, wordText } from './query-words.ts';
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

const keys: Readonly<Record<string, 'folder' | 'tag' | 'set' | 'is' | 'name' | 'from' | 'to' | 'date'>> = {
  ...keyed('folder', ['folder', 'in', 'path', '文件夹', '目录']),
  ...keyed('tag', ['tag', 'label', '标签']),
  ...keyed('set', ['set', 'labels', '标签集']),
  ...keyed('is', ['is', '是']),
  ...keyed('name', ['name', 'file', '名称', '文件名']),
  ...keyed('from', ['from', 'since', 'after', '从', '自']),
  ...keyed('to', ['to', 'until', 'before', '到', '至']),
  ...keyed('date', ['date', 'day', 'year', 'taken', '日期', '拍摄']),
};
/** What a word before a colon means, in either language; null for one that means nothing here. */
export function keyOf(word: string): (typeof keys)[string] | null {
  return keys[word] ?? null;
}

const orWords = new Set(['or', '|', '||', '或', '或者']);
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
    const labels = this.#labelsAt(at) ?? this.#prefixed(word);
    if (labels !== null) return labels;
    const days = word.quoted || word.negated || this.#not ? 0 : this.#daysAt(at);
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
    const key = keys[word.key!];
    const { text } = word;
    if (key === undefined) {
      // A colon in a file name, perhaps.
      this.#texts.push(quoteWord(`${word.key}:${text}`));
    } else if (text === '') {
      // The value is not typed yet.
    } else if (key === 'folder') {
      this.#folder = text;
    } else if (key === 'name') {
      this.#texts.push(`${word.negated ? '-' : ''}${quoteWord(text)}`);
    } else if (key === 'set') {
      const set = this.#known.sets.find(({ name }) => foldName(name) === foldName(text));
      if (set === undefined || word.negated) this.#unclear.push({ kind: 'set', text });
      else this.#sets.add(set.id);
    } else if (key === 'is') {
      if (favouriteWords.has(text.toLowerCase()) && !word.negated) this.#favourites = true;
      else this.#unclear.push({ kind: 'tag', text: `${word.key}:${text}` });
    } else if (key === 'tag') {
      const label = this.#known.labels.find(text);
      if (label === undefined) this.#unclear.push({ kind: 'tag', text });
      else return this.#tag(label, word.negated, 1);
    } else {
      const days = dayRangeOf(text, this.#known.today);
      if (days === null) this.#unclear.push({ kind: 'date', text });
      else if (key === 'from') this.#days = { ...this.#days, from: days.from };
      else if (key === 'to') this.#days = { ...this.#days, to: days.to };
      else this.#days = days;
    }
    this.#ended(null);
    return 1;
  }

  #labelsAt(at: number): number | null {
    const { labels } = this.#known;
    const word = this.#words[at]!;
    if (word.quoted) {
      const label = labels.find(word.text);
      return label === undefined ? null : this.#tag(label, word.negated, 1);
    }
    if (word.text.includes('|')) {
      const parts = word.text.split('|').map((part) => labels.find(part));
      if (parts.some((part) => part === undefined)) return null;
      for (const [n, part] of parts.entries()) {
        this.#or = n > 0;
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
    for (const label of run) this.#tag(label, word.negated, 1);
    return 1;
  }

  /** Chinese words of negation that stand directly before a tag. */
  #prefixed({ text, quoted, negated }: QueryWord): number | null {
    if (quoted || negated) return null;
    const prefix = [...notWords].find((not) => /\p{Script=Han}/u.test(not) && text.startsWith(not));
    const label = prefix === undefined ? undefined : this.#known.labels.find(text.slice(prefix.length));
    return label === undefined ? null : this.#tag(label, true, 1);
  }

  #daysAt(at: number): number {
    const [one, two, three] = this.#words.slice(at, at + 3).map((word) => (isPlain(word) ? word.text : ''));
    const read = (text: string) => dayRangeOf(text, this.#known.today);
    const take = (days: DayRange, words: number) => {
      this.#days = days;
      this.#ended(null);
      return words;
    };
    if (three && throughWords.has(two!.toLowerCase())) {
      const [first, last] = [read(one!), read(three)];
      if (first !== null && last !== null) return take({ from: first.from, to: last.to }, 3);
    }
    const pair = two ? read(`${one} ${two}`) : null;
    if (pair !== null) return take(pair, 2);
    const single = read(one!);
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

function isOperator(word: string): boolean {
  return [orWords, andWords, notWords, throughWords].some((words) => words.has(word));
}

function keyed<Key extends string>(key: Key, words: readonly string[]): Record<string, Key> {
  return Object.fromEntries(words.map((word) => [word, key]));
}

function isPlain(word: QueryWord): boolean {
  return !word.quoted && !word.negated && word.key === null;
}

/** The text that `parseTypedQuery` reads as these conditions. `nameOf`: what a label is called, unlike any other. */
export function formatTypedQuery(
  conditions: TypedConditions,
  nameOf: (id: string) => string,
  known: KnownWords,
): string {
  const { text, folder, sets, favourites, allOf, anyOf, noneOf, from, to } = conditions;
  const name = (id: string) => quoteWord(nameOf(id));
  // What would be read as a tag or a date needs to be told apart.
  const named = (word: QueryWord) => {
    const plain = `${word.negated ? '-' : ''}${quoteWord(wordText(word))}`;
    const isText =
      parseTypedQuery(plain, known).conditions.text === plain && !isOperator(plain.toLowerCase());
    return isText ? plain : plain.replace(/^-?/, (minus) => `${minus}name:`);
  };
  return [
    ...allOf.map(name),
    ...anyOf.map((group) => group.map(name).join(' or ')),
    ...noneOf.map((id) => `-${name(id)}`),
    ...queryWords(text).map(named),
    folder === '' ? '' : `folder:${quoteWord(folder)}`,
    ...sets.map((id) => `set:${quoteWord(known.sets.find((set) => set.id === id)?.name ?? String(id))}`),
    favourites ? 'is:favourite' : '',
    from === null ? '' : `from:${from}`,
    to === null ? '' : `to:${to}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
