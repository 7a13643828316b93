import { useRef } from 'react';
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
import { nearestPoint } from './nearest-point.ts';
import { SaveChart } from './SaveChart.tsx';

const height = 190;
const leftAxis = 38;
const bottomAxis = 34;
const margin = { top: 8, right: 10, bottom: 0, left: 0 };
const ticks = [0, 0.25, 0.5, 0.75, 1];
const tick = { fill: 'var(--text-muted)', fontSize: 11 };

/** A curve on a unit square; a press opens the photos of the nearest point. Says to screen readers what it is. */
export function CurveChart({
  title,
  text,
  description,
  x,
  y,
  xName,
  marked,
  diagonal = false,
  dots = false,
  onPoint,
}: {
  readonly title: string;
  /** What the curve shows, in a sentence. */
  readonly text: string;
  readonly description: string;
  /** [points] each, 0..1; points that are not numbers are left out. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly xName: string;
  /** The point of the present threshold. */
  readonly marked?: number;
  /** What would be, were the scores chance or exact. */
  readonly diagonal?: boolean;
  readonly dots?: boolean;
  readonly onPoint: (point: number) => void;
}) {
  const figure = useRef<HTMLElement>(null);
  const points = Array.from(x, (value, point) => ({ x: value, y: y[point]! })).filter(
    (point) => Number.isFinite(point.x) && Number.isFinite(point.y),
  );
  const mark = marked === undefined ? undefined : { x: x[marked], y: y[marked] };
  return (
    <figure ref={figure} className="curve">
      <figcaption className="curve__title">
        {title}
        <SaveChart figure={figure} title={title} />
      </figcaption>
      <div className="curve__chart" role="img" aria-label={description}>
        <ResponsiveContainer width="100%" height={height}>
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
              if (point !== -1) onPoint(point);
            }}
          >
            <CartesianGrid stroke="var(--border)" />
            <XAxis
              dataKey="x"
              type="number"
              domain={[0, 1]}
              ticks={ticks}
              height={bottomAxis}
              tick={tick}
              tickLine={false}
              label={{ value: xName, position: 'insideBottom', ...tick }}
            />
            <YAxis domain={[0, 1]} ticks={ticks} width={leftAxis} tick={tick} tickLine={false} />
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
              isAnimationActive={false}
            />
            {mark?.x !== undefined && mark.y !== undefined && Number.isFinite(mark.x + mark.y) && (
              <ReferenceDot
                x={mark.x}
                y={mark.y}
                r={5}
                fill="var(--warning)"
                stroke="var(--surface-raised)"
              />
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <p className="evaluate__hint">{text}</p>
    </figure>
  );
}
