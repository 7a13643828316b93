import { useTranslation } from 'react-i18next';
import { emptyFragment, type FiguresScope, navigate, useFragment } from '../../engine/fragment.ts';
import { useQuery } from '../../engine/hooks.ts';
import { isFiltered } from '../../engine/query-of.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';

/** Which photos are judged: all, those of the library's filter (or that were selected), a side of the person's split. */
export function ScopeSelect({ hasSplit }: { readonly hasSplit: boolean }) {
  const { t } = useTranslation();
  const fragment = useFragment();
  const { scope, only } = fragment;
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
  const options: { value: FiguresScope; label: string }[] = [{ value: 'all', label: t('evaluate.scopeAll') }];
  if (hasFilter || scope === 'filter') {
    options.push({
      value: 'filter',
      label: t(only === null ? 'evaluate.scopeFilter' : 'evaluate.scopeSelected'),
    });
  }
  if (hasSplit || scope === 'train' || scope === 'validation') {
    options.push(
      { value: 'validation', label: t('evaluate.scopeValidation') },
      { value: 'train', label: t('evaluate.scopeTrain') },
    );
  }
  return (
    <>
      <Select
        label={t('evaluate.scope')}
        labelHidden
        value={scope}
        options={options}
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
