import {
  type KeyboardEvent,
  lazy,
  memo,
  Suspense,
  startTransition,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { Label } from '../../../core/tagging/label.ts';
import { useLabels } from '../../engine/hooks.ts';
import { searchLabels } from '../../engine/label-search.ts';
import { formatScore } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { tagState } from './tag-state.ts';
import type { Judge } from './use-judge.ts';

const LabelChart = lazy(() => import('./LabelChart.tsx'));

/** So many are in the chart, and in the list before it is first painted; the rest of the list follows at once. */
const topCount = 10;
const firstCount = 30;

/** Every label with its score: the best as a chart, all of them as a list that can be searched. */
export function LabelList({
  labels,
  judge,
}: {
  readonly labels: readonly LabelScore[];
  readonly judge: Judge;
}) {
  const { t } = useTranslation();
  const table = useLabels();
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);

  // The list of the photo before stays until this one's is made: paging through photos must not wait for it.
  const scores = useDeferredValue(labels);
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
        <p className="photo-part__hint">{t('photo.labelsNone')}</p>
      ) : (
        <>
          <p className="photo-part__hint">{t('photo.labelsHint')}</p>
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
          {found.length === 0 && <p className="photo-part__hint">{t('photo.noLabelsFound')}</p>}
          <Rows scores={whole ? found : found.slice(0, firstCount)} judge={judge} />
        </>
      )}
    </section>
  );
}

const Rows = memo(function Rows({
  scores,
  judge,
}: {
  readonly scores: readonly LabelScore[];
  readonly judge: Judge;
}) {
  const table = useLabels();
  const list = useRef<HTMLUListElement>(null);
  // One stop of the Tab key for the whole list; the arrows move within it.
  const [active, setActive] = useState(0);
  const stop = Math.min(active, scores.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = scores.length - 1;
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: last }[event.key];
    if (to === undefined || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    const kind = event.target.dataset.verdict;
    setActive(index);
    const row = list.current?.children[index];
    row?.querySelector<HTMLButtonElement>(`[data-verdict="${kind}"]`)?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <ul ref={list} className="label-list" aria-labelledby="photo-labels" onKeyDown={onKeyDown}>
      {scores.map((score, index) => {
        const label = table.get(score.label);
        return label === undefined ? null : (
          <Row
            key={score.label}
            score={score}
            label={label}
            name={table.name(label)}
            stop={index === stop}
            judge={judge}
          />
        );
      })}
    </ul>
  );
});

const Row = memo(function Row({
  score,
  label,
  name,
  stop,
  judge,
}: {
  readonly score: LabelScore;
  readonly label: Label;
  readonly name: string;
  readonly stop: boolean;
  readonly judge: Judge;
}) {
  const { t } = useTranslation();
  const state = tagState(score);
  const tabIndex = stop ? 0 : -1;
  const set = (verdict: 'accepted' | 'rejected') => judge(label, score.verdict === verdict ? null : verdict);
  return (
    <li className={`label-row label-row--${state}`}>
      <bdi className="label-row__name foreign-text">{name}</bdi>{' '}
      <span className="label-row__score numeric">
        {score.score === null ? t('photo.noScore') : formatScore(score.score)}
      </span>
      <button
        type="button"
        className="label-row__button label-row__button--accept"
        data-verdict="accepted"
        tabIndex={tabIndex}
        aria-label={t('photo.accept', { label: name })}
        aria-pressed={score.verdict === 'accepted'}
        onClick={() => set('accepted')}
      >
        <Icon name="check" size={16} />
      </button>
      <button
        type="button"
        className="label-row__button label-row__button--reject"
        data-verdict="rejected"
        tabIndex={tabIndex}
        aria-label={t('photo.reject', { label: name })}
        aria-pressed={score.verdict === 'rejected'}
        onClick={() => set('rejected')}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
});
