import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import { navigate } from '../../engine/fragment.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useAddToTray } from '../../ui/use-tray.ts';

const fallbackAspect = 4 / 3;

/** While weights are moved hundreds of them change places: only those whose score changed are drawn anew. */
export const Hit = memo(function Hit({
  id,
  score,
  words,
  isStop,
  isSelected,
  isSelecting,
  onToggle,
  onFocus,
}: {
  readonly id: PhotoId;
  /** As it is shown. */
  readonly score: string;
  readonly words: string | undefined;
  /** The tabulator key stops here. */
  readonly isStop: boolean;
  readonly isSelected: boolean;
  /** Some photo is selected. */
  readonly isSelecting: boolean;
  readonly onToggle: (id: PhotoId) => void;
  readonly onFocus: (id: PhotoId) => void;
}) {
  const { t } = useTranslation();
  const addToTray = useAddToTray();
  const cell = useCell(id);
  const thumbnail = useThumbnail(id);
  const aspect = cell !== null && cell.width > 0 ? cell.width / cell.height : fallbackAspect;
  // Very long pictures are cropped rather than pushing the others out of the row.
  const shown = Math.min(2.4, Math.max(0.5, aspect));
  const onClick = (event: MouseEvent) => {
    // While some are selected a press selects, as in the grid.
    if (event.ctrlKey || event.metaKey || event.shiftKey || (isSelecting && event.detail > 0)) onToggle(id);
    else navigate({ photo: id });
  };
  return (
    <li
      className={`hits__item ${isSelected ? 'hits__item--selected' : ''}`}
      style={{ flexGrow: shown, flexBasis: `calc(var(--hit-row) * ${shown})`, aspectRatio: shown }}
    >
      <button
        type="button"
        className="hit"
        tabIndex={isStop ? 0 : -1}
        title={cell?.name}
        aria-keyshortcuts="Space + -"
        aria-description={words}
        data-parts={words}
        onFocus={() => onFocus(id)}
        onClick={onClick}
      >
        {thumbnail === null ? (
          <Icon name="photo" size={24} />
        ) : (
          <img className="hit__picture" src={thumbnail} alt="" draggable={false} />
        )}
        <bdi className="visually-hidden">{cell?.name}</bdi>{' '}
        <span className="visually-hidden">{t('similar.score')}</span>{' '}
        <span className="hit__score numeric">{score}</span>
        {isSelected && <span className="visually-hidden"> {t('ask.selected')}</span>}
      </button>
      {/* For the pointer; the keyboard has keys for the same on the photo. */}
      <span className="hit__tools">
        <Tool icon="check" label={t('ask.select')} onClick={() => onToggle(id)} />
        <Tool icon="plus" label={t('ask.moreLike')} onClick={() => addToTray([id], 1)} />
        <Tool icon="minus" label={t('ask.lessLike')} onClick={() => addToTray([id], -0.5)} />
      </span>
    </li>
  );
});

function Tool({
  icon,
  label,
  onClick,
}: {
  readonly icon: 'check' | 'plus' | 'minus';
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="hit__tool"
      tabIndex={-1}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon name={icon} size={16} />
    </button>
  );
}
