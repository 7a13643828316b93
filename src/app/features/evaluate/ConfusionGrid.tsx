import { type KeyboardEvent, type MouseEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { navigate } from '../../engine/fragment.ts';
import { MatrixCell } from './MatrixCell.tsx';
import type { MatrixCells } from './matrix-cells.ts';
import { fitsIntoCell, isSmallCell, movedTo, sizeOfCells } from './matrix-layout.ts';
import { useCellTarget } from './use-cell-target.ts';
import { useCellsInSight } from './use-cells-in-sight.ts';
import './confusion.css';

/**
 * Actual classes downwards, predicted ones across; blue on the diagonal is right, orange beside it is wrong, the deeper
 * the more. Only cells with photos are there, as far as they are in sight, and the one that has the focus: large matrices
 * are mostly empty. What the cell pointed at (or focused) is stands above, in words: in large ones its names are far away.
 */
export function ConfusionGrid({
  set,
  group: { classes, threshold },
  cells: { columns, photosOf, shareOf, textOf },
  order,
  nameOf,
}: {
  readonly set: string;
  readonly group: GroupFigures;
  /** [classes] class numbers in the order in which they are shown. */
  readonly order: Uint32Array;
  readonly cells: MatrixCells;
  readonly nameOf: (id: string) => string;
}) {
  const { t } = useTranslation();
  const targetOf = useCellTarget();
  const count = classes.length;
  const size = sizeOfCells(count);
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState({ row: 0, column: 0 });
  // A moved threshold may have taken the column away.
  const active = { row: wanted.row, column: Math.min(wanted.column, columns.length - 1) };
  const moved = useRef(false);
  const inSight = useCellsInSight(scroller, size);
  const words = useRef<HTMLParagraphElement>(null);
  // The words are about figures that were shown before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of them
  useEffect(() => {
    if (words.current !== null) words.current.textContent = '';
  }, [photosOf]);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    cell?.focus();
  });

  const columnsInSight = [...columns.keys()].filter(
    (column) =>
      column === active.column || (column >= inSight.columns.first && column <= inSight.columns.last),
  );
  const names = classes.map(nameOf);
  const guessName = (guess: number) => (guess === count ? t('evaluate.refused') : names[guess]!);
  const open = (actual: number, guess: number) => {
    if (photosOf(actual, guess) === 0) return;
    const other = classes[guess] ?? null;
    navigate(targetOf({ set, kind: 'classes', label: classes[actual]!, other, threshold }));
  };
  const cellAt = ({ target }: SyntheticEvent) =>
    target instanceof Element ? target.closest<HTMLElement>('td[data-row]') : null;
  const tell = (event: SyntheticEvent) => {
    const cell = cellAt(event);
    if (words.current !== null && cell !== null) words.current.textContent = cell.ariaLabel;
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellAt(event);
    if (cell === null) return;
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    setActive({ row, column });
    open(order[row]!, columns[column]!);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(order[active.row]!, columns[active.column]!);
      return;
    }
    const to = movedTo(active, event.key, event.ctrlKey, { rows: count, columns: columns.length });
    if (to === null) return;
    event.preventDefault();
    moved.current = true;
    setActive(to);
  };

  return (
    <>
      <p ref={words} className="confusion__words" aria-hidden="true" />
      <div ref={scroller} className="confusion" style={{ '--cell': `${size}px` }}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved among and pressed
          role="grid"
          aria-label={t('evaluate.confusion')}
          aria-rowcount={count + 1}
          aria-colcount={columns.length + 1}
          className={`confusion__grid ${isSmallCell(size) ? 'confusion__grid--small' : ''}`}
          style={{ '--classes': columns.length }}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onFocus={tell}
          onPointerOver={tell}
        >
          <thead>
            <tr aria-rowindex={1} className="confusion__row confusion__row--head">
              <th scope="col" aria-colindex={1} className="confusion__corner">
                {t('evaluate.actualByPredicted')}
              </th>
              {columns.map((guess, column) => (
                <th
                  key={guess}
                  scope="col"
                  aria-colindex={column + 2}
                  className="confusion__column"
                  title={guessName(guess)}
                  style={{ '--at': column }}
                >
                  <bdi className="confusion__name">{guessName(guess)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from(order, (actual, row) => {
              const isShown = row === active.row || (row >= inSight.rows.first && row <= inSight.rows.last);
              return (
                <tr key={actual} aria-rowindex={row + 2} className="confusion__row">
                  <th scope="row" aria-colindex={1} className="confusion__head" title={names[actual]}>
                    <bdi className="confusion__name">{names[actual]}</bdi>
                  </th>
                  {isShown &&
                    columnsInSight.map((column) => {
                      const guess = columns[column]!;
                      const found = photosOf(actual, guess);
                      const isActive = row === active.row && column === active.column;
                      if (found === 0 && !isActive) return null;
                      const text = textOf(actual, guess);
                      return (
                        <MatrixCell
                          key={guess}
                          row={row}
                          column={column}
                          actual={names[actual]!}
                          predicted={guessName(guess)}
                          photos={found}
                          isRight={actual === guess}
                          isActive={isActive}
                          share={shareOf(actual, guess)}
                          text={fitsIntoCell(text, size) ? text : ''}
                        />
                      );
                    })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
