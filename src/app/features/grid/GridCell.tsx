import { memo, type SyntheticEvent, useState } from 'react';
import type { PhotoId } from '../../../core/library/photo.ts';
import { useCell, useThumbnail } from '../../engine/hooks.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { CellWords } from './use-cell-words.ts';

export interface GridCellProps {
  readonly words: CellWords;
  readonly id: PhotoId;
  /** Number in the view, from 0. */
  readonly index: number;
  /** From 1. */
  readonly column: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly selected: boolean;
  /** The one cell that Tab reaches. */
  readonly isTabStop: boolean;
}

/** Pictures that come later than this after their cell fade in; earlier ones are simply there. */
const fadeAfterMilliseconds = 90;

/** One photo of the grid. Pointer and keys are handled by the grid around it, by `data-index`. */
export const GridCell = memo(function GridCell(props: GridCellProps) {
  const { words } = props;
  const cell = useCell(props.id);
  const thumbnail = useThumbnail(props.id);
  const status = cell?.status;
  const sign = status !== 'ready' ? status : cell?.isMissing ? 'missing' : undefined;
  const note = sign === undefined ? undefined : words[sign];
  const liked = cell?.isFavourite === true;
  const told = [note, liked ? words.favourite : undefined].filter((one) => one !== undefined).join(', ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    <div
      className={`grid-cell ${props.selected ? 'grid-cell--selected' : ''}`}
      role="gridcell"
      aria-colindex={props.column}
      aria-selected={props.selected}
      aria-label={cell?.name ?? words.loading}
      {...(told === '' ? {} : { 'aria-description': told })}
      tabIndex={props.isTabStop ? 0 : -1}
      data-index={props.index}
      data-photo={props.id}
      style={{ left: props.left, width: props.width, height: props.height }}
    >
      <span className="grid-cell__frame">
        {thumbnail !== null && <Picture key={thumbnail} url={thumbnail} />}
        {thumbnail === null && cell !== null && (
          <span className="grid-cell__missing">
            {status !== 'queued' && <Icon name="photo-broken" size={24} />}
            <span className="grid-cell__name foreign-text">{cell.name}</span>
          </span>
        )}
      </span>
      {note !== undefined && (
        <span className={`grid-cell__status grid-cell__status--${sign}`} title={note}>
          <Icon name={status === 'queued' ? 'clock' : 'warning'} size={16} />
        </span>
      )}
      {liked && (
        <span className="grid-cell__heart">
          <Icon name="heart" size={16} />
        </span>
      )}
      <span className="grid-cell__check" data-check="" aria-hidden="true">
        <span className="grid-cell__tick" />
      </span>
    </div>
  );
});

function Picture({ url }: { readonly url: string }) {
  const [since] = useState(() => performance.now());
  const onLoad = (event: SyntheticEvent<HTMLImageElement>) => {
    const late = performance.now() - since > fadeAfterMilliseconds;
    event.currentTarget.classList.add(late ? 'grid-cell__image--fading' : 'grid-cell__image--there');
  };
  return (
    <img className="grid-cell__image" src={url} alt="" decoding="async" draggable={false} onLoad={onLoad} />
  );
}
