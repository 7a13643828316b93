import { type KeyboardEvent, memo, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LabelScore } from '../../../core/library/photo-cell.ts';
import type { Label, LabelNumber } from '../../../core/tagging/label.ts';
import { useLabels } from '../../engine/hooks.ts';
import { formatScore } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { tagState } from './tag-state.ts';
import type { Judge } from './use-judge.ts';

/**
 * Rows get their buttons in groups of so many when they come near the screen: with a thousand buttons more, hundreds of
 * labels would be slow to show and slow to read out.
 */
const groupSize = 20;

/** Labels with their scores and what can be said about each; the arrow keys move, one stop of the Tab key in all. */
export const LabelRows = memo(function LabelRows({
  scores,
  judge,
  why,
  onWhy,
}: {
  readonly scores: readonly LabelScore[];
  readonly judge: Judge;
  readonly why: LabelNumber | null;
  readonly onWhy: (label: LabelNumber | null) => void;
}) {
  const table = useLabels();
  const list = useRef<HTMLUListElement>(null);
  const wanted = useRef<string | null>(null);
  // One stop of the Tab key for the whole list; the arrows move within it.
  const [active, setActive] = useState(0);
  const near = useNearGroups(list, Math.ceil(scores.length / groupSize));
  const stop = Math.min(active, scores.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = scores.length - 1;
    const to = { ArrowDown: stop + 1, ArrowUp: stop - 1, Home: 0, End: last }[event.key];
    if (to === undefined || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, to));
    const kind = event.target.dataset.verdict;
    setActive(index);
    wanted.current = kind ?? null;
  };
  // The row that the focus goes to may get its buttons only now.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = list.current?.children[stop];
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector<HTMLButtonElement>(`[data-verdict="${wanted.current}"]`)?.focus();
    wanted.current = null;
  }, [stop]);

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
            buttons={index === stop || near.has(Math.floor(index / groupSize))}
            judge={judge}
            isAsked={score.label === why}
            onWhy={onWhy}
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
  buttons,
  judge,
  isAsked,
  onWhy,
}: {
  readonly score: LabelScore;
  readonly label: Label;
  readonly name: string;
  readonly stop: boolean;
  readonly buttons: boolean;
  readonly judge: Judge;
  readonly isAsked: boolean;
  readonly onWhy: (label: LabelNumber | null) => void;
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
      {buttons && (
        <>
          {score.score !== null && (
            <button
              type="button"
              className="label-row__button label-row__button--why"
              data-verdict="why"
              tabIndex={tabIndex}
              aria-label={t('photo.why', { label: name })}
              title={t('photo.why', { label: name })}
              aria-pressed={isAsked}
              onClick={() => onWhy(isAsked ? null : label.number)}
            >
              <Icon name="why" size={16} />
            </button>
          )}
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
        </>
      )}
    </li>
  );
});

/** The groups of rows that are on the screen or a little beyond its edges. */
function useNearGroups(list: RefObject<HTMLUListElement | null>, groups: number): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set([0]));
  useEffect(() => {
    const rows = list.current?.children;
    if (rows === undefined) return;
    const groupOf = new Map<Element, number>();
    const visible = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const group = groupOf.get(entry.target) ?? 0;
          if (entry.isIntersecting) visible.add(group);
          else visible.delete(group);
        }
        // Seen is the first row of each group: the group before it may be in sight as well.
        setNear(new Set([...visible].flatMap((group) => [group, group - 1]).concat(0)));
      },
      { rootMargin: '800px 0px' },
    );
    for (let group = 0; group < groups; group++) {
      const row = rows[group * groupSize];
      if (row === undefined) break;
      groupOf.set(row, group);
      observer.observe(row);
    }
    return () => observer.disconnect();
  }, [list, groups]);
  return near;
}
