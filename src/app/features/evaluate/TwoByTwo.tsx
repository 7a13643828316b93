import { useTranslation } from 'react-i18next';
import type { LabelFigures } from '../../../protocol/figures.ts';
import { CellLink } from './CellLink.tsx';
import './figures.css';

/** What was said of a label against what is predicted; every cell opens its photos. */
export function TwoByTwo({
  set,
  figures,
  label,
  name,
}: {
  readonly set: string;
  readonly figures: LabelFigures;
  /** Its number in the figures. */
  readonly label: number;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const cell = (kind: 'truePositive' | 'falsePositive' | 'falseNegative' | 'trueNegative') => (
    <td>
      <CellLink
        cell={{ set, kind, label: figures.labels[label]!, threshold: figures.thresholds[label]! }}
        count={figures[`${kind}s`][label]!}
      />
    </td>
  );
  return (
    <table className="two-by-two">
      <caption className="visually-hidden">{t('evaluate.twoByTwo', { label: name })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('evaluate.predicted')}</th>
          <th scope="col">{t('evaluate.notPredicted')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('evaluate.actual')}</th>
          {cell('truePositive')}
          {cell('falseNegative')}
        </tr>
        <tr>
          <th scope="row">{t('evaluate.notActual')}</th>
          {cell('falsePositive')}
          {cell('trueNegative')}
        </tr>
      </tbody>
    </table>
  );
}
