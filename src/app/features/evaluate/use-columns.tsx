import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import type { FigureColumn } from './FigureTable.tsx';
import { figureText } from './figure-text.ts';

const figures = ['precision', 'recall', 'f1', 'averagePrecision'] as const;
type Figure = (typeof figures)[number];
type Named =
  | Figure
  | 'support'
  | 'truePositive'
  | 'falsePositive'
  | 'falseNegative'
  | 'trueNegative'
  | 'threshold';

/** Columns of a table of figures by name, each with what it means. */
export function useColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (id: Named, values: ArrayLike<number>, show: FigureColumn['show']): FigureColumn => ({
    id,
    text: t(`evaluate.column.${id}`),
    title: t(`evaluate.columnText.${id}`),
    values,
    show,
  });
  return {
    named,
    /** [rows] each. */
    support: (values: ArrayLike<number>) => named('support', values, (row) => format.number(values[row]!)),
    figures: (table: Readonly<Record<Figure, ArrayLike<number>>>) =>
      figures.map((id) => named(id, table[id], (row) => figureText(table[id][row]!))),
  };
}
