import type { Alternative } from './alternative.ts';
import type { Exclusion } from './exclusion.ts';
import { isOperator } from './query-vocabulary.ts';
import { queryWords, quoteWord, wordText } from './query-words.ts';
import type { TypedConditions } from './typed-clauses.ts';
import { type KnownWords, parseTypedQuery } from './typed-query.ts';

/** The text that `parseTypedQuery` reads as these conditions. `nameOf`: what a label is called, unlike any other. */
export function formatTypedQuery(
  conditions: TypedConditions,
  nameOf: (id: string) => string,
  known: KnownWords,
): string {
  const { text, folder, sets, favourites, allOf, anyOf, either, noneOf, from, to, excluded } = conditions;
  const name = (id: string) => tagWord(nameOf(id));
  const set = (id: number) => `set:${quoteWord(known.sets.find((one) => one.id === id)?.name ?? String(id))}`;
  const alternative = ({ trait, negated }: Alternative) => {
    const minus = negated ? '-' : '';
    if (trait.kind === 'tag') return `${minus}${name(trait.id)}`;
    return `${minus}${trait.kind === 'name' ? `name:${quoteWord(trait.text)}` : traitText(trait, set)}`;
  };
  return [
    ...allOf.map(name),
    ...[...anyOf.map((group) => group.map(name)), ...either.map((group) => group.map(alternative))].map(
      (group) => group.join(' or '),
    ),
    ...noneOf.map((id) => `-${name(id)}`),
    namesText(text, known),
    folder === '' ? '' : `folder:${quoteWord(folder)}`,
    ...sets.map(set),
    favourites ? 'is:favourite' : '',
    from === null ? '' : `from:${from}`,
    to === null ? '' : `to:${to}`,
    ...excluded.map((one) => `-${traitText(one, set)}`),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** A tag's name as words that are read as that tag, also where it is called `no` or `or`. */
export function tagWord(name: string): string {
  return isOperator(name.toLowerCase()) ? `"${name}"` : quoteWord(name);
}

/** Words of names: what would be read as a tag or a date, alone or together (`last year`), is told apart. */
function namesText(text: string, known: KnownWords): string {
  const readAs = (typed: string) => parseTypedQuery(typed, known).conditions.text;
  const asName = (word: string) => word.replace(/^-?/, (minus) => `${minus}name:`);
  const words = queryWords(text).map((word) => `${word.negated ? '-' : ''}${quoteWord(wordText(word))}`);
  const told = words
    .map((word) => (readAs(word) === word && !isOperator(word.toLowerCase()) ? word : asName(word)))
    .join(' ');
  return readAs(told) === words.join(' ') ? told : words.map(asName).join(' ');
}

function traitText(trait: Exclusion, setText: (id: number) => string): string {
  const { kind } = trait;
  if (kind === 'folder') return `folder:${quoteWord(trait.folder)}`;
  if (kind === 'set') return setText(trait.set);
  if (kind === 'favourites') return 'is:favourite';
  return `date:${trait.from ?? ''}..${trait.to ?? ''}`;
}
