import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFragment } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { withTexts } from '../../i18n/start.ts';
import { Button } from '../../ui/Button.tsx';
import { showToast } from '../../ui/toasts.ts';
import { reloadSearches, searchFragment, useSavedSearches } from './saved-searches.ts';

const NameDialog = lazy(() => withTexts(import('./NameDialog.tsx')));

/** The button that keeps the search in force under a name. `suggested`: that name, until the person types another. */
export function SaveSearch({ suggested }: { readonly suggested: string }) {
  const { t } = useTranslation();
  const library = useLibrary();
  const state = useFragment();
  const fragment = searchFragment(state);
  const saved = useSavedSearches().some((search) => search.fragment === fragment);
  const [naming, setNaming] = useState(false);
  const save = async (name: string) => {
    setNaming(false);
    await library.saveSearch({ number: null, name, fragment });
    await reloadSearches(library);
    showToast({ text: t('filters.searchSaved', { name }) });
  };
  // A file is gone with the page.
  if (state.similar === 'file') return null;
  return (
    <>
      <Button variant="quiet" size="small" isDisabled={saved} onPress={() => setNaming(true)}>
        {t('filters.saveSearch')}
      </Button>
      <Suspense>
        {naming && (
          <NameDialog name={suggested} onClose={() => setNaming(false)} onName={(name) => void save(name)} />
        )}
      </Suspense>
    </>
  );
}
