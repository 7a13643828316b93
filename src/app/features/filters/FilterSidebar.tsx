import { useTranslation } from 'react-i18next';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useEngine } from '../../engine/hooks.ts';
import { noConditions } from '../../engine/query-of.ts';
import { useFormat } from '../../i18n/format.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { DateRange } from './DateRange.tsx';
import { SavedSearches } from './SavedSearches.tsx';
import { TagFacets } from './TagFacets.tsx';
import './filters.css';

/** Which photos: the place, the days, the tags. */
export function FilterSidebar() {
  const { t } = useTranslation();
  const { show, favourites } = useFragment();
  const { counts } = useEngine().status;
  return (
    <div className="filters">
      <ul className="filters__places" aria-label={t('filters.places')}>
        <Place place="present" icon="photo" label={t('filters.allPhotos')} count={counts.present} />
        {(counts.favourites > 0 || favourites) && (
          <Place place="favourites" icon="heart" label={t('filters.favourites')} count={counts.favourites} />
        )}
        {(counts.missing > 0 || show === 'missing') && (
          <Place place="missing" icon="photo-broken" label={t('filters.missing')} count={counts.missing} />
        )}
        {(counts.failed > 0 || show === 'failed') && (
          <Place place="failed" icon="warning" label={t('filters.notReadable')} count={counts.failed} />
        )}
        {(counts.removed > 0 || show === 'removed') && (
          <Place place="removed" icon="trash" label={t('filters.recentlyRemoved')} count={counts.removed} />
        )}
      </ul>
      <SavedSearches />
      <TagFacets />
      <DateRange />
    </div>
  );
}

function Place({
  place,
  icon,
  label,
  count,
}: {
  readonly place: PhotoQuery['show'] | 'favourites';
  readonly icon: IconName;
  readonly label: string;
  readonly count: number;
}) {
  const { show, favourites } = useFragment();
  const format = useFormat();
  const current = favourites ? place === 'favourites' : show === place;
  const target =
    place === 'favourites'
      ? ({ ...noConditions, show: 'present', favourites: true } as const)
      : { ...noConditions, show: place };
  return (
    <li>
      <button
        type="button"
        className={`filters__place ${current ? 'filters__place--current' : ''}`}
        aria-current={current ? 'page' : undefined}
        onClick={() => navigate(current ? noConditions : target)}
      >
        <Icon name={icon} size={18} />
        <span className="filters__place-name">{label}</span>
        <span className="filters__count numeric">{format.number(count)}</span>
      </button>
    </li>
  );
}
