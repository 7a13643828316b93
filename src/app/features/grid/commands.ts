import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatIds } from '../../../core/library/id-list.ts';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { removePhotos } from '../../engine/removal.ts';
import { dismissOffers, showToast } from '../../ui/toasts.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';

type Ids = Uint32Array<ArrayBuffer>;

/** What can be done with photos of the grid. */
export interface GridCommands {
  open(id: PhotoId): void;
  findSimilar(id: PhotoId): void;
  /** Shows how good labels are on these photos. */
  evaluate(ids: Ids): void;
  /** Out of the library's sight, with an offer to undo; files on disk stay. */
  remove(ids: Ids): Promise<void>;
  restore(ids: Ids): Promise<void>;
  /** Makes photos favourites, or no longer. */
  favour(ids: Ids, liked: boolean): Promise<void>;
  retry(ids: Ids): Promise<void>;
  /** For good, whether they were removed before or not. */
  purge(ids: Ids): Promise<void>;
}

export function useGridCommands(): GridCommands {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  return useMemo(() => {
    return {
      open: (id) => navigate({ photo: id }),
      findSimilar: (id) => navigate({ similar: id, photo: null }),
      evaluate: (ids) =>
        navigate({ screen: 'evaluate', scope: 'filter', only: formatIds(ids), similar: null, photo: null }),
      async remove(ids) {
        if (!(await removePhotos(library, ids))) return;
        offerUndo(t('grid.removedToast', { count: ids.length }), () => library.undo());
      },
      async restore(ids) {
        await library.restore(ids);
        offerUndo(t('grid.restoredToast', { count: ids.length }), () => library.undo());
      },
      favour: (ids, liked) => library.favour(ids, liked),
      retry: (ids) => library.retry(ids),
      async purge(ids) {
        await library.deleteForGood(ids);
        dismissOffers(); // what is gone cannot come back
        showToast({ text: t('grid.purgedToast', { count: ids.length }) });
      },
    };
  }, [library, t, offerUndo]);
}
