import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabels } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { conditionCount, noConditions, withTag } from './filter-state.ts';
import './filters.css';

/** The filters in force, each with a button that takes it away. Nothing when there are none. */
export function FilterChips() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const labels = useLabels();
  const format = useFormat();
  if (conditionCount(fragment) === 0) return null;

  const nameOf = (id: string) => {
    const label = labels.byId(id);
    return label === undefined ? id : labels.name(label);
  };
  const tagChip = (id: string, mode: 'with' | 'without'): ReactNode => {
    const name = mode === 'with' ? nameOf(id) : t('filters.not', { tag: nameOf(id) });
    return (
      <Chip
        icon={mode === 'with' ? 'tag' : 'minus'}
        tone={mode === 'with' ? 'accent' : 'danger'}
        removeLabel={t('filters.removeFilter', { filter: name })}
        onRemove={() => navigate(withTag(fragment, id, null, 'all'))}
      >
        {name}
      </Chip>
    );
  };
  const { text, from, to, allOf, anyOf, noneOf } = fragment;
  const day = (date: string) => format.date(Date.parse(date), 'wall-clock');
  const dates =
    from !== null && to !== null
      ? t('filters.between', { from: day(from), to: day(to) })
      : from !== null
        ? t('filters.since', { from: day(from) })
        : to !== null
          ? t('filters.until', { to: day(to) })
          : null;
  return (
    <div className="filter-chips">
      <ul className="filter-chips__list" aria-label={t('filters.active')}>
        {text !== '' && (
          <li className="filter-chips__item">
            <Chip
              icon="search"
              removeLabel={t('filters.removeFilter', { filter: text })}
              onRemove={() => navigate({ text: '' })}
            >
              {t('filters.nameHolds', { text })}
            </Chip>
          </li>
        )}
        {allOf.map((id) => (
          <li key={id} className="filter-chips__item">
            {tagChip(id, 'with')}
          </li>
        ))}
        {anyOf.map((id, index) => (
          <li key={id} className="filter-chips__item">
            {index > 0 && <span className="filter-chips__or">{t('filters.or')}</span>}
            {tagChip(id, 'with')}
          </li>
        ))}
        {noneOf.map((id) => (
          <li key={id} className="filter-chips__item">
            {tagChip(id, 'without')}
          </li>
        ))}
        {dates !== null && (
          <li className="filter-chips__item">
            <Chip
              icon="calendar"
              removeLabel={t('filters.removeFilter', { filter: dates })}
              onRemove={() => navigate({ from: null, to: null })}
            >
              {dates}
            </Chip>
          </li>
        )}
      </ul>
      <Button variant="quiet" size="small" onPress={() => navigate(noConditions)}>
        {t('filters.clearAll')}
      </Button>
    </div>
  );
}
