import { useTranslation } from 'react-i18next';
import type { Alternative } from '../../../core/search/alternative.ts';
import type { Exclusion } from '../../../core/search/exclusion.ts';
import type { DayRange } from '../../../core/search/typed-dates.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { useFormat } from '../../i18n/format.ts';
import type { Condition } from './filter-state.ts';

/** A condition in words. */
export function useConditionWords(): (condition: Condition) => string {
  const { t } = useTranslation();
  const sets = useLabelSets() ?? [];
  const format = useFormat();
  const nameOf = useNameOf();
  const setName = (set: number) => sets.find(({ id }) => id === set)?.name ?? set;
  const day = (date: string) => format.date(Date.parse(date), 'wall-clock');
  const dates = ({ from, to }: DayRange) => {
    if (from !== null && to !== null) return t('filters.between', { from: day(from), to: day(to) });
    return from !== null
      ? t('filters.since', { from: day(from) })
      : t('filters.until', { to: day(to ?? '') });
  };
  const alternative = ({ trait, negated }: Alternative) => {
    if (trait.kind === 'tag') return negated ? t('filters.not', { tag: nameOf(trait.id) }) : nameOf(trait.id);
    if (trait.kind === 'name')
      return t(negated ? 'filters.nameLacks' : 'filters.nameHolds', { text: trait.text });
    if (negated) return excluded(trait);
    if (trait.kind === 'folder') return t('filters.inFolder', { folder: trait.folder });
    if (trait.kind === 'set') return t('filters.inSet', { set: setName(trait.set) });
    return trait.kind === 'favourites' ? t('filters.favourites') : dates(trait);
  };
  const excluded = (exclusion: Exclusion) => {
    if (exclusion.kind === 'folder') return t('filters.notInFolder', { folder: exclusion.folder });
    if (exclusion.kind === 'set') return t('filters.notInSet', { set: setName(exclusion.set) });
    if (exclusion.kind === 'favourites') return t('filters.notFavourites');
    const { from, to } = exclusion;
    if (from !== null && to !== null) return t('filters.notBetween', { from: day(from), to: day(to) });
    return from !== null
      ? t('filters.notSince', { from: day(from) })
      : t('filters.notUntil', { to: day(to ?? '') });
  };
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
        return t('filters.inSet', { set: setName(condition.set) });
      case 'favourites':
        return t('filters.favourites');
      case 'all':
      case 'any':
        return nameOf(condition.value);
      case 'or':
        return condition.values.map(nameOf).join(` ${t('filters.or')} `);
      case 'none':
        return t('filters.not', { tag: nameOf(condition.value) });
      case 'either':
        return condition.group.map(alternative).join(` ${t('filters.or')} `);
      case 'dates':
        return dates(condition);
      case 'excluded':
        return excluded(condition.exclusion);
    }
  };
}
