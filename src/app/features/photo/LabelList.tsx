import { lazy, Suspense, startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { LabelNumber } from '../../../core/tagging/label.ts';
import { useLabels } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { TextField } from '../../ui/TextField.tsx';
import { LabelRows } from './LabelRows.tsx';
import type { Judge } from './use-judge.ts';

const LabelChart = lazy(() => import('./LabelChart.tsx'));

/** So many are in the chart, and in the list before it is first painted; the rest of the list follows at once. */
const topCount = 10;
const firstCount = 30;

/** Every label with its score: the best as a chart, all of them as a list that can be searched. */
export function LabelList({
  labels,
  judge,
  why,
  onWhy,
}: {
  readonly labels: readonly LabelScore[];
  readonly judge: Judge;
  readonly why: LabelNumber | null;
  readonly onWhy: (label: LabelNumber | null) => void;
}) {
  const { t } = useTranslation();
  const table = useLabels();
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);

  // The list of the photo before stays until this one's is made: paging through photos must not wait for it.
  const latest = useDeferredValue(labels);
  // A keyword of the file that nobody scored or judged is a tag, listed with those.
  const scores = useMemo(
    () => latest.filter(({ score, verdict, fromFile }) => !fromFile || score !== null || verdict !== null),
    [latest],
  );
  const wanted = useDeferredValue(text);
  const found = useMemo(() => {
    if (wanted.trim() === '') return scores;
    const byNumber = new Map(scores.map((score) => [score.label, score]));
    return searchLabels(table.all, wanted)
      .map((label) => byNumber.get(label.number))
      .filter((score) => score !== undefined);
  }, [scores, wanted, table]);
  const top = useMemo(
    () =>
      scores
        .filter((score) => score.score !== null)
        .slice(0, topCount)
        .map((score) => {
          const label = table.get(score.label);
          return {
            name: label === undefined ? '' : table.name(label),
            score: score.score ?? 0,
            threshold: score.threshold,
          };
        }),
    [scores, table],
  );

  return (
    <section className="photo-part" aria-labelledby="photo-labels">
      <h2 className="photo-part__title" id="photo-labels">
        {t('photo.labels')}
      </h2>
      {labels.length === 0 ? (
        <p className="hint">{t('photo.labelsNone')}</p>
      ) : (
        <>
          <p className="hint">{t('photo.labelsHint')}</p>
          {top.length > 0 && (
            <Suspense fallback={<div className="label-chart" />}>
              <LabelChart rows={top} description={t('photo.chart', { count: top.length })} />
            </Suspense>
          )}
          <TextField
            label={t('photo.searchLabels')}
            labelHidden
            type="search"
            icon="search"
            placeholder={t('photo.searchLabels')}
            value={text}
            onChange={setText}
          />
          <p className="visually-hidden" role="status">
            {wanted.trim() !== '' && t('photo.labelsFound', { count: found.length })}
          </p>
          {found.length === 0 && <p className="hint">{t('photo.noLabelsFound')}</p>}
          <LabelRows
            scores={whole ? found : found.slice(0, firstCount)}
            judge={judge}
            why={why}
            onWhy={onWhy}
          />
        </>
      )}
    </section>
  );
}
