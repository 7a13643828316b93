import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interval } from '../../../core/evaluation/resample.ts';
import { groupOfWhole } from '../../../core/evaluation/run.ts';
import { navigate } from '../../engine/fragment.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { fewPhotos } from './FewPhotos.tsx';
import { figureText } from './figure-text.ts';
import type { Figures } from './use-figures.ts';

const LabelCurves = lazy(() => import('./LabelCurves.tsx'));

type Rate = 'precision' | 'recall' | 'f1' | 'averagePrecision';

/** One label (or class) closely: its figures with intervals, its curves, and what stands between (`children`). */
export function LabelDetail({
  set,
  id,
  title,
  number,
  threshold,
  support,
  rates,
  intervals,
  version,
  figures,
  children,
}: {
  readonly set: string;
  /** Text id, or `wholeOf(group)`. */
  readonly id: string;
  /** Left out: the label's name. */
  readonly title?: string;
  /** Number of the label in the figures. */
  readonly number: number;
  readonly threshold: number;
  readonly support: number;
  readonly rates: Readonly<Partial<Record<Rate, number>>>;
  readonly intervals?: Readonly<Partial<Record<Rate, Interval | undefined>>>;
  /** Changes when the photos did. */
  readonly version: number;
  readonly figures: Figures;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const top = useRef<HTMLElement>(null);
  const name = title ?? nameOf(id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another label is shown from its top
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, [id]);
  return (
    <section ref={top} className="label-detail" aria-labelledby="evaluate-detail">
      <div className="label-detail__head">
        <h2 className="evaluate__heading" id="evaluate-detail">
          <bdi className="foreign-text">{name}</bdi>
        </h2>
        <IconButton
          icon="close"
          size="small"
          label={t('evaluate.closeLabel')}
          onPress={() => navigate({ label: null }, 'replace')}
        />
      </div>
      {groupOfWhole(id) === null && support < fewPhotos && (
        <p className="evaluate__warning">
          <Icon name="warning" size={18} />
          <span>{t('evaluate.fewOfLabel', { count: support })}</span>
        </p>
      )}
      {children}
      <dl className="label-detail__rates">
        {(Object.keys(rates) as Rate[]).map((rate) => {
          const interval = intervals?.[rate];
          return (
            <div key={rate}>
              <dt>{t(`evaluate.column.${rate}`)}</dt>
              <dd className="numeric">
                {figureText(rates[rate] ?? Number.NaN)}
                {interval && (
                  <span className="figure-card__interval">
                    {' '}
                    {t('evaluate.interval', {
                      low: figureText(interval.low),
                      high: figureText(interval.high),
                    })}
                  </span>
                )}
              </dd>
              <dd className="hint">{t(`evaluate.columnText.${rate}`)}</dd>
            </div>
          );
        })}
      </dl>
      <p className="evaluate__hint">
        {t(groupOfWhole(id) === null ? 'evaluate.ofLabel' : 'evaluate.ofGuesses', {
          photos: format.number(support),
        })}
      </p>
      <Suspense fallback={<p role="status">{t('evaluate.loading')}</p>}>
        <LabelCurves
          set={set}
          label={id}
          name={name}
          threshold={threshold}
          curves={() => figures.curves(number)}
          version={version}
        />
      </Suspense>
    </section>
  );
}
