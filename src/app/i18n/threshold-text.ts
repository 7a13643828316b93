import type { TFunction } from 'i18next';
import { formatScore } from './format.ts';

/** A threshold as people read it; above all scores it lets no photo have the label. */
export function thresholdText(t: TFunction, threshold: number): string {
  return threshold > 1 ? t('filters.cell.never') : formatScore(threshold);
}
