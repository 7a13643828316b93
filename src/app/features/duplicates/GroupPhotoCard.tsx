import { useTranslation } from 'react-i18next';
import { useCell, usePhoto, useThumbnail } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { GroupPhoto } from './use-duplicate-groups.ts';
import { groupKeys } from './use-group-keys.ts';

/** One photo of the group that is looked at. */
export function GroupPhotoCard({
  photo,
  isActive,
  canDecide,
  onActive,
  onKeep,
  onRemove,
}: {
  readonly photo: GroupPhoto;
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
  const url = useThumbnail(photo.id);
  const name = cell?.name ?? '';
  return (
    <figure
      className={`group-photo group-photo--${photo.state} ${isActive ? 'group-photo--active' : ''}`}
      aria-label={name}
      {...(isActive && { 'aria-current': true })}
      onFocus={onActive}
      onPointerDown={onActive}
    >
      <div className="group-photo__frame">
        {url !== null && <img className="group-photo__image" src={url} alt={name} decoding="async" />}
        {photo.state !== 'open' && (
          <span className="group-photo__state">
            <Icon name={photo.state === 'kept' ? 'check' : 'trash'} size={16} />
            {t(`duplicates.state.${photo.state}`)}
          </span>
        )}
      </div>
      <figcaption className="group-photo__words">
        <span className="group-photo__name foreign-text">{name}</span>
        {detail !== null && (
          <>
            <span className="group-photo__path foreign-text">{detail.path ?? t('duplicates.noPath')}</span>
            <span className="numeric">
              {detail.width} × {detail.height} · {format.bytes(detail.size)}
            </span>
            <span className="numeric">{format.dateTime(detail.capturedAt, 'wall-clock')}</span>
          </>
        )}
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
