import type { Exclusion } from './exclusion.ts';
import { type QueryWord, queryWords, quoteWord, wordText } from './query-words.ts';
import { isOperator, type KnownWords, parseTypedQuery, type TypedConditions } from './typed-query.ts';

/** The text that `parseTypedQuery` reads as these conditions. `nameOf`: what a label is called, unlike any other. */
export function formatTypedQuery(
  conditions: TypedConditions,
  nameOf: (id: string) => string,
  known: KnownWords,
): string {
  const { text, folder, sets, favourites, allOf, anyOf, noneOf, from, to, excluded } = conditions;
  const name = (id: string) => quoteWord(nameOf(id));
  const set = (id: number) => `set:${quoteWord(known.sets.find((one) => one.id === id)?.name ?? String(id))}`;
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
    ...sets.map(set),
    favourites ? 'is:favourite' : '',
    from === null ? '' : `from:${from}`,
    to === null ? '' : `to:${to}`,
    ...excluded.map((one) => `-${excludedText(one, set)}`),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function excludedText(exclusion: Exclusion, setText: (id: number) => string): string {
  const { kind } = exclusion;
  if (kind === 'folder') return `folder:${quoteWord(exclusion.folder)}`;
  if (kind === 'set') return setText(exclusion.set);
  if (kind === 'favourites') return 'is:favourite';
  return `date:${exclusion.from ?? ''}..${exclusion.to ?? ''}`;
}
