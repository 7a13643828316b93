import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoDetail } from '../../../core/library/photo-cell.ts';
import { navigate } from '../../engine/fragment.ts';
import { useLibrary } from '../../engine/hooks.ts';
import { removePhotos } from '../../engine/removal.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { useUndoOffer } from '../../ui/use-undo-offer.ts';
import { CopyDialog } from './CopyDialog.tsx';
import { useCopy } from './use-copy.ts';
import { useKeys } from './use-keys.ts';
import { useOnceKnown } from './use-once-known.ts';

const MoreMenu = lazy(() => import('./MoreMenu.tsx'));

/** Name and place of the photo, and what can be done with it as a whole. */
export function TopBar({
  id,
  photo,
  position,
  info,
  onInfo,
  onClose,
  onGone,
}: {
  readonly id: PhotoId;
  readonly photo: PhotoDetail | null;
  /** Where it is in the current view; null if it is not in it. */
  readonly position: { readonly index: number; readonly total: number } | null;
  readonly info: boolean;
  readonly onInfo: (info: boolean) => void;
  readonly onClose: () => void;
  /** The photo was removed or put back, so it leaves the view. */
  readonly onGone: () => void;
}) {
  const { t } = useTranslation();
  const library = useLibrary();
  const offerUndo = useUndoOffer();
  const narrow = useMediaQuery(narrowScreen);
  const name = photo?.name ?? '';
  const removed = photo?.removedAt != null;

  // Refused, there is nothing to undo, and the photo stays open.
  const remove = async ({ name }: PhotoDetail) => {
    if (!(await removePhotos(library, Uint32Array.of(id), onGone))) return;
    offerUndo(t('photo.removed', { name }), () => library.undo());
    onGone();
  };
  const restore = async ({ name }: PhotoDetail) => {
    await library.restore(Uint32Array.of(id));
    offerUndo(t('photo.restored', { name }), () => library.undo());
    onGone();
  };
  const onceKnown = useOnceKnown(id, photo);
  const favour = (known: PhotoDetail) => {
    if (known.removedAt === null) void library.favour(Uint32Array.of(id), !known.isFavourite);
  };
  useKeys((key) => {
    if (key === 'f') {
      onceKnown(favour);
      return true;
    }
    if (key !== 'Delete') return false;
    onceKnown((known) => {
      if (known.removedAt === null) void remove(known);
    });
    return true;
  });

  const copy = useCopy(photo);
  // Keeps the place of the menu, for the other buttons not to move when it comes.
  const moreLater = <IconButton icon="more" label={t('ask.moreActions')} isDisabled />;
  const selectRegion = () => navigate({ similar: id, panel: 'region', photo: null });

  return (
    <header className="photo-bar">
      <IconButton icon="arrow-left" label={t('ui.close')} shortcut="Esc" onPress={onClose} />
      <h1 className="photo-bar__name foreign-text" title={name}>
        <bdi>{name || t('photo.title')}</bdi>
      </h1>
      {position !== null && (
        <span className="photo-bar__position numeric">
          {t('photo.position', { position: position.index + 1, total: position.total })}
        </span>
      )}
      <div className="photo-bar__actions">
        <Button
          icon="similar"
          className="photo-bar__similar"
          isDisabled={photo?.status !== 'ready'}
          onPress={() => navigate({ similar: id, photo: null })}
        >
          {t('photo.findSimilar')}
        </Button>
        <IconButton
          icon="heart"
          className={photo?.isFavourite ? 'photo-bar__heart' : ''}
          label={t('ask.favouritePhoto')}
          shortcut="F"
          pressed={photo?.isFavourite === true}
          isDisabled={photo === null || removed}
          onPress={() => onceKnown(favour)}
        />
        {!narrow && (
          <IconButton
            icon="region"
            label={t('ask.selectRegion')}
            isDisabled={photo?.status !== 'ready'}
            onPress={selectRegion}
          />
        )}
        {photo?.source === 'stored' && !narrow && (
          <IconButton icon="download" label={t('photo.download')} onPress={() => void copy.save()} />
        )}
        <CopyDialog choice={copy.choice} photo={photo} onClose={copy.close} />
        {removed ? (
          <IconButton
            icon="restore"
            label={t('photo.restore')}
            onPress={() => onceKnown((known) => void restore(known))}
          />
        ) : (
          <IconButton
            icon="trash"
            label={t('photo.remove')}
            shortcut="Del"
            isDisabled={photo === null}
            onPress={() => onceKnown((known) => void remove(known))}
          />
        )}
        <IconButton
          icon="info"
          label={t(info ? 'photo.hideInfo' : 'photo.showInfo')}
          shortcut="I"
          pressed={info}
          onPress={() => onInfo(!info)}
        />
        <Suspense fallback={moreLater}>
          {photo === null && moreLater}
          {photo?.status === 'ready' && !removed && (
            <MoreMenu
              id={id}
              onRegion={narrow ? selectRegion : null}
              onDownload={narrow && photo.source === 'stored' ? () => void copy.save() : null}
            />
          )}
        </Suspense>
      </div>
    </header>
  );
}
