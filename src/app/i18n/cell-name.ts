import type { TFunction } from 'i18next';
import type { Cell } from '../../core/evaluation/cell.ts';
import { groupOfWhole, type Run } from '../../core/evaluation/run.ts';
import { formatScore } from './format.ts';
import { thresholdText } from './threshold-text.ts';

/** What the photos of a cell have in common, in the language on the screen. `nameOf`: of a label's text id. */
export function cellName(t: TFunction, cell: Cell, nameOf: (id: string) => string): string {
  const text = wordsOf(t, cell, nameOf);
  return cell.side === undefined ? text : t(`filters.cell.${cell.side}`, { text });
}

function wordsOf(t: TFunction, cell: Cell, nameOf: (id: string) => string): string {
  const label = groupOfWhole(cell.label) === null ? nameOf(cell.label) : t('filters.cell.whole');
  switch (cell.kind) {
    case 'said':
      if (cell.said !== 'present' || cell.other === null)
        return t(`filters.cell.said.${cell.said}`, { label });
      return t('filters.cell.said.both', { label, other: nameOf(cell.other) });
    case 'predicted':
      return t('filters.cell.predicted', { label, threshold: thresholdText(t, cell.threshold) });
    case 'pair': {
      const names = { label, other: nameOf(cell.other) };
      return cell.onlyWrong ? t('filters.cell.wrongPair', names) : t('filters.cell.pair', names);
    }
    case 'classes': {
      if (cell.other === null) return t('filters.cell.refused', { label });
      const names = { label, other: nameOf(cell.other) };
      return cell.label === cell.other ? t('filters.cell.right', names) : t('filters.cell.takenFor', names);
    }
    case 'fixed':
    case 'broken':
    case 'bothRight':
    case 'bothWrong': {
      const words = {
        label,
        from: runName(t, cell.before, cell.label),
        to: runName(t, cell.after, cell.label),
      };
      return t(`filters.cell.${cell.kind}`, words);
    }
    case 'bar':
    case 'bin': {
      const from = formatScore(cell.bin / cell.bins);
      const words = { label, from, to: formatScore((cell.bin + 1) / cell.bins) };
      if (groupOfWhole(cell.label) !== null) {
        if (cell.kind === 'bin') return t('filters.cell.guessBin', words);
        return cell.given ? t('filters.cell.guessRight', words) : t('filters.cell.guessWrong', words);
      }
      if (cell.kind === 'bin') return t('filters.cell.bin', words);
      return cell.given ? t('filters.cell.barWith', words) : t('filters.cell.barWithout', words);
    }
    default:
      return t('filters.cell.atThreshold', {
        text: t(`filters.cell.${cell.kind}`, { label }),
        threshold: thresholdText(t, cell.threshold),
      });
  }
}

/** A run in words, as far as a label is concerned. */
function runName(t: TFunction, run: Run, label: string): string {
  if (run.version !== null) return t('filters.cell.runVersion', { number: run.version });
  const { moved } = run;
  const at = typeof moved === 'number' ? moved : Object.hasOwn(moved, label) ? moved[label] : undefined;
  if (at !== undefined) return t('filters.cell.runAt', { threshold: thresholdText(t, at) });
  return typeof moved === 'object' && Object.keys(moved).length > 0
    ? t('filters.cell.runMoved')
    : t('filters.cell.runNow');
}
