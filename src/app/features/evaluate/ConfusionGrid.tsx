import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confusionShares } from '../../../core/evaluation/confusion-matrix.ts';
import type { GroupFigures } from '../../../protocol/figures.ts';
import { emptyFragment, navigate } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { movedTo, sizeOfCells } from './matrix-layout.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

export type MatrixNumbers = 'counts' | 'row' | 'column';

/**
 * Actual classes downwards, predicted ones across; blue on the diagonal is right, orange beside it is wrong, the deeper
 * the more. Only cells with photos are there, and the one that has the focus: large matrices are mostly empty.
 */
export function ConfusionGrid({
  set,
  group: { classes, counts, refused, photos },
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
  const count = classes.length;
  const size = sizeOfCells(count);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
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

  const open = (actual: number, guess: number) => {
    if (counts[actual * count + guess] === 0) return;
    const cell = { set, kind: 'classes', label: classes[actual]!, other: classes[guess]! } as const;
    navigate({ ...emptyFragment, cell });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(order[active.row]!, order[active.column]!);
      return;
    }
    const to = movedTo(active, event.key, event.ctrlKey, count);
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
        aria-colcount={count + 1}
        className="confusion__grid"
        style={{ '--classes': count }}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1} className="confusion__row confusion__row--head">
            <th scope="col" aria-colindex={1} className="confusion__corner">
              {t('evaluate.actualByPredicted')}
            </th>
            {Array.from(order, (guess, column) => (
              <th
                key={guess}
                scope="col"
                aria-colindex={column + 2}
                className="confusion__column"
                title={nameOf(classes[guess]!)}
                style={{ '--at': column }}
              >
                <bdi className="confusion__name">{nameOf(classes[guess]!)}</bdi>
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
                  Array.from(order, (guess, column) => {
                    const at = actual * count + guess;
                    const isActive = row === active.row && column === active.column;
                    if (counts[at] === 0 && !isActive) return null;
                    return (
                      <MatrixCell
                        key={guess}
                        column={column}
                        name={t('evaluate.confusionCell', {
                          actual: nameOf(classes[actual]!),
                          predicted: nameOf(classes[guess]!),
                          count: counts[at]!,
                        })}
                        isRight={actual === guess}
                        isActive={isActive}
                        share={shares[at]!}
                        text={
                          size < 30 || counts[at] === 0
                            ? ''
                            : numbers === 'counts'
                              ? format.number(counts[at]!)
                              : String(Math.round(100 * shares[at]!))
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

function MatrixCell({
  column,
  name,
  isRight,
  isActive,
  share,
  text,
  onPress,
}: {
  readonly column: number;
  readonly name: string;
  readonly isRight: boolean;
  /** It has the focus, or gets it by the Tab key. */
  readonly isActive: boolean;
  /** 0..1, how deep its colour is. */
  readonly share: number;
  readonly text: string;
  readonly onPress: () => void;
}) {
  const tone = isRight ? 'confusion__cell--right' : 'confusion__cell--wrong';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <td
      aria-colindex={column + 2}
      aria-label={name}
      title={name}
      tabIndex={isActive ? 0 : -1}
      className={`confusion__cell ${tone} ${share > 0.5 ? 'confusion__cell--deep' : ''}`}
      style={{ '--at': column, '--share': `${share === 0 ? 0 : Math.round(18 + 82 * share)}%` }}
      onClick={onPress}
    >
      {text}
    </td>
  );
}
