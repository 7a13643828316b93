/**
 * Rows of a table in order: of their values, or of their names where there are none. What is not a number comes last,
 * whichever way; equal ones keep their order.
 *
 * @param values [rows]
 * @param language of the names
 */
export function sortedRows(
  names: readonly string[],
  values: ArrayLike<number> | null,
  descending: boolean,
  language: string,
): number[] {
  const turn = descending ? -1 : 1;
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...names.keys()].sort((a, b) => {
    if (values === null) return turn * compare(names[a]!, names[b]!);
    const [x, y] = [values[a]!, values[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    return turn * (x - y) || a - b;
  });
}
