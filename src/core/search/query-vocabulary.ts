export const orWords = new Set(['or', '|', '||', '｜', '或', '或者']);
export const andWords = new Set(['and', '&', '+', '和', '且', '与']);
export const notWords = new Set([
  ...['not', 'no', 'without', 'except'],
  ...['不', '不要', '不是', '没', '没有', '无', '非', '除了'],
]);
export const throughWords = new Set(['to', '-', '–', '—', '..', '到', '至']);
/** Words that bound days also without a colon: `before 2020`. */
export const boundWords = new Set(['before', 'after', 'since', 'until', '早于', '晚于']);
/** Signs and words that join what one word holds: one of it, or all of it. */
export const orSigns = /[|｜]|或者|或/g;
export const andSigns = /[,;+&]|[和与跟]/g;

/** What follows a Chinese word of negation at the start of a text; several where one such word begins another. */
export function afterNot(text: string): readonly string[] {
  return [...notWords]
    .filter((not) => /\p{Script=Han}/u.test(not) && text.startsWith(not) && text !== not)
    .map((not) => text.slice(not.length));
}

/** Whether a word alone, lower case, joins, negates or spans others. */
export function isOperator(word: string): boolean {
  return [orWords, andWords, notWords, throughWords].some((words) => words.has(word));
}
