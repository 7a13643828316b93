import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Words of the cells, made once for all of them: thousands come and go while scrolling. */
export interface CellWords {
  readonly loading: string;
  readonly queued: string;
  readonly failed: string;
  readonly deferred: string;
  readonly missing: string;
  readonly favourite: string;
}

export function useCellWords(): CellWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      loading: t('grid.loadingPhoto'),
      queued: t('grid.statusQueued'),
      failed: t('grid.statusFailed'),
      deferred: t('grid.statusDeferred'),
      missing: t('grid.statusMissing'),
      favourite: t('grid.favourite'),
    }),
    [t],
  );
}
