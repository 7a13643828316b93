import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { CellLink } from './CellLink.tsx';
import { FigureTable } from './FigureTable.tsx';
import { useColumns } from './use-columns.tsx';

/** A row per class: how many photos, how many of them found, and its figures; the most frequent mistake of each. */
export function ClassTable({
  set,
  group: { classes, counts, figures, averagePrecision, threshold },
  nameOf,
}: {
  readonly set: string;
  readonly group: GroupFigures;
  readonly nameOf: (id: string) => string;
}) {
  const { t } = useTranslation();
  const columns = useColumns();
  const { label: chosen } = useFragment();
  const count = classes.length;
  const names = useMemo(() => classes.map(nameOf), [classes, nameOf]);
  const right = useMemo(() => classes.map((_, c) => counts[c * count + c]!), [classes, counts, count]);
  const cell = (actual: number, guess: number): Cell => ({
    set,
    kind: 'classes',
    label: classes[actual]!,
    other: classes[guess]!,
    threshold,
  });
  return (
    <>
      <h3 className="evaluate__heading">{t('evaluate.labels')}</h3>
      <p className="evaluate__hint">{t('evaluate.labelsText')}</p>
      <FigureTable
        name={t('evaluate.labels')}
        heading={t('evaluate.column.name')}
        keys={classes}
        names={names}
        sortedBy="support"
        chosen={chosen}
        onChoose={(label) => navigate({ label }, 'replace')}
        columns={[
          columns.support(figures.classes.support),
          columns.named('truePositive', right, (c) => <CellLink cell={cell(c, c)} count={right[c]!} />),
          ...columns.figures({ ...figures.classes, averagePrecision }),
          {
            id: 'takenFor',
            text: t('evaluate.takenFor'),
            show: (c) => {
              const taken = mostTakenFor(counts, count, c);
              return (
                taken !== -1 && (
                  <>
                    <bdi className="foreign-text">{names[taken]}</bdi>{' '}
                    <CellLink cell={cell(c, taken)} count={counts[c * count + taken]!} />
                  </>
                )
              );
            },
          },
        ]}
      />
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
