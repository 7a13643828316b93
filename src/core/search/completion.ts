import { queryWords } from './query-words.ts';
import { keyOf } from './typed-query.ts';

/** What of a typed query is still being typed. */
export interface Completion {
  /** What stands before it and is kept. */
  readonly before: string;
  readonly negated: boolean;
  /** The words that a tag's name may complete; '' when there are none. */
  readonly part: string;
  /** The name of a label set is being typed instead, after its key. */
  readonly isSet: boolean;
}

/**
 * The last words of a query that begin a tag's name: of `dog -cat traffic li` they are `traffic li`. As many words as
 * `isKnown` says something of are taken, else the last one.
 */
export function completionOf(typed: string, isKnown: (part: string) => boolean): Completion {
  const words = queryWords(typed);
  const last = words.at(-1);
  const nothing: Completion = { before: typed, negated: false, part: '', isSet: false };
  const key = last === undefined || last.key === null ? null : keyOf(last.key);
  if (last === undefined || (last.key !== null && key !== 'tag' && key !== 'set')) return nothing;
  if (key === 'set')
    return { before: typed.slice(0, last.start), negated: false, part: last.text, isSet: true };
  let first = words.length - 1;
  if (!last.quoted && last.key === null) {
    let start = first;
    while (start > 0 && !words[start]!.negated && isJoined(words[start - 1]!)) start--;
    for (let at = start; at < first; at++)
      if (isKnown(typed.slice(words[at]!.start + Number(words[at]!.negated)))) first = at;
  }
  const word = words[first]!;
  const part = word === last ? word.text : typed.slice(word.start + Number(word.negated));
  return { before: typed.slice(0, word.start), negated: word.negated, part, isSet: false };
}

function isJoined({ quoted, key }: { readonly quoted: boolean; readonly key: string | null }): boolean {
  return !quoted && key === null;
}
