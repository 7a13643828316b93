import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { SortHeading, type Sorting } from './SortHeading.tsx';
import { sortedRows } from './sorted-rows.ts';
import './figures.css';

/** So many rows at first; hundreds of labels would be slow to show. */
const pageSize = 50;

export interface FigureColumn {
  readonly id: string;
  readonly text: string;
  /** What the column means. */
  readonly title?: string;
  /** [rows]; a column that has them can be sorted by. */
  readonly values?: ArrayLike<number>;
  readonly show: (row: number) => ReactNode;
}

/** A row per label (or pair of labels, or range of scores): figures that can be sorted, counts that open their photos. */
export function FigureTable({
  name,
  heading,
  keys,
  names,
  columns,
  sortedBy,
  chosen,
  onChoose,
}: {
  /** Of the table. */
  readonly name: string;
  /** Of the first column. */
  readonly heading: string;
  /** [rows] each. */
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly columns: readonly FigureColumn[];
  /** The column that it is sorted by at first, most first; left out: in the given order, and not to be sorted. */
  readonly sortedBy?: string;
  /** The row (its key) that is looked at closely. */
  readonly chosen?: string | null;
  readonly onChoose?: (key: string | null) => void;
}) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const [sorting, setSorting] = useState<Sorting<string>>({ by: sortedBy ?? '', descending: true });
  const [shown, setShown] = useState(pageSize);
  const values = columns.find(({ id }) => id === sorting.by)?.values ?? null;
  const isSorted = sortedBy !== undefined;
  const order = useMemo(
    () => (isSorted ? sortedRows(names, values, sorting.descending, language) : [...names.keys()]),
    [isSorted, names, values, sorting.descending, language],
  );
  const head = (id: string, text: string, title?: string) => (
    <SortHeading key={id} column={id} text={text} title={title} sorting={sorting} onSort={setSorting} />
  );
  return (
    <>
      <div className="evaluate__scroll">
        <table className="figure-table" aria-label={name}>
          <thead>
            <tr>
              {isSorted ? head('name', heading) : <th scope="col">{heading}</th>}
              {columns.map(({ id, text, title, values: sortable }) =>
                isSorted && sortable !== undefined ? (
                  head(id, text, title)
                ) : (
                  <th key={id} scope="col" title={title}>
                    {text}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {order.slice(0, shown).map((row) => {
              const key = keys[row]!;
              return (
                <tr key={key} aria-current={key === chosen ? 'true' : undefined}>
                  <th scope="row">
                    {onChoose === undefined ? (
                      <bdi className="foreign-text">{names[row]}</bdi>
                    ) : (
                      <button
                        type="button"
                        className="figure-table__label"
                        aria-pressed={key === chosen}
                        onClick={() => onChoose(key === chosen ? null : key)}
                      >
                        <bdi className="foreign-text">{names[row]}</bdi>
                      </button>
                    )}
                  </th>
                  {columns.map(({ id, show }) => (
                    <td key={id} className="numeric">
                      {show(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {order.length > shown && (
        <p className="paper-only">{t('evaluate.notOnPaper', { count: order.length - shown })}</p>
      )}
      {order.length > shown && (
        <Button size="small" onPress={() => setShown(shown + 4 * pageSize)}>
          {t('evaluate.more', { count: order.length - shown })}
        </Button>
      )}
    </>
  );
}
