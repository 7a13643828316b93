import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { currentFragment, navigate } from '../engine/fragment.ts';
import { mostItems, withPhotos } from '../engine/like-items.ts';
import { showToast } from './toasts.ts';

/**
 * Puts photos into the tray, to be liked (weight above 0) or not, and shows what is like the tray then; where nothing is
 * liked yet, there is nothing to show. Says so where the tray has no room for all.
 */
export function useAddToTray(): (ids: Iterable<number>, weight: number) => void {
  const { t } = useTranslation();
  return useCallback(
    (ids, weight) => {
      const { similar, like } = currentFragment();
      const { items, left } = withPhotos(like, ids, weight);
      const shows = similar ?? (items.some((item) => item.weight > 0) ? 'tray' : null);
      navigate({ like: items, similar: shows, photo: null });
      if (left > 0) showToast({ text: t('ask.trayFull', { count: left, most: mostItems }) });
    },
    [t],
  );
}
