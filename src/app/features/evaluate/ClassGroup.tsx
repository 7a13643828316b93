import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassIntervals } from '../../../core/evaluation/class-intervals.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ClassTable } from './ClassTable.tsx';
import { ConfusionGrid, type MatrixNumbers } from './ConfusionGrid.tsx';
import { FewPhotos } from './FewPhotos.tsx';
import { FigureCards } from './FigureCards.tsx';
import { useNameOf } from './use-name-of.ts';

type Order = 'byConfusion' | 'byClusters' | 'asMade';

/** The figures of one question with one answer per photo: accuracy and its kin, the confusion matrix, a row per class. */
export function ClassGroup({
  set,
  group,
  intervals,
}: {
  readonly set: string;
  readonly group: GroupFigures;
  readonly intervals: ClassIntervals | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const [numbers, setNumbers] = useState<MatrixNumbers>('counts');
  const [order, setOrder] = useState<Order>('byConfusion');
  const { figures, topK, classes } = group;
  const { averages } = figures;
  const shown = order === 'asMade' ? Uint32Array.from(classes.keys()) : group[order];
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
      <FigureCards
        cards={[
          {
            name: t('evaluate.accuracy'),
            text: t('evaluate.accuracyText'),
            value: figures.accuracy,
            interval: intervals?.accuracy ?? null,
          },
          {
            name: t('evaluate.balancedAccuracy'),
            text: t('evaluate.balancedAccuracyText'),
            value: figures.balancedAccuracy,
            interval: intervals?.balancedAccuracy ?? null,
          },
          {
            name: t('evaluate.macroF1'),
            text: t('evaluate.macroF1Text'),
            value: averages.macro.f1,
            interval: intervals?.macroF1 ?? null,
          },
          {
            name: t('evaluate.kappa'),
            text: t('evaluate.kappaText'),
            value: figures.kappa,
            interval: intervals?.kappa ?? null,
          },
          {
            name: t('evaluate.weightedF1'),
            text: t('evaluate.weightedF1Text'),
            value: averages.weighted.f1,
          },
          ...(classes.length > 3
            ? [
                {
                  name: t('evaluate.topK', { k: topK.length }),
                  text: t('evaluate.topKText', { k: topK.length }),
                  value: topK.at(-1) ?? null,
                },
              ]
            : []),
        ]}
      />
      <h3 className="evaluate__heading">{t('evaluate.confusion')}</h3>
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
      <ConfusionGrid set={set} group={group} order={shown} numbers={numbers} nameOf={nameOf} />
      <ClassTable set={set} group={group} nameOf={nameOf} />
    </section>
  );
}
