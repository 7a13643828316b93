import { useState } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { navigate } from '../../engine/fragment.ts';
import { bottomAxis, ChartFrame, chartHeight, shareTicks, tick } from './ChartFrame.tsx';
import { ChartKeys } from './ChartKeys.tsx';
import { pointsInOrder } from './chart-steps.ts';
import { figureText } from './figure-text.ts';
import { nearestPoint } from './nearest-point.ts';
import { useCellTarget } from './use-cell-target.ts';

const leftAxis = 38;
const margin = { top: 8, right: 10, bottom: 0, left: 0 };

/** A curve on a unit square; a press opens the photos of the nearest point, keys go through them. Says to screen readers what it is. */
export function CurveChart({
  title,
  text,
  description,
  of,
  x,
  y,
  xName,
  yName,
  marked,
  markedX,
  diagonal = false,
  dots = false,
  cellOf,
  counts,
}: {
  readonly title: string;
  /** What the curve shows, in a sentence. */
  readonly text: string;
  readonly description: string;
  /** The label that it is about. */
  readonly of: string;
  /** [points] each, 0..1; points that are not numbers are left out. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly xName: string;
  readonly yName: string;
  /** The point of the present threshold. */
  readonly marked?: number;
  /** Where it is shown, if not at the point itself. */
  readonly markedX?: number;
  /** What would be, were the scores chance or exact. */
  readonly diagonal?: boolean;
  readonly dots?: boolean;
  /** The photos of a point; null: there are none, as where nothing is predicted. */
  readonly cellOf: (point: number) => Cell | null;
  /** [points] how many they are. */
  readonly counts: ArrayLike<number>;
}) {
  const targetOf = useCellTarget();
  const [stop, setStop] = useState<number | null>(null);
  const order = pointsInOrder(x, y, (point) => cellOf(point) !== null);
  const stops = order.map((point) => ({
    cell: cellOf(point)!,
    count: counts[point]!,
    place: `${xName} ${figureText(x[point]!)}, ${yName} ${figureText(y[point]!)}`,
  }));
  const pointed = stop === null ? undefined : order[stop];
  const points = Array.from(x, (value, point) => ({ x: value, y: y[point]! })).filter(
    (point) => Number.isFinite(point.x) && Number.isFinite(point.y),
  );
  const mark = marked === undefined ? undefined : { x: markedX ?? x[marked], y: y[marked] };
  return (
    <ChartFrame
      title={title}
      text={text}
      description={description}
      of={of}
      numbers={{ [xName]: x, [title]: y }}
      keys={
        <ChartKeys
          name={`${title}, ${of}`}
          stops={stops}
          first={Math.max(0, marked === undefined ? 0 : order.indexOf(marked))}
          onStop={setStop}
        />
      }
    >
      <ResponsiveContainer width="100%" height={chartHeight}>
        <LineChart
          data={points}
          margin={margin}
          accessibilityLayer={false}
          onClick={(_, event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const place = {
              x: (event.clientX - box.left - leftAxis) / (box.width - leftAxis - margin.right),
              y: 1 - (event.clientY - box.top - margin.top) / (box.height - bottomAxis - margin.top),
            };
            const point = nearestPoint(x, y, place);
            const cell = point === -1 ? null : cellOf(point);
            if (cell !== null) navigate(targetOf(cell));
          }}
        >
          <CartesianGrid stroke="var(--border)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={[0, 1]}
            ticks={shareTicks}
            height={bottomAxis}
            tick={tick}
            tickLine={false}
            label={{ value: xName, position: 'insideBottom', ...tick }}
          />
          <YAxis domain={[0, 1]} ticks={shareTicks} width={leftAxis} tick={tick} tickLine={false} />
          {diagonal && (
            <ReferenceLine
              segment={[
                { x: 0, y: 0 },
                { x: 1, y: 1 },
              ]}
              stroke="var(--border-strong)"
              strokeDasharray="3 4"
            />
          )}
          <Line
            dataKey="y"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={dots ? { r: 4, fill: 'var(--accent)' } : false}
            activeDot={false}
            isAnimationActive={false}
          />
          {mark?.x !== undefined && mark.y !== undefined && Number.isFinite(mark.x + mark.y) && (
            <ReferenceDot x={mark.x} y={mark.y} r={5} fill="var(--warning)" stroke="var(--surface-raised)" />
          )}
          {pointed !== undefined && (
            <ReferenceDot
              x={x[pointed]!}
              y={y[pointed]!}
              r={7}
              fill="none"
              stroke="var(--text)"
              strokeWidth={2}
            />
          )}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
