import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { navigate } from '../../engine/fragment.ts';
import { useNameOf } from '../../engine/use-name-of.ts';
import { cellName } from '../../i18n/cell-name.ts';
import { steppedTo } from './chart-steps.ts';
import { useCellTarget } from './use-cell-target.ts';

/** A point or bar of a chart that opens photos. */
export interface ChartStop {
  readonly cell: Cell;
  readonly count: number;
  /** What it stands at, in words. */
  readonly place: string;
}

/** A chart's points or bars by keyboard: arrows go from one to the next, Enter opens its photos. It lies over the chart. */
export function ChartKeys({
  name,
  stops,
  first,
  onStop,
}: {
  /** Of the chart, and what it is about. */
  readonly name: string;
  /** From left to right. */
  readonly stops: readonly ChartStop[];
  /** Where one begins. */
  readonly first: number;
  /** The one that is pointed at now; null: none. */
  readonly onStop: (stop: number | null) => void;
}) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const targetOf = useCellTarget();
  const [at, setAt] = useState<number | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  if (stops.length === 0) return null;
  const here = Math.min(at ?? first, stops.length - 1);
  const { cell, count, place } = stops[here]!;
  const words = `${place} – ${t('evaluate.cell', { count, name: cellName(t, cell, nameOf) })}`;
  const go = (to: number) => {
    setAt(to);
    onStop(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to =
      event.ctrlKey || event.metaKey || event.altKey ? null : steppedTo(event.key, here, stops.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    go(to);
  };
  return (
    <>
      <button
        type="button"
        className="curve__keys"
        aria-label={`${name}: ${words}`}
        onFocus={() => {
          setHasFocus(true);
          go(here);
        }}
        onBlur={() => {
          setHasFocus(false);
          onStop(null);
        }}
        onKeyDown={onKeyDown}
        onClick={() => navigate(targetOf(cell))}
      />
      <p className="curve__place numeric" aria-live="polite">
        {hasFocus && `${place} – ${t('labels.judgedPhotos', { count })}. ${t('evaluate.chartKeys')}`}
      </p>
    </>
  );
}
