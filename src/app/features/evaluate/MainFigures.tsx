import { useTranslation } from 'react-i18next';
import type { LabelIntervals } from '../../../core/evaluation/label-intervals.ts';
import type { Interval } from '../../../core/evaluation/resample.ts';
import type { LabelFigures, PhotoPart } from '../../../protocol/figures.ts';
import { useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { figureText } from './figure-text.ts';

/** Labels with fewer photos than that say little more than chance does. */
export const fewPhotos = 10;

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
  const few = table.support.filter((support) => support < fewPhotos).length;
  const cards: readonly (readonly [string, string, number | null, Interval | null | 'none'])[] = [
    [
      t('evaluate.map'),
      t('evaluate.mapText'),
      summary.meanAveragePrecision,
      intervals?.meanAveragePrecision ?? null,
    ],
    [t('evaluate.macroF1'), t('evaluate.macroF1Text'), summary.macro.f1, intervals?.macroF1 ?? null],
    [t('evaluate.microF1'), t('evaluate.microF1Text'), summary.micro.f1, intervals?.microF1 ?? null],
    [t('evaluate.cf1'), t('evaluate.cf1Text'), summary.cf1, intervals?.cf1 ?? null],
    [t('evaluate.precision'), t('evaluate.precisionText'), summary.micro.precision, 'none'],
    [t('evaluate.recall'), t('evaluate.recallText'), summary.micro.recall, 'none'],
    [
      t('evaluate.subset'),
      t('evaluate.subsetText'),
      photos?.subsetAccuracy ?? null,
      intervals?.subsetAccuracy ?? null,
    ],
    [t('evaluate.hamming'), t('evaluate.hammingText'), summary.hammingLoss, 'none'],
  ];
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
      {few > 0 && (
        <p className="evaluate__warning">
          <Icon name="warning" size={18} />
          <span>{t('evaluate.few', { count: few, most: fewPhotos })}</span>
        </p>
      )}
      <dl className="figure-cards">
        {cards.map(([name, text, value, interval]) => (
          <div key={name} className="figure-card">
            <dt className="figure-card__name">{name}</dt>
            <dd className="figure-card__value">
              <span className="figure-card__number numeric">{value === null ? '…' : figureText(value)}</span>
              {interval !== 'none' && (
                <span className="figure-card__interval numeric">
                  {interval === null
                    ? t('evaluate.intervalComing')
                    : t('evaluate.interval', {
                        low: figureText(interval.low),
                        high: figureText(interval.high),
                      })}
                </span>
              )}
            </dd>
            <dd className="figure-card__text">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
