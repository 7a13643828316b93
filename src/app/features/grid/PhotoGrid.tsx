import { type Dispatch, type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MonthGroup, PhotoQuery, PhotoView } from '../../../core/library/photo-query.ts';
import { HeadingRow, PhotoRow } from './GridRow.tsx';
import type { GridSettings } from './grid-settings.ts';
import { groupOfRow, isHeading, layOut, rowOfPhoto } from './layout.ts';
import { moveOfKey, photoAfter } from './moves.ts';
import { StickyMonth } from './StickyMonth.tsx';
import type { Selection, SelectionAction } from './selection.ts';
import { useCellWords } from './use-cell-words.ts';
import { useContentSize } from './use-content-size.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { useGridPointer } from './use-grid-pointer.ts';
import { useGridRows } from './use-grid-rows.ts';
import { useScrollAnchor } from './use-scroll-anchor.ts';
import './grid.css';

const gapPixels = 4;
const headingPixels = 52;
/** Chromium and WebKit cut elements off at 2^25 pixels, Gecko at half of that. */
const maxHeightPixels = 16_000_000;
/** Room below the last row, so that the bar of the selection covers no photo. */
const bottomPixels = 88;

const noAspects = new Float32Array(0);

export interface PhotoGridProps {
  readonly view: PhotoView;
  readonly query: PhotoQuery;
  readonly settings: GridSettings;
  readonly selection: Selection;
  readonly dispatch: Dispatch<SelectionAction>;
  /** The photo to which the focus returns; null for none. */
  readonly returnTo: PhotoId | null;
  readonly onReturned: () => void;
  readonly onOpen: (id: PhotoId) => void;
  readonly onMenu: (id: PhotoId, x: number, y: number) => void;
  readonly onRemove: (focused: PhotoId) => void;
  readonly onTag: (focused: PhotoId) => void;
  readonly onLabel: (focused: PhotoId) => void;
  readonly onFavour: (focused: PhotoId) => void;
}

/** The photos of a view as a virtual grid: only the rows in sight are in the page. */
export function PhotoGrid({
  view,
  query,
  settings,
  selection,
  dispatch,
  returnTo,
  onReturned,
  onOpen,
  onMenu,
  onRemove,
  onTag,
  onLabel,
  onFavour,
}: PhotoGridProps) {
  const { t } = useTranslation();
  const words = useCellWords();
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useContentSize(scroller);
  const { ids, aspects, groups } = view;
  const layout = useMemo(
    () =>
      layOut({
        kind: settings.layout,
        // Nothing can be laid out before the width is known.
        aspects: width > 0 ? aspects : noAspects,
        groups: width > 0 && settings.grouped ? groups : [],
        width,
        size: settings.size,
        gap: gapPixels,
        headingHeight: headingPixels,
        maxHeight: maxHeightPixels,
      }),
    [settings, aspects, groups, width],
  );
  const { tabStop, focusPhoto, noticeFocus, noticeBlur } = useGridFocus(scroller, ids, layout, query);
  useScrollAnchor(scroller, ids, layout, query, (ids[tabStop] as PhotoId | undefined) ?? null);
  const tabStopRow = rowOfPhoto(layout, tabStop);
  const rows = useGridRows(scroller, layout, tabStopRow);

  useEffect(() => {
    if (returnTo === null) return;
    const index = ids.indexOf(returnTo);
    // After the view above has given the focus back itself.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (index >= 0) focusPhoto(index);
        onReturned();
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [returnTo, ids, focusPhoto, onReturned]);

  const pointer = useGridPointer({
    selecting: selection.count > 0,
    open: (index) => onOpen(ids[index] as PhotoId),
    toggle: (index) => dispatch({ type: 'toggle', id: ids[index] as PhotoId }),
    extendTo: (index) => dispatch({ type: 'extend', ids, from: tabStop, to: index }),
    openMenu: (index, x, y) => onMenu(ids[index] as PhotoId, x, y),
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const control = event.ctrlKey || event.metaKey;
    const focused = ids[tabStop] as PhotoId;
    const move = moveOfKey(event.key, control);
    if (move !== null && !event.altKey) {
      const next = photoAfter(layout, tabStop, move, height);
      if (event.shiftKey) dispatch({ type: 'extend', ids, from: tabStop, to: next });
      focusPhoto(next);
    } else if (event.key === ' ') dispatch({ type: 'toggle', id: focused });
    else if (control && event.key.toLowerCase() === 'a') dispatch({ type: 'all', ids });
    else if (event.key === 'Escape' && selection.count > 0) dispatch({ type: 'clear' });
    else if (event.key === 'Enter' && !control) onOpen(focused);
    else if (event.key === 'Delete' || (event.key === 'Backspace' && control)) onRemove(focused);
    else if (event.key === 't' && !control && !event.altKey) onTag(focused);
    else if (event.key === 'l' && !control && !event.altKey) onLabel(focused);
    else if (event.key === 'f' && !control && !event.altKey) onFavour(focused);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = document.activeElement?.getBoundingClientRect();
      onMenu(focused, (box?.left ?? 0) + 12, (box?.top ?? 0) + 12);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const toggleMonth = useCallback(
    (group: MonthGroup) => dispatch({ type: 'toggle-run', ids, start: group.start, count: group.count }),
    [dispatch, ids],
  );

  return (
    <div className="grid">
      <StickyMonth groups={groups} layout={layout} offset={rows.scrollOffset ?? 0} />
      <div
        className="grid__scroller"
        ref={scroller}
        // Else browsers make an element that scrolls a tab stop.
        tabIndex={-1}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual */}
        <div
          className="grid__rows"
          role="grid"
          aria-label={t('grid.photos')}
          aria-multiselectable="true"
          aria-rowcount={layout.rows}
          aria-colcount={layout.columns}
          tabIndex={-1}
          style={{ height: (layout.top[layout.rows] as number) + bottomPixels }}
          {...pointer}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const index = event.target.dataset.index;
            if (index !== undefined) noticeFocus(Number(index));
          }}
          onBlur={(event) => noticeBlur(event.relatedTarget)}
        >
          {rows.getVirtualItems().map(({ index: row }) => {
            const group = isHeading(layout, row) ? groups[groupOfRow(layout, row)] : undefined;
            if (group !== undefined) {
              return (
                <HeadingRow
                  key={`month ${row}`}
                  row={row}
                  layout={layout}
                  group={group}
                  onToggle={toggleMonth}
                />
              );
            }
            return (
              <PhotoRow
                key={row}
                words={words}
                row={row}
                layout={layout}
                ids={ids}
                selection={selection}
                tabStop={row === tabStopRow ? tabStop : -1}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
