/** One word of a typed query: `-folder:"My trips"` is negated, has the key `folder` and the text `My trips`. */
export interface QueryWord {
  readonly text: string;
  /** Written in quotation marks: meant letter by letter, never a date or an operator. */
  readonly quoted: boolean;
  readonly negated: boolean;
  /** What stands before a colon, folded; null if nothing does. */
  readonly key: string | null;
  /** Where it stands in the text: from `start` up to `end`, exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Opening quotation marks and what closes them. Straight single ones are apostrophes. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  '\uff02': '\uff02',
  '\u201c': '\u201d',
  '\u300c': '\u300d',
  '\u300e': '\u300f',
};
const minus = /[-\u2212\uff0d]/;
const space = /\s/;
/** Enumeration commas separate like spaces; the plain comma may be part of a name. */
const separator = /[\s\u3001\uff0c]/;
const wordHead = /^([\p{L}]+)[:\uff1a]/u;

/**
 * The words of a query as it was typed: separated by spaces, each perhaps quoted, negated by a minus and with a key
 * before a colon. A quotation mark that nothing closes holds to the end, as it does while a person still types.
 */
export function queryWords(typed: string): readonly QueryWord[] {
  const words: QueryWord[] = [];
  let at = 0;
  while (at < typed.length) {
    if (separator.test(typed[at]!)) {
      at++;
      continue;
    }
    const start = at;
    const negated = minus.test(typed[at]!) && at + 1 < typed.length && !space.test(typed[at + 1]!);
    if (negated) at++;
    const head = wordHead.exec(typed.slice(at));
    // A colon with nothing after it belongs to a key that is still without its value.
    const key = head === null ? null : head[1]!.toLowerCase();
    if (head !== null) at += head[0].length;
    const close = quotes[typed[at] ?? ''];
    let text: string;
    if (close !== undefined) {
      const end = typed.indexOf(close, at + 1);
      text = typed.slice(at + 1, end < 0 ? undefined : end);
      at = end < 0 ? typed.length : end + 1;
    } else {
      const from = at;
      while (at < typed.length && !separator.test(typed[at]!)) at++;
      // A plain comma may be part of a name, at the ends of a word it is none: `"traffic light",dog`.
      text = typed.slice(from, at).replace(/^[,;]+|[,;]+$/g, '');
    }
    words.push({ text, quoted: close !== undefined, negated, key, start, end: at });
  }
  return words;
}

/** A text as one word that `queryWords` reads as it is. */
export function quoteWord(text: string): string {
  const plain =
    text !== '' && !/[\s"\uff02\u201c\u201d\u300c\u300d\u300e\u300f\u3001\uff0c:\uff1a|\uff5c]/.test(text);
  return plain && !minus.test(text[0]!) && !/^[,;]|[,;]$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}

/** What a word of `PhotoQuery.text` looks for: there a colon is a part of a name. */
export function wordText({ key, text }: QueryWord): string {
  return key === null ? text : `${key}:${text}`;
}
