export type QueryKey = 'folder' | 'tag' | 'set' | 'is' | 'name' | 'from' | 'after' | 'to' | 'before' | 'date';

const keys: Readonly<Record<string, QueryKey>> = {
  ...keyed('folder', ['folder', 'in', 'path', '文件夹', '目录']),
  ...keyed('tag', ['tag', 'label', '标签']),
  ...keyed('set', ['set', 'labels', '标签集']),
  ...keyed('is', ['is', '是']),
  ...keyed('name', ['name', 'file', '名称', '文件名']),
  ...keyed('from', ['from', 'since', '从', '自']),
  ...keyed('after', ['after', '晚于']),
  ...keyed('to', ['to', 'until', '到', '至']),
  ...keyed('before', ['before', '早于']),
  ...keyed('date', ['date', 'day', 'year', 'taken', '日期', '拍摄']),
};

/** What a word before a colon means, in either language; null for one that means nothing here. */
export function keyOf(word: string): QueryKey | null {
  return Object.hasOwn(keys, word) ? keys[word]! : null;
}

function keyed<Key extends string>(key: Key, words: readonly string[]): Record<string, Key> {
  return Object.fromEntries(words.map((word) => [word, key]));
}
