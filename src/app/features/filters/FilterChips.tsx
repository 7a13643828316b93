import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { alternativesKey } from '../../../core/search/alternative.ts';
import { formatExclusion } from '../../../core/search/exclusion.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { noConditions } from '../../engine/query-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { editInSearchBox } from './edited-text.ts';
import { type Condition, conditionsOf, figuresOf, isTyped, withoutCondition } from './filter-state.ts';
import { SaveSearch } from './SaveSearch.tsx';
import { useConditionWords } from './use-condition-words.ts';
import { useTypedQuery } from './use-typed-query.ts';
import './filters.css';

/**
 * The filters in force, each with a button that takes it away and one that puts it into the search box to be changed.
 * Nothing when there are none.
 */
export function FilterChips() {
  const { t } = useTranslation();
  const format = useFormat();
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
      {/* Beside a picture the whole search is kept from there. */}
      {fragment.similar === null && <SaveSearch suggested={format.list(conditions.map(wordsOf))} />}
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
  if (condition.kind === 'either') return `(either ${alternativesKey(condition.group)})`;
  if (condition.kind === 'excluded') return `(not ${formatExclusion(condition.exclusion)})`;
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
  either: 'search',
  none: 'minus',
  dates: 'calendar',
  excluded: 'minus',
} as const satisfies Record<Condition['kind'], IconName>;
const tones = {
  cell: 'accent',
  all: 'accent',
  any: 'accent',
  or: 'accent',
  either: 'accent',
  none: 'danger',
  excluded: 'danger',
} as const;

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
