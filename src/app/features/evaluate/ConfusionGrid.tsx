import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confusionShares } from '../../../core/evaluation/confusion-matrix.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { navigate } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { MatrixCell } from './MatrixCell.tsx';
import { movedTo, sizeOfCells } from './matrix-layout.ts';
import { useCellTarget } from './use-cell-target.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';
import './confusion.css';

export type MatrixNumbers = 'counts' | 'row' | 'column';

/**
 * Actual classes downwards, predicted ones across; blue on the diagonal is right, orange beside it is wrong, the deeper
 * the more. Only cells with photos are there, and the one that has the focus: large matrices are mostly empty.
 */
export function ConfusionGrid({
  set,
  group: { classes, counts, refused, photos, threshold },
  order,
  numbers,
  nameOf,
}: {
  readonly set: string;
  readonly group: GroupFigures;
  /** [classes] class numbers in the order in which they are shown. */
  readonly order: Uint32Array;
  readonly numbers: MatrixNumbers;
  readonly nameOf: (id: string) => string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const targetOf = useCellTarget();
  const count = classes.length;
  // Photos that are refused are a column of their own, where there are any.
  const refusals = refused.some((photos) => photos > 0);
  const columns = refusals ? [...order, count] : [...order];
  const size = sizeOfCells(count);
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState({ row: 0, column: 0 });
  // A moved threshold may have taken the column away.
  const active = { row: wanted.row, column: Math.min(wanted.column, columns.length - 1) };
  const moved = useRef(false);
  const inSight = useRowsInSight(scroller, size, count);
  const shares = useMemo(
    () =>
      confusionShares(
        { classCount: count, counts, refused, total: photos },
        numbers === 'column' ? 'column' : 'row',
      ),
    [count, counts, refused, photos, numbers],
  );
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>('[tabindex="0"]');
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    cell?.focus();
  });

  const photosOf = (actual: number, guess: number) =>
    guess === count ? refused[actual]! : counts[actual * count + guess]!;
  const shareOf = (actual: number, guess: number) => {
    if (guess !== count) return shares[actual * count + guess]!;
    const whole = numbers === 'column' ? refused : counts.subarray(actual * count, (actual + 1) * count);
    const rest = numbers === 'column' ? 0 : refused[actual]!;
    return refused[actual] === 0 ? 0 : refused[actual]! / (whole.reduce((a, b) => a + b, 0) + rest);
  };
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
                        text={
                          size < 30 || found === 0
                            ? ''
                            : numbers === 'counts'
                              ? format.number(found)
                              : String(Math.round(100 * share))
                        }
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
