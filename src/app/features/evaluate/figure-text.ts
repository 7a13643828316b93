import { formatScore } from '../../i18n/format.ts';

/** A figure 0..1 with three decimals; a dash for one that is not defined. */
export function figureText(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}

/** From which score to which a bin of a chart reaches, where so many of them span 0..1. */
export function binText(bin: number, bins: number): string {
  return `${formatScore(bin / bins)}–${formatScore((bin + 1) / bins)}`;
}
