import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedScope } from '../../../core/library/judged-photos.ts';
import { useFragment } from '../../engine/fragment.ts';
import type { FiguresScope } from '../../engine/fragment-state.ts';
import { useQuery } from '../../engine/hooks.ts';

/** What each choice of photos to judge is called. */
export function useScopeNames(): Readonly<Record<FiguresScope, string>> {
  const { t } = useTranslation();
  const { only } = useFragment();
  return {
    all: t('evaluate.scopeAll'),
    filter: t(only === null ? 'evaluate.scopeFilter' : 'evaluate.scopeSelected'),
    train: t('evaluate.scopeTrain'),
    validation: t('evaluate.scopeValidation'),
  };
}

/** Which photos are judged, as the fragment says. */
export function useScope(): JudgedScope {
  const { scope } = useFragment();
  const filter = useQuery();
  const query = scope === 'filter' ? filter : null;
  return useMemo(
    () => ({
      // The photos behind a figure are no photos to judge by.
      query: query && { ...query, show: 'present', cell: null },
      side: scope === 'train' || scope === 'validation' ? scope : null,
    }),
    [scope, query],
  );
}
