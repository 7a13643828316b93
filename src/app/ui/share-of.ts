/** What is typed into a `PercentField`, as a share 0..1. */
export function shareOf(percent: string): number {
  return Math.min(1, Math.max(0, Number(percent) / 100 || 0));
}
