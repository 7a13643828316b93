import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wholeOf } from '../../../core/evaluation/run.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { AveragesTable } from './AveragesTable.tsx';
import { ClassCards } from './ClassCards.tsx';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionGrid } from './ConfusionGrid.tsx';
import { FewPhotos } from './FewPhotos.tsx';
import { LabelDetail } from './LabelDetail.tsx';
import { LeftOut } from './LeftOut.tsx';
import { type MatrixNumbers, matrixCells } from './matrix-cells.ts';
import { Refusing } from './Refusing.tsx';
import { SaveMatrix } from './SaveMatrix.tsx';
import { UseThresholds } from './UseThresholds.tsx';
import type { ClassState, Figures } from './use-figures.ts';

type Order = 'byConfusion' | 'byClusters' | 'asMade';

/** The figures of one question with one answer per photo: accuracy and its kin, the confusion matrix, a row per class. */
export function ClassGroup({
  set,
  number,
  figures: all,
  state,
}: {
  readonly set: string;
  /** Of the group. */
  readonly number: number;
  readonly figures: Figures;
  readonly state: ClassState;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const [numbers, setNumbers] = useState<MatrixNumbers>('counts');
  const [order, setOrder] = useState<Order>('byConfusion');
  const { label } = useFragment();
  const group = state.groups[number]!;
  const intervals = state.intervals.get(number) ?? null;
  const { figures, classes } = group;
  const chosen = label === null ? -1 : classes.indexOf(label);
  const whole = wholeOf(number);
  const classCount = state.groups.reduce((sum, one) => sum + one.classes.length, 0);
  const before = state.groups.slice(0, number).reduce((sum, one) => sum + one.classes.length, 0);
  const thresholds = Float64Array.from(state.groups, ({ threshold }) => threshold);
  const shown = useMemo(
    () => (order === 'asMade' ? Uint32Array.from(group.classes.keys()) : group[order]),
    [group, order],
  );
  const cells = useMemo(
    () => matrixCells(group, shown, numbers, format.number),
    [group, shown, numbers, format],
  );
  return (
    <section className="class-group" aria-label={group.name === '' ? t('evaluate.figures') : group.name}>
      <h2 className="evaluate__heading">
        {group.name === '' ? t('evaluate.figures') : <bdi className="foreign-text">{group.name}</bdi>}
      </h2>
      <p className="evaluate__hint">
        {t('evaluate.classBasis', {
          photos: format.number(group.photos),
          classes: format.number(classes.length),
        })}
      </p>
      <FewPhotos support={figures.classes.support} />
      <LeftOut rates={figures.classes} />
      <ClassCards group={group} intervals={intervals} />
      <AveragesTable averages={figures.averages} />
      <Refusing
        group={group}
        isOpen={label === whole}
        onOpen={(isOpen) => navigate({ label: isOpen ? whole : null }, 'replace')}
        onMove={(to) => all.move(thresholds.with(number, to))}
      />
      {group.ownThreshold > 0 && <UseThresholds set={set} state={state} move={all.move} />}
      <div className="class-group__matrix">
        <h3 className="evaluate__heading">{t('evaluate.confusion')}</h3>
        <SaveMatrix group={group} order={shown} cells={cells} nameOf={nameOf} />
      </div>
      <p className="evaluate__hint">{t('evaluate.confusionText')}</p>
      <div className="evaluate__controls">
        <Segmented<MatrixNumbers>
          label={t('evaluate.matrixNumbers')}
          size="small"
          value={numbers}
          onChange={setNumbers}
          options={[
            { value: 'counts', label: t('evaluate.numbersCounts') },
            { value: 'row', label: t('evaluate.numbersRow') },
            { value: 'column', label: t('evaluate.numbersColumn') },
          ]}
        />
        <Segmented<Order>
          label={t('evaluate.matrixOrder')}
          size="small"
          value={order}
          onChange={setOrder}
          options={[
            { value: 'byConfusion', label: t('evaluate.orderConfusion') },
            { value: 'byClusters', label: t('evaluate.orderClusters') },
            { value: 'asMade', label: t('evaluate.orderAsMade') },
          ]}
        />
      </div>
      <ConfusionGrid set={set} group={group} order={shown} cells={cells} nameOf={nameOf} />
      {label === whole && (
        <LabelDetail
          set={set}
          id={whole}
          title={t('evaluate.guesses')}
          number={classCount + number}
          threshold={group.threshold}
          support={group.photos}
          rates={{}}
          version={state.version}
          figures={all}
        />
      )}
      {chosen !== -1 && (
        <LabelDetail
          set={set}
          id={classes[chosen]!}
          number={before + chosen}
          threshold={group.threshold}
          support={figures.classes.support[chosen]!}
          rates={{
            precision: figures.classes.precision[chosen]!,
            recall: figures.classes.recall[chosen]!,
            f1: figures.classes.f1[chosen]!,
            averagePrecision: group.averagePrecision[chosen]!,
          }}
          version={state.version}
          figures={all}
        />
      )}
      <ClassTable set={set} group={group} nameOf={nameOf} />
    </section>
  );
}
