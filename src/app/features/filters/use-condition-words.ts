import { useTranslation } from 'react-i18next';
import type { Exclusion } from '../../../core/search/exclusion.ts';
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
      case 'dates': {
        const { from, to } = condition;
        if (from !== null && to !== null) return t('filters.between', { from: day(from), to: day(to) });
        return from !== null
          ? t('filters.since', { from: day(from) })
          : t('filters.until', { to: day(to ?? '') });
      }
      case 'excluded':
        return excluded(condition.exclusion);
    }
  };
}
