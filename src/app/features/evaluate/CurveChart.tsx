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
import { bottomAxis, ChartFrame, chartHeight, shareTicks, tick } from './ChartFrame.tsx';
import { nearestPoint } from './nearest-point.ts';

const leftAxis = 38;
const margin = { top: 8, right: 10, bottom: 0, left: 0 };

/** A curve on a unit square; a press opens the photos of the nearest point. Says to screen readers what it is. */
export function CurveChart({
  title,
  text,
  description,
  of,
  x,
  y,
  xName,
  marked,
  markedX,
  diagonal = false,
  dots = false,
  onPoint,
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
  /** The point of the present threshold. */
  readonly marked?: number;
  /** Where it is shown, if not at the point itself. */
  readonly markedX?: number;
  /** What would be, were the scores chance or exact. */
  readonly diagonal?: boolean;
  readonly dots?: boolean;
  readonly onPoint: (point: number) => void;
}) {
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
            if (point !== -1) onPoint(point);
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
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
