import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '../../../core/library/photo.ts';
import type { MonthGroup } from '../../../core/library/photo-query.ts';
import { useFormat } from '../../i18n/format.ts';
import { GridCell } from './GridCell.tsx';
import { cellsOfRow, type GridLayout } from './layout.ts';
import { isSelected, type Selection } from './selection.ts';
import type { CellWords } from './use-cell-words.ts';

export interface PhotoRowProps {
  readonly words: CellWords;
  readonly row: number;
  readonly layout: GridLayout;
  readonly ids: Uint32Array;
  readonly selection: Selection;
  /** Number of the photo that Tab reaches if it is in this row, else -1. */
  readonly tabStop: number;
}

export const PhotoRow = memo(function PhotoRow({
  words,
  row,
  layout,
  ids,
  selection,
  tabStop,
}: PhotoRowProps) {
  const first = layout.first[row] as number;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
    <div
      className="grid-row"
      role="row"
      aria-rowindex={row + 1}
      style={{ transform: `translateY(${layout.top[row]}px)` }}
    >
      {cellsOfRow(layout, row).map((box, offset) => {
        const index = first + offset;
        const id = ids[index] as PhotoId;
        return (
          <GridCell
            key={id}
            words={words}
            id={id}
            index={index}
            column={offset + 1}
            left={box.left}
            width={box.width}
            height={box.height}
            selected={isSelected(selection, id)}
            isTabStop={index === tabStop}
          />
        );
      })}
    </div>
  );
});

export interface HeadingRowProps {
  readonly row: number;
  readonly layout: GridLayout;
  readonly group: MonthGroup;
  readonly onToggle: (group: MonthGroup) => void;
}

export const HeadingRow = memo(function HeadingRow({ row, layout, group, onToggle }: HeadingRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const month = format.month(group.year, group.month);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual
    // biome-ignore lint/a11y/useFocusableInteractive: cells take the focus
    <div
      className="grid-row grid-row--heading"
      role="row"
      aria-rowindex={row + 1}
      style={{
        transform: `translateY(${layout.top[row]}px)`,
        height: (layout.top[row + 1] as number) - (layout.top[row] as number),
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtual */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: cells take the focus */}
      <span className="grid-row__month" role="rowheader" aria-colspan={layout.columns}>
        {month}
        <span className="grid-row__count numeric">{format.number(group.count)}</span>
        {/* Shift and arrows do the same for the keyboard. */}
        <button
          type="button"
          className="grid-row__select"
          tabIndex={-1}
          aria-label={t('grid.selectMonth', { month })}
          onClick={() => onToggle(group)}
        >
          {t('grid.select')}
        </button>
      </span>
    </div>
  );
});
