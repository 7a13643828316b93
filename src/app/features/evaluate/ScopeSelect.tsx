import { useTranslation } from 'react-i18next';
import { navigate, useFragment } from '../../engine/fragment.ts';
import { emptyFragment, type FiguresScope } from '../../engine/fragment-state.ts';
import { useQuery } from '../../engine/hooks.ts';
import { isFiltered } from '../../engine/query-of.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { useScopeNames } from './use-scope.ts';

/** Which photos are judged: all, those of the library's filter (or that were selected), a side of the person's split. */
export function ScopeSelect({ hasSplit }: { readonly hasSplit: boolean }) {
  const { t } = useTranslation();
  const fragment = useFragment();
  const { scope } = fragment;
  const library = {
    ...fragment,
    screen: 'photos',
    set: null,
    part: emptyFragment.part,
    label: null,
    cell: null,
    scope: 'all',
  } as const;
  // The photos behind a figure are no photos to judge by.
  const hasFilter = isFiltered({ ...useQuery(), cell: null });
  const names = useScopeNames();
  const scopes: FiguresScope[] = ['all'];
  if (hasFilter || scope === 'filter') scopes.push('filter');
  if (hasSplit || scope === 'train' || scope === 'validation') scopes.push('validation', 'train');
  return (
    <>
      <Select
        label={t('evaluate.scope')}
        labelHidden
        value={scope}
        options={scopes.map((value) => ({ value, label: names[value] }))}
        onChange={(value) => navigate({ scope: value }, 'replace')}
      />
      {scope === 'filter' && (
        <Button size="small" variant="quiet" icon="photo" onPress={() => navigate({ ...library, scope })}>
          {t('evaluate.seePhotos')}
        </Button>
      )}
    </>
  );
}
