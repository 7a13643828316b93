import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { navigate } from '../../engine/fragment.ts';
import { MatrixCell } from './MatrixCell.tsx';
import type { MatrixCells } from './matrix-cells.ts';
import { movedTo, sizeOfCells } from './matrix-layout.ts';
import { useCellTarget } from './use-cell-target.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';
import './confusion.css';

/**
 * Actual classes downwards, predicted ones across; blue on the diagonal is right, orange beside it is wrong, the deeper
 * the more. Only cells with photos are there, and the one that has the focus: large matrices are mostly empty.
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
  const inSight = useRowsInSight(scroller, size, count);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    cell?.focus();
  });

  const guessName = (guess: number) => (guess === count ? t('evaluate.refused') : nameOf(classes[guess]!));
  const open = (actual: number, guess: number) => {
    if (photosOf(actual, guess) === 0) return;
    const other = classes[guess] ?? null;
    navigate(targetOf({ set, kind: 'classes', label: classes[actual]!, other, threshold }));
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
    <div ref={scroller} className="confusion" style={{ '--cell': `${size}px` }}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are moved among and pressed
        role="grid"
        aria-label={t('evaluate.confusion')}
        aria-rowcount={count + 1}
        aria-colcount={columns.length + 1}
        className="confusion__grid"
        style={{ '--classes': columns.length }}
        onKeyDown={onKeyDown}
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
            const isShown = row === active.row || (row >= inSight.first && row <= inSight.last);
            return (
              <tr key={actual} aria-rowindex={row + 2} className="confusion__row">
                <th
                  scope="row"
                  aria-colindex={1}
                  className="confusion__head"
                  title={nameOf(classes[actual]!)}
                >
                  <bdi className="confusion__name">{nameOf(classes[actual]!)}</bdi>
                </th>
                {isShown &&
                  columns.map((guess, column) => {
                    const found = photosOf(actual, guess);
                    const isActive = row === active.row && column === active.column;
                    if (found === 0 && !isActive) return null;
                    const share = shareOf(actual, guess);
                    return (
                      <MatrixCell
                        key={guess}
                        column={column}
                        name={t('evaluate.confusionCell', {
                          actual: nameOf(classes[actual]!),
                          predicted: guessName(guess),
                          count: found,
                        })}
                        isRight={actual === guess}
                        isActive={isActive}
                        share={share}
                        text={size < 30 ? '' : textOf(actual, guess)}
                        onPress={() => {
                          setActive({ row, column });
                          open(actual, guess);
                        }}
                      />
                    );
                  })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
