import { useState } from 'react';
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { navigate } from '../../engine/fragment.ts';
import { bottomAxis, ChartFrame, chartHeight, shareTicks, tick } from './ChartFrame.tsx';
import { ChartKeys } from './ChartKeys.tsx';
import { binText } from './figure-text.ts';
import { useCellTarget } from './use-cell-target.ts';

/** Photos with and without a label by score; a press on a bar opens its photos, keys go from bar to bar. */
export function ScoreChart({
  title,
  text,
  description,
  of,
  positives,
  negatives,
  threshold,
  names,
  isRightBlue = false,
  cellOf,
}: {
  readonly title: string;
  readonly text: string;
  readonly description: string;
  /** The label that it is about. */
  readonly of: string;
  /** [bins] each. */
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
  readonly threshold: number;
  readonly names: { readonly score: string; readonly given: string; readonly without: string };
  /** As in confusion matrices: what is right is blue. */
  readonly isRightBlue?: boolean;
  readonly cellOf: (bin: number, given: boolean) => Cell;
}) {
  const targetOf = useCellTarget();
  const [stop, setStop] = useState<number | null>(null);
  const [given, without] = isRightBlue ? ['against', 'for'] : ['for', 'against'];
  const bins = positives.length;
  const bars = Array.from(positives, (count, bin) => ({
    middle: (bin + 0.5) / bins,
    given: count,
    without: negatives[bin]!,
  }));
  const press = (isGiven: boolean) => (_: unknown, bin: number) => navigate(targetOf(cellOf(bin, isGiven)));
  const order = bars.flatMap((bar, bin) =>
    [false, true].flatMap((isGiven) => {
      const count = isGiven ? bar.given : bar.without;
      return count === 0 ? [] : [{ bin, isGiven, count }];
    }),
  );
  const stops = order.map(({ bin, isGiven, count }) => ({
    cell: cellOf(bin, isGiven),
    count,
    place: `${names.score} ${binText(bin, bins)}, ${isGiven ? names.given : names.without}`,
  }));
  const pointed = stop === null ? undefined : order[stop];
  return (
    <ChartFrame
      title={title}
      text={text}
      description={description}
      of={of}
      numbers={{
        [names.score]: Float64Array.from(bars, ({ middle }) => middle),
        [names.given]: positives,
        [names.without]: negatives,
      }}
      keys={<ChartKeys name={`${title}, ${of}`} stops={stops} first={0} onStop={setStop} />}
      legend={
        <p className="curve__legend">
          <span className={`curve__swatch curve__swatch--${given}`} /> {names.given}
          <span className={`curve__swatch curve__swatch--${without}`} /> {names.without}
        </p>
      }
    >
      <ResponsiveContainer width="100%" height={chartHeight}>
        <BarChart
          data={bars}
          margin={{ top: 8, right: 10, bottom: 0, left: 0 }}
          barCategoryGap={1}
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="middle"
            type="number"
            domain={[0, 1]}
            ticks={shareTicks}
            height={bottomAxis}
            tick={tick}
            tickLine={false}
            label={{ value: names.score, position: 'insideBottom', ...tick }}
          />
          <YAxis width={40} tick={tick} tickLine={false} allowDecimals={false} />
          <Bar
            dataKey="without"
            stackId="photos"
            fill={`var(--chart-${without})`}
            isAnimationActive={false}
            onClick={press(false)}
          />
          <Bar
            dataKey="given"
            stackId="photos"
            fill={`var(--chart-${given})`}
            isAnimationActive={false}
            onClick={press(true)}
          />
          <ReferenceLine x={threshold} stroke="var(--text)" strokeWidth={2} />
          {pointed !== undefined && (
            <ReferenceLine x={bars[pointed.bin]!.middle} stroke="var(--text)" strokeDasharray="2 3" />
          )}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
