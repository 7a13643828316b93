import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { noConditions } from '../../engine/query-of.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { editInSearchBox } from './edited-text.ts';
import { type Condition, conditionsOf, figuresOf, isTyped, withoutCondition } from './filter-state.ts';
import { SaveSearch } from './SaveSearch.tsx';
import { useTypedQuery } from './use-typed-query.ts';
import './filters.css';

/**
 * The filters in force, each with a button that takes it away and one that puts it into the search box to be changed.
 * Nothing when there are none.
 */
export function FilterChips() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const list = useRef<HTMLUListElement>(null);
  const conditions = conditionsOf(fragment);
  const wordsOf = useConditionWords();
  if (conditions.length === 0) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    const items = [...(list.current?.querySelectorAll('li') ?? [])];
    const at = items.findIndex((item) => item.contains(event.target as Element));
    const condition = conditions[at];
    if (condition === undefined) return;
    event.preventDefault();
    navigate(withoutCondition(fragment, condition));
    // The focus goes to the chip that has moved up, or to the last one.
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>('.chip__edit') ?? [];
      left[Math.min(at, left.length - 1)]?.focus();
    });
  };

  return (
    <div className="filter-chips">
      <ul ref={list} className="filter-chips__list" aria-label={t('filters.active')} onKeyDown={onKeyDown}>
        {conditions.map((condition, at) => (
          <li key={keyOf(condition)} className="filter-chips__item">
            {condition.kind === 'any' && conditions[at - 1]?.kind === 'any' && (
              <span className="hint">{t('filters.or')}</span>
            )}
            <ConditionChip condition={condition} />
          </li>
        ))}
      </ul>
      <SaveSearch suggested={conditions.map(wordsOf).join(', ')} />
      {fragment.cell !== null && (
        <Button
          variant="quiet"
          size="small"
          icon="chart"
          onPress={() => fragment.cell !== null && navigate(figuresOf(fragment.cell))}
        >
          {t(fragment.cell.kind === 'said' ? 'filters.toLabels' : 'filters.toFigures')}
        </Button>
      )}
      <Button variant="quiet" size="small" onPress={() => navigate(noConditions)}>
        {t('filters.clearAll')}
      </Button>
    </div>
  );
}

function keyOf(condition: Condition): string {
  if (condition.kind === 'set') return `(set ${condition.set})`;
  if (condition.kind === 'or') return `(or ${condition.values.join()})`;
  return 'value' in condition && condition.kind !== 'text' && condition.kind !== 'folder'
    ? condition.value
    : `(${condition.kind})`;
}

const icons = {
  cell: 'chart',
  only: 'check',
  text: 'search',
  folder: 'folder',
  favourites: 'heart',
  set: 'tag',
  all: 'tag',
  any: 'tag',
  or: 'tag',
  none: 'minus',
  dates: 'calendar',
} as const satisfies Record<Condition['kind'], IconName>;
const tones = { cell: 'accent', all: 'accent', any: 'accent', or: 'accent', none: 'danger' } as const;

function ConditionChip({ condition }: { readonly condition: Condition }) {
  const { t } = useTranslation();
  const fragment = useFragment();
  const { textOf } = useTypedQuery();
  const words = useConditionWords()(condition);
  const { kind } = condition;
  const remove = () => navigate(withoutCondition(fragment, condition));
  return (
    <Chip
      icon={icons[kind]}
      tone={kind in tones ? tones[kind as keyof typeof tones] : 'neutral'}
      {...(isTyped(condition) && {
        editLabel: t('filters.editFilter', { filter: words }),
        onEdit: () => {
          editInSearchBox(textOf(condition));
          remove();
        },
      })}
      removeLabel={t('filters.removeFilter', { filter: condition.kind === 'text' ? condition.value : words })}
      onRemove={remove}
    >
      {words}
    </Chip>
  );
}

/** A condition in words. */
function useConditionWords(): (condition: Condition) => string {
  const { t } = useTranslation();
  const sets = useLabelSets() ?? [];
  const format = useFormat();
  const nameOf = useNameOf();
  return (condition) => {
    switch (condition.kind) {
      case 'text':
        return t('filters.nameHolds', { text: condition.value });
      case 'cell':
        return cellName(t, condition.cell, nameOf);
      case 'only':
        return t('filters.only', { count: condition.count });
      case 'folder':
        return t('filters.inFolder', { folder: condition.value });
      case 'set':
        return t('filters.inSet', {
          set: sets.find(({ id }) => id === condition.set)?.name ?? condition.set,
        });
      case 'favourites':
        return t('filters.favourites');
      case 'all':
      case 'any':
        return nameOf(condition.value);
      case 'or':
        return condition.values.map(nameOf).join(` ${t('filters.or')} `);
      case 'none':
        return t('filters.not', { tag: nameOf(condition.value) });
      case 'dates': {
        const { from, to } = condition;
        const day = (date: string) => format.date(Date.parse(date), 'wall-clock');
        if (from !== null && to !== null) return t('filters.between', { from: day(from), to: day(to) });
        return from !== null
          ? t('filters.since', { from: day(from) })
          : t('filters.until', { to: day(to ?? '') });
      }
    }
  };
}
