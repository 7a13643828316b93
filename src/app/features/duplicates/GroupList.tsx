import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { DuplicateThumbnail } from './DuplicateThumbnail.tsx';
import type { DuplicateGroup } from './use-duplicate-groups.ts';

/** Pixels: height of a row beside the group, width of an item above it. */
const rowHeight = 64;
const itemWidth = 160;

/** All groups; those in sight are drawn. */
export function GroupList({
  groups,
  current,
  onShow,
}: {
  readonly groups: readonly DuplicateGroup[];
  readonly current: number;
  readonly onShow: (index: number) => void;
}) {
  const { t } = useTranslation();
  const horizontal = useMediaQuery(narrowScreen);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (horizontal ? itemWidth : rowHeight),
    horizontal,
    overscan: 6,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are kept until they are asked for anew
  useEffect(() => virtual.measure(), [virtual, horizontal]);
  useEffect(() => {
    virtual.scrollToIndex(current, { align: 'auto' });
  }, [virtual, current]);
  /** Photos of a group that are shown. */
  const most = horizontal ? 2 : 3;
  const length = { [horizontal ? 'width' : 'height']: virtual.getTotalSize() };
  return (
    <div className="group-list" ref={scroller} data-strip={horizontal || undefined}>
      <ul className="group-list__all" aria-label={t('duplicates.list')} style={length}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const group = groups[index]!;
          const name = t('duplicates.group', { number: index + 1, total: groups.length });
          return (
            <li
              key={group.key}
              className="group-list__item"
              aria-label={name}
              aria-setsize={groups.length}
              aria-posinset={index + 1}
              style={
                horizontal
                  ? { insetInlineStart: start, width: size }
                  : { insetBlockStart: start, height: size }
              }
            >
              <button
                type="button"
                className="group-list__button"
                aria-label={name}
                aria-current={index === current}
                tabIndex={index === current ? 0 : -1}
                {...(group.isDecided && { 'aria-description': t('duplicates.decided') })}
                onClick={() => onShow(index)}
              >
                <span className="group-list__number numeric">{index + 1}</span>
                {group.photos.slice(0, most).map((photo) => (
                  <DuplicateThumbnail key={photo.id} id={photo.id} isRemoved={photo.state === 'removed'} />
                ))}
                {group.photos.length > most && <span className="numeric">+{group.photos.length - most}</span>}
                {group.isDecided && <Icon name="check" size={16} />}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
