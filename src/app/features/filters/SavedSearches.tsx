import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedSearch } from '../../../protocol/library.ts';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { withTexts } from '../../i18n/start.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { reloadSearches, searchFragment, searchState, useSavedSearches } from './saved-searches.ts';

const NameDialog = lazy(() => withTexts(import('./NameDialog.tsx')));

/** The searches that the person saved: to be followed, renamed, deleted. Nothing when there are none. */
export function SavedSearches() {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const searches = useSavedSearches();
  const current = searchFragment(useFragment());
  const [renamed, setRenamed] = useState<SavedSearch | null>(null);
  if (searches.length === 0) return null;

  const store = async (search: SavedSearch) => {
    setRenamed(null);
    await library.saveSearch(search);
    await reloadSearches(library);
  };
  const remove = async (search: SavedSearch) => {
    await library.deleteSearch(search.number);
    await reloadSearches(library);
    offerUndo(t('filters.searchDeleted', { name: search.name }), () => store(search));
  };
  return (
    <section className="filters__section" aria-labelledby="filters-searches">
      <h2 className="filters__heading" id="filters-searches">
        {t('filters.savedSearches')}
      </h2>
      <ul className="filters__places" aria-labelledby="filters-searches">
        {searches.map((search) => (
          <li key={search.number} className="saved-search">
            <button
              type="button"
              className={`filters__place ${search.fragment === current ? 'filters__place--current' : ''}`}
              aria-current={search.fragment === current ? 'page' : undefined}
              onClick={() => navigate(searchState(search))}
            >
              <Icon name="search" size={18} />
              <bdi className="filters__place-name foreign-text">{search.name}</bdi>
            </button>
            <IconButton
              icon="pencil"
              size="small"
              label={t('filters.renameSearch', { name: search.name })}
              onPress={() => setRenamed(search)}
            />
            <IconButton
              icon="trash"
              size="small"
              label={t('filters.deleteSearch', { name: search.name })}
              onPress={() => void remove(search)}
            />
          </li>
        ))}
      </ul>
      <Suspense>
        {renamed !== null && (
          <NameDialog
            name={renamed.name}
            onClose={() => setRenamed(null)}
            onName={(name) => void store({ ...renamed, name })}
          />
        )}
      </Suspense>
    </section>
  );
}
