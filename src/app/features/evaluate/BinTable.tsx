import { useTranslation } from 'react-i18next';
import type { Reliability, ScoreHistogram } from '../../../core/evaluation/score-bins.ts';
import { formatScore } from '../../i18n/format.ts';
import { CellLink } from './CellLink.tsx';
import { figureText } from './figure-text.ts';

/** The charts of scores as tables, whose counts open their photos: for those who do not see or press charts. */
export function BinTable({
  set,
  label,
  reliability,
  histogram,
}: {
  readonly set: string;
  readonly label: string;
  readonly reliability: Reliability;
  readonly histogram: ScoreHistogram;
}) {
  const { t } = useTranslation();
  const bins = reliability.counts.length;
  const bars = histogram.positives.length;
  const range = (bin: number, of: number) => `${formatScore(bin / of)}–${formatScore((bin + 1) / of)}`;
  return (
    <details className="curves__tables">
      <summary>{t('evaluate.asTables')}</summary>
      <div className="curves__table-pair">
        <table className="figure-table">
          <caption>{t('evaluate.histogramTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('evaluate.score')}</th>
              <th scope="col">{t('evaluate.withLabel')}</th>
              <th scope="col">{t('evaluate.withoutLabel')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from(histogram.positives, (positives, bin) => (
              <tr key={range(bin, bars)}>
                <th scope="row">{range(bin, bars)}</th>
                <td>
                  <CellLink
                    cell={{ set, kind: 'bar', label, given: true, bin, bins: bars }}
                    count={positives}
                  />
                </td>
                <td>
                  <CellLink
                    cell={{ set, kind: 'bar', label, given: false, bin, bins: bars }}
                    count={histogram.negatives[bin]!}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className="figure-table">
          <caption>{t('evaluate.reliabilityTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('evaluate.score')}</th>
              <th scope="col">{t('evaluate.column.support')}</th>
              <th scope="col">{t('evaluate.meanScore')}</th>
              <th scope="col">{t('evaluate.shareTrue')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from(reliability.counts, (count, bin) => (
              <tr key={range(bin, bins)}>
                <th scope="row">{range(bin, bins)}</th>
                <td>
                  <CellLink cell={{ set, kind: 'bin', label, bin, bins }} count={count} />
                </td>
                <td className="numeric">{figureText(reliability.meanScore[bin]!)}</td>
                <td className="numeric">{figureText(reliability.shareTrue[bin]!)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
