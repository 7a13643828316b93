import { useTranslation } from 'react-i18next';
import type { LabelIntervals } from '../../../core/evaluation/label-intervals.ts';
import type { LabelFigures, PhotoPart } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { FewPhotos } from './FewPhotos.tsx';
import { FigureCards } from './FigureCards.tsx';
import { LeftOut } from './LeftOut.tsx';

/** The figures over all labels, each with its 95 % interval and what it means in a sentence. */
export function MainFigures({
  figures,
  photos,
  intervals,
}: {
  readonly figures: LabelFigures;
  readonly photos: PhotoPart | null;
  readonly intervals: LabelIntervals | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, table } = figures;
  return (
    <section aria-labelledby="evaluate-figures">
      <h2 className="evaluate__heading" id="evaluate-figures">
        {t('evaluate.figures')}
      </h2>
      <p className="evaluate__hint">
        {t('evaluate.basis', {
          photos: format.number(figures.photos),
          labels: format.number(figures.labels.length),
        })}
      </p>
      <FewPhotos support={table.support} />
      <LeftOut rates={table} hasRanking />
      <FigureCards
        cards={[
          {
            name: t('evaluate.map'),
            text: t('evaluate.mapText'),
            value: summary.meanAveragePrecision,
            interval: intervals?.meanAveragePrecision ?? null,
          },
          {
            name: t('evaluate.macroF1'),
            text: t('evaluate.macroF1Text'),
            value: summary.macro.f1,
            interval: intervals?.macroF1 ?? null,
          },
          {
            name: t('evaluate.microF1'),
            text: t('evaluate.microF1Text'),
            value: summary.micro.f1,
            interval: intervals?.microF1 ?? null,
          },
          {
            name: t('evaluate.cf1'),
            text: t('evaluate.cf1Text'),
            value: summary.cf1,
            interval: intervals?.cf1 ?? null,
          },
          {
            name: t('evaluate.precision'),
            text: t('evaluate.precisionText'),
            value: summary.micro.precision,
          },
          { name: t('evaluate.recall'), text: t('evaluate.recallText'), value: summary.micro.recall },
          {
            name: t('evaluate.subset'),
            text: t('evaluate.subsetText'),
            value: photos?.subsetAccuracy ?? null,
            interval: intervals?.subsetAccuracy ?? null,
          },
          { name: t('evaluate.hamming'), text: t('evaluate.hammingText'), value: summary.hammingLoss },
        ]}
      />
    </section>
  );
}
