import { keyOf } from './query-keys.ts';
import { queryWords } from './query-words.ts';

/** What of a typed query is still being typed. */
export interface Completion {
  /** What stands before it, and before its minus, and is kept. */
  readonly before: string;
  readonly negated: boolean;
  /** The words that a name may complete; '' when there are none. */
  readonly part: string;
  /** What has such a name: a tag, or, after its key, a label set or a folder. */
  readonly kind: 'tag' | 'set' | 'folder';
}

/**
 * The last words of a query that begin a tag's name: of `dog -cat traffic li` they are `traffic li`. As many words as
 * `isKnown` says something of are taken, else the last one.
 */
export function completionOf(typed: string, isKnown: (part: string) => boolean): Completion {
  const words = queryWords(typed);
  const last = words.at(-1);
  const nothing: Completion = { before: typed, negated: false, part: '', kind: 'tag' };
  const key = last === undefined || last.key === null ? null : keyOf(last.key);
  if (last === undefined) return nothing;
  if (key === 'set' || key === 'folder')
    return { before: typed.slice(0, last.start), negated: last.negated, part: last.text, kind: key };
  if (last.key !== null && key !== 'tag') return nothing;
  let first = words.length - 1;
  if (!last.quoted && last.key === null) {
    let start = first;
    while (start > 0 && !words[start]!.negated && isJoined(words[start - 1]!)) start--;
    for (let at = start; at < first; at++)
      if (isKnown(typed.slice(words[at]!.start + Number(words[at]!.negated)))) first = at;
  }
  const word = words[first]!;
  const part = word === last ? word.text : typed.slice(word.start + Number(word.negated));
  return { before: typed.slice(0, word.start), negated: word.negated, part, kind: 'tag' };
}

function isJoined({ quoted, key }: { readonly quoted: boolean; readonly key: string | null }): boolean {
  return !quoted && key === null;
}
