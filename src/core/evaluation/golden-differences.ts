/**
 * For tests: where figures differ from golden ones by more than 1e-9. Null stands for NaN, as JSON writes it.
 *
 * @returns a line for each difference; empty when all agree
 */
export function goldenDifferences(
  actual: ArrayLike<number>,
  golden: readonly (number | null)[],
): readonly string[] {
  if (actual.length !== golden.length) return [`${actual.length} values instead of ${golden.length}`];
  return golden.flatMap((value, i) => {
    const agrees = value === null ? Number.isNaN(actual[i]!) : Math.abs(actual[i]! - value) <= 1e-9;
    return agrees ? [] : [`[${i}]: ${actual[i]} instead of ${value ?? Number.NaN}`];
  });
}
