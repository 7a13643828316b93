import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelFigures } from '../../../protocol/figures.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { formatScore, useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { CellLink } from './CellLink.tsx';
import { figureText } from './figure-text.ts';
import { outcomes } from './outcomes.ts';
import { SortHeading, type Sorting } from './SortHeading.tsx';
import { sortedRows } from './sorted-rows.ts';
import { useNameOf } from './use-name-of.ts';

/** So many rows at first; hundreds of labels would be slow to show. */
const pageSize = 50;

const columns = [
  'support',
  'truePositive',
  'falsePositive',
  'falseNegative',
  'trueNegative',
  'precision',
  'recall',
  'f1',
  'averagePrecision',
  'threshold',
] as const;
type Column = (typeof columns)[number] | 'name';

/** A row per label: its 2x2, whose cells open their photos, and its figures. */
export function LabelTable({ set, figures }: { readonly set: string; readonly figures: LabelFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const { label: chosen } = useFragment();
  const [sorting, setSorting] = useState<Sorting<Column>>({ by: 'support', descending: true });
  const [shown, setShown] = useState(pageSize);
  const values = useMemo(() => valuesOf(figures), [figures]);
  const names = useMemo(() => figures.labels.map(nameOf), [figures.labels, nameOf]);
  const order = useMemo(
    () =>
      sortedRows(
        names,
        sorting.by === 'name' ? null : values[sorting.by],
        sorting.descending,
        format.language,
      ),
    [names, values, sorting, format.language],
  );

  return (
    <section className="evaluate__table-part" aria-labelledby="evaluate-labels">
      <h2 className="evaluate__heading" id="evaluate-labels">
        {t('evaluate.labels')}
      </h2>
      <div className="evaluate__scroll">
        <table className="figure-table" aria-labelledby="evaluate-labels">
          <thead>
            <tr>
              <SortHeading
                column="name"
                text={t('evaluate.column.name')}
                sorting={sorting}
                onSort={setSorting}
              />
              {columns.map((column) => (
                <SortHeading
                  key={column}
                  column={column}
                  text={t(`evaluate.column.${column}`)}
                  title={t(`evaluate.columnText.${column}`)}
                  sorting={sorting}
                  onSort={setSorting}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {order.slice(0, shown).map((n) => {
              const id = figures.labels[n]!;
              return (
                <tr key={id} aria-current={id === chosen ? 'true' : undefined}>
                  <th scope="row">
                    <button
                      type="button"
                      className="figure-table__label"
                      aria-pressed={id === chosen}
                      onClick={() => navigate({ label: id === chosen ? null : id }, 'replace')}
                    >
                      <bdi className="foreign-text">{names[n]}</bdi>
                    </button>
                  </th>
                  <td className="numeric">{format.number(values.support[n]!)}</td>
                  {outcomes.map((kind) => (
                    <td key={kind}>
                      <CellLink
                        cell={{ set, kind, label: id, threshold: figures.thresholds[n]! }}
                        count={values[kind][n]!}
                      />
                    </td>
                  ))}
                  {(['precision', 'recall', 'f1', 'averagePrecision'] as const).map((column) => (
                    <td key={column} className="numeric">
                      {figureText(values[column][n]!)}
                    </td>
                  ))}
                  <td className="numeric">{formatScore(values.threshold[n]!)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {order.length > shown && (
        <Button size="small" onPress={() => setShown(shown + 4 * pageSize)}>
          {t('evaluate.more', { count: order.length - shown })}
        </Button>
      )}
    </section>
  );
}

function valuesOf(figures: LabelFigures): Record<Exclude<Column, 'name'>, ArrayLike<number>> {
  const { table } = figures;
  return {
    support: table.support,
    truePositive: figures.truePositives,
    falsePositive: figures.falsePositives,
    falseNegative: figures.falseNegatives,
    trueNegative: figures.trueNegatives,
    precision: table.precision,
    recall: table.recall,
    f1: table.f1,
    averagePrecision: table.averagePrecision,
    threshold: figures.thresholds,
  };
}
