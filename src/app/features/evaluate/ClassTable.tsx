import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { CellLink } from './CellLink.tsx';
import { figureText } from './figure-text.ts';
import { SortHeading, type Sorting } from './SortHeading.tsx';
import { sortedRows } from './sorted-rows.ts';

const columns = ['support', 'truePositive', 'precision', 'recall', 'f1'] as const;
type Column = (typeof columns)[number] | 'name';

/** A row per class: how many photos, how many of them found, and its figures; the most frequent mistake of each. */
export function ClassTable({
  set,
  group: { classes, counts, figures },
  nameOf,
}: {
  readonly set: string;
  readonly group: GroupFigures;
  readonly nameOf: (id: string) => string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [sorting, setSorting] = useState<Sorting<Column>>({ by: 'support', descending: true });
  const count = classes.length;
  const names = useMemo(() => classes.map(nameOf), [classes, nameOf]);
  const values = useMemo(
    () => ({ ...figures.classes, truePositive: classes.map((_, c) => counts[c * count + c]!) }),
    [figures, classes, counts, count],
  );
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
    <>
      <h3 className="evaluate__heading">{t('evaluate.labels')}</h3>
      <div className="evaluate__scroll">
        <table className="figure-table" aria-label={t('evaluate.labels')}>
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
              <th scope="col">{t('evaluate.takenFor')}</th>
            </tr>
          </thead>
          <tbody>
            {order.map((c) => {
              const taken = mostTakenFor(counts, count, c);
              return (
                <tr key={classes[c]}>
                  <th scope="row">
                    <bdi className="foreign-text">{names[c]}</bdi>
                  </th>
                  <td className="numeric">{format.number(values.support[c]!)}</td>
                  <td>
                    <CellLink
                      cell={{ set, kind: 'classes', label: classes[c]!, other: classes[c]! }}
                      count={values.truePositive[c]!}
                    />
                  </td>
                  {(['precision', 'recall', 'f1'] as const).map((column) => (
                    <td key={column} className="numeric">
                      {figureText(values[column][c]!)}
                    </td>
                  ))}
                  <td>
                    {taken !== -1 && (
                      <>
                        <bdi className="foreign-text">{names[taken]}</bdi>{' '}
                        <CellLink
                          cell={{ set, kind: 'classes', label: classes[c]!, other: classes[taken]! }}
                          count={counts[c * count + taken]!}
                        />
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The other class that photos of a class are most often taken for; -1 if for none. */
function mostTakenFor(counts: Uint32Array, classes: number, actual: number): number {
  let most = -1;
  for (let guess = 0; guess < classes; guess++) {
    const photos = counts[actual * classes + guess]!;
    if (guess === actual || photos === 0) continue;
    if (most === -1 || photos > counts[actual * classes + most]!) most = guess;
  }
  return most;
}
