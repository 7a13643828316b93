import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../engine/fragment.ts';
import { formatScore, useFormat } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { CellLink } from './CellLink.tsx';
import { fewPhotos } from './FewPhotos.tsx';
import { figureText } from './figure-text.ts';
import type { Figures, LabelState } from './use-figures.ts';
import { useNameOf } from './use-name-of.ts';

const LabelCurves = lazy(() => import('./LabelCurves.tsx'));

/** One label closely: its threshold, its 2x2, its figures with intervals. */
export function LabelDetail({
  set,
  label,
  turn,
  state,
  figures,
}: {
  readonly set: string;
  /** Number of the label in the figures. */
  readonly label: number;
  /** Changes when all thresholds were set at once. */
  readonly turn: number;
  readonly state: LabelState;
  readonly figures: Figures;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNameOf();
  const top = useRef<HTMLElement>(null);
  const { figures: all, intervals } = state;
  const id = all.labels[label]!;
  const name = nameOf(id);
  const [dragged, setDragged] = useState<{ label: number; turn: number; value: number } | null>(null);
  const threshold =
    dragged?.label === label && dragged.turn === turn ? dragged.value : all.thresholds[label]!;
  const support = all.table.support[label]!;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another label is shown from its top
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, [label]);
  const cell = (kind: 'truePositive' | 'falsePositive' | 'falseNegative' | 'trueNegative') => (
    <td>
      <CellLink
        cell={{ set, kind, label: id, threshold: all.thresholds[label]! }}
        count={all[`${kind}s`][label]!}
      />
    </td>
  );
  const rates = [
    [t('evaluate.column.precision'), all.table.precision[label]!, null, t('evaluate.columnText.precision')],
    [t('evaluate.column.recall'), all.table.recall[label]!, null, t('evaluate.columnText.recall')],
    [t('evaluate.column.f1'), all.table.f1[label]!, intervals?.labelF1[label], t('evaluate.columnText.f1')],
    [
      t('evaluate.column.averagePrecision'),
      all.table.averagePrecision[label]!,
      intervals?.labelAveragePrecision[label],
      t('evaluate.columnText.averagePrecision'),
    ],
  ] as const;
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
      {support < fewPhotos && (
        <p className="evaluate__warning">
          <Icon name="warning" size={18} />
          <span>{t('evaluate.fewOfLabel', { count: support })}</span>
        </p>
      )}
      <div className="evaluate__slider">
        <Slider
          label={t('evaluate.threshold')}
          value={threshold}
          min={0}
          max={1}
          step={0.01}
          format={formatScore}
          onChange={(value) => {
            setDragged({ label, turn, value });
            figures.move(all.thresholds.with(label, value));
          }}
        />
        <output className="numeric">{formatScore(threshold)}</output>
      </div>
      <table className="two-by-two">
        <caption className="visually-hidden">{t('evaluate.twoByTwo', { label: name })}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('evaluate.predicted')}</th>
            <th scope="col">{t('evaluate.notPredicted')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('evaluate.actual')}</th>
            {cell('truePositive')}
            {cell('falseNegative')}
          </tr>
          <tr>
            <th scope="row">{t('evaluate.notActual')}</th>
            {cell('falsePositive')}
            {cell('trueNegative')}
          </tr>
        </tbody>
      </table>
      <dl className="label-detail__rates">
        {rates.map(([term, value, interval, text]) => (
          <div key={term} title={text}>
            <dt>{term}</dt>
            <dd className="numeric">
              {figureText(value)}
              {interval && (
                <span className="figure-card__interval">
                  {' '}
                  {t('evaluate.interval', { low: figureText(interval.low), high: figureText(interval.high) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="evaluate__hint">{t('evaluate.ofLabel', { photos: format.number(support) })}</p>
      <Suspense fallback={<p role="status">{t('evaluate.loading')}</p>}>
        <LabelCurves
          set={set}
          label={id}
          name={name}
          threshold={threshold}
          curves={() => figures.curves(label)}
          version={state.version}
        />
      </Suspense>
    </section>
  );
}
