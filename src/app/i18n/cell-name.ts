import type { TFunction } from 'i18next';
import type { Cell } from '../../core/evaluation/cell.ts';
import { formatScore } from './format.ts';

/** What the photos of a cell have in common, in the language on the screen. `nameOf`: of a label's text id. */
export function cellName(t: TFunction, cell: Cell, nameOf: (id: string) => string): string {
  const label = nameOf(cell.label);
  switch (cell.kind) {
    case 'predicted':
      return t('filters.cell.predicted', { label, threshold: formatScore(cell.threshold) });
    case 'pair': {
      const names = { label, other: nameOf(cell.other) };
      return cell.onlyWrong ? t('filters.cell.wrongPair', names) : t('filters.cell.pair', names);
    }
    case 'classes': {
      const names = { label, other: nameOf(cell.other) };
      return cell.label === cell.other ? t('filters.cell.right', names) : t('filters.cell.takenFor', names);
    }
    case 'fixed':
    case 'broken': {
      const from = formatScore(cell.threshold);
      const words = { label, from, to: formatScore(cell.otherThreshold) };
      return cell.kind === 'fixed' ? t('filters.cell.fixed', words) : t('filters.cell.broken', words);
    }
    case 'bar':
    case 'bin': {
      const from = formatScore(cell.bin / cell.bins);
      const words = { label, from, to: formatScore((cell.bin + 1) / cell.bins) };
      if (cell.kind === 'bin') return t('filters.cell.bin', words);
      return cell.given ? t('filters.cell.barWith', words) : t('filters.cell.barWithout', words);
    }
    default:
      return t('filters.cell.atThreshold', {
        text: t(`filters.cell.${cell.kind}`, { label }),
        threshold: formatScore(cell.threshold),
      });
  }
}
