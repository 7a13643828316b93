/** A figure 0..1 with three decimals; a dash for one that is not defined. */
export function figureText(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}
