import { useTranslation } from 'react-i18next';
import type { Region } from '../../../core/image/verify-pair.ts';
import { useCell, usePhoto } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { GroupPhoto } from './use-duplicate-groups.ts';
import { groupKeys } from './use-group-keys.ts';
import type { LockedZoom, ZoomFrame } from './use-locked-zoom.ts';
import { ZoomedPicture } from './ZoomedPicture.tsx';

/** One photo of the group that is looked at. */
export function GroupPhotoCard({
  photo,
  letter,
  picture,
  equalFiles,
  isActive,
  canDecide,
  onActive,
  onKeep,
  onRemove,
}: {
  readonly photo: GroupPhoto;
  /** Of the two that are compared. */
  readonly letter: 'A' | 'B' | null;
  /** Null: it is shown elsewhere. */
  readonly picture: {
    readonly zoom: LockedZoom;
    readonly frame: ZoomFrame;
    readonly region: Region | null;
  } | null;
  /** Files of the same bytes that are not shown: they go with it. */
  readonly equalFiles: number;
  /** The keys of one photo mean this one. */
  readonly isActive: boolean;
  readonly canDecide: boolean;
  readonly onActive: () => void;
  readonly onKeep: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const cell = useCell(photo.id);
  const detail = usePhoto(photo.id);
  const name = cell?.name ?? '';
  return (
    <figure
      className={`group-photo group-photo--${photo.state} ${isActive ? 'group-photo--active' : ''}`}
      aria-label={name}
      {...(isActive && { 'aria-current': true })}
      onFocus={onActive}
      onPointerDown={onActive}
    >
      {picture !== null && (
        <div className="group-photo__frame" {...picture.frame}>
          <ZoomedPicture
            id={photo.id}
            alt={name}
            zoom={picture.zoom}
            aspect={cell !== null && cell.height > 0 ? cell.width / cell.height : 1}
            region={picture.region}
            isWhole={letter !== null || isActive}
          />
        </div>
      )}
      <figcaption className="group-photo__words">
        {photo.state !== 'open' && (
          <span className="group-photo__state">
            <Icon name={photo.state === 'kept' ? 'check' : 'trash'} size={16} />
            {t(`duplicates.state.${photo.state}`)}
          </span>
        )}
        <span className="group-photo__name">
          {letter !== null && <span className="group-photo__letter">{letter}</span>}
          <span className="foreign-text">{name}</span>
        </span>
        {detail !== null && (
          <>
            <span className="group-photo__path foreign-text">{detail.path ?? t('duplicates.noPath')}</span>
            <span className="numeric">
              {detail.width} × {detail.height} · {format.bytes(detail.size)}
            </span>
            <span className="numeric">{format.dateTime(detail.capturedAt, 'wall-clock')}</span>
          </>
        )}
        {equalFiles > 0 && <span>{t('duplicates.equalFiles', { count: equalFiles })}</span>}
        {canDecide && (
          <span className="group-photo__choices">
            <Button icon="check" aria-keyshortcuts={groupKeys.keep} onPress={onKeep}>
              {t('duplicates.keep')}
            </Button>
            <Button icon="trash" aria-keyshortcuts={groupKeys.remove} onPress={onRemove}>
              {t('duplicates.remove')}
            </Button>
          </span>
        )}
      </figcaption>
    </figure>
  );
}
