import type { Label, LabelNumber } from '../../../core/tagging/label.ts';
import type { TaughtSummary } from '../../../protocol/label-sets.ts';
import type { LabelTable } from '../../engine/labels.ts';

/**
 * The labels, of those that were taught each for itself, of which no threshold does what was wanted. None of a head by another
 * model: there no label has a threshold.
 */
export function neverGiven(
  { stale, report }: Pick<TaughtSummary, 'stale' | 'report'>,
  table: Pick<LabelTable, 'get'>,
): Label[] {
  if (stale || report === null) return [];
  return report.labels.flatMap(({ label }) => {
    const known = table.get(Number(label) as LabelNumber);
    return known?.threshold === null ? [known] : [];
  });
}
