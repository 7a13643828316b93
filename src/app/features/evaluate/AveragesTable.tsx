import { useTranslation } from 'react-i18next';
import type { AverageRates } from '../../../core/evaluation/rates.ts';
import { FigureTable } from './FigureTable.tsx';
import { figureText } from './figure-text.ts';

const means = ['macro', 'micro', 'weighted'] as const;
const rates = ['precision', 'recall', 'f1'] as const;

/** Precision, recall and F1 of all labels, by the three ways to take their mean. */
export function AveragesTable({ averages }: { readonly averages: AverageRates }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3 className="evaluate__heading">{t('evaluate.averages')}</h3>
      <p className="evaluate__hint">{t('evaluate.averagesText')}</p>
      <FigureTable
        name={t('evaluate.averages')}
        heading={t('evaluate.mean')}
        keys={means}
        names={means.map((mean) => t(`evaluate.means.${mean}`))}
        columns={rates.map((rate) => ({
          id: rate,
          text: t(`evaluate.column.${rate}`),
          title: t(`evaluate.columnText.${rate}`),
          show: (row) => figureText(averages[means[row]!][rate]),
        }))}
      />
    </div>
  );
}
