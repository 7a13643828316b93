import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { PhotoQuery } from '../../../core/library/photo-query.ts';
import { useCell } from '../../engine/hooks.ts';
import { MenuAt, MenuItem, MenuSeparator } from '../../ui/Menu.tsx';
import { useAddToTray } from '../../ui/use-tray.ts';
import type { GridCommands } from './commands.ts';

type Ids = Uint32Array<ArrayBuffer>;

/** The menu of a photo, or of the selection that it is part of, at a point of the window. */
export function GridMenu({
  id,
  ids,
  x,
  y,
  show,
  commands,
  onTag,
  onClose,
}: {
  readonly id: PhotoId;
  readonly ids: Ids;
  /** Pixels from the window's corner. */
  readonly x: number;
  readonly y: number;
  readonly show: PhotoQuery['show'];
  readonly commands: GridCommands;
  readonly onTag: (ids: Ids) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const addToTray = useAddToTray();
  const anchor = useRef<HTMLSpanElement>(null);
  const isFavourite = useCell(id)?.isFavourite === true;
  const isThere = show === 'present' || show === 'missing';
  const actions: Readonly<Record<string, () => void>> = {
    open: () => commands.open(id),
    similar: () => commands.findSimilar(id),
    more: () => addToTray(ids, 1),
    less: () => addToTray(ids, -0.5),
    favour: () => void commands.favour(ids, !isFavourite),
    tag: () => onTag(ids),
    remove: () => void commands.remove(ids),
    restore: () => void commands.restore(ids),
    retry: () => void commands.retry(ids),
  };
  return (
    <>
      <span className="grid-menu__anchor" ref={anchor} style={{ left: x, top: y }} />
      <MenuAt
        anchor={anchor}
        isOpen
        onClose={onClose}
        label={ids.length === 1 ? t('grid.photoActions') : t('grid.selected', { count: ids.length })}
        onAction={(key) => {
          onClose();
          actions[key]?.();
        }}
      >
        <MenuItem id="open" icon="photo" text={t('grid.open')} shortcut="Enter" />
        {isThere && <MenuItem id="similar" icon="similar" text={t('grid.findSimilar')} />}
        {isThere && <MenuItem id="more" icon="plus" text={t('ask.moreLike')} />}
        {isThere && <MenuItem id="less" icon="minus" text={t('ask.lessLike')} />}
        {isThere && (
          <MenuItem
            id="favour"
            icon="heart"
            text={t(isFavourite ? 'ask.unfavour' : 'ask.favour')}
            shortcut="F"
          />
        )}
        {isThere && <MenuItem id="tag" icon="tag" text={t('grid.tag')} shortcut="T" />}
        {show === 'failed' && <MenuItem id="retry" icon="retry" text={t('grid.retry')} />}
        <MenuSeparator />
        {show === 'removed' ? (
          <MenuItem id="restore" icon="restore" text={t('grid.restore')} />
        ) : (
          <MenuItem id="remove" icon="trash" text={t('grid.remove')} shortcut="Del" danger />
        )}
      </MenuAt>
    </>
  );
}
