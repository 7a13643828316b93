/**
 * Counting sort: which positions have which key.
 *
 * @param keys [n], whole numbers below `count`
 * @returns items [n]: positions in order of their keys, ascending within one; those of key k begin at starts[k] and end
 *   before starts[k + 1]
 */
export function sortByKey(
  keys: Int32Array,
  count: number,
): { readonly starts: Uint32Array<ArrayBuffer>; readonly items: Uint32Array<ArrayBuffer> } {
  const starts = new Uint32Array(count + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let key = 0; key < count; key++) starts[key + 1]! += starts[key]!;
  const next = starts.slice();
  const items = new Uint32Array(keys.length);
  for (let n = 0; n < keys.length; n++) items[next[keys[n]!]!++] = n;
  return { starts, items };
}
