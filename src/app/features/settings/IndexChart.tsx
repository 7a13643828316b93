import { ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatScore } from '../../i18n/format.ts';
import { pointAt } from './working-point.ts';

interface Point {
  readonly probes: number;
  readonly recall: number;
  readonly recallOfCodes: number;
  readonly median: number;
  readonly p95: number;
}

const height = 230;
/** Widths of the axes, pixels. */
const leftAxis = 34;
const rightAxis = 40;
/** How each figure is drawn. */
const lines = [
  { key: 'recall', axis: 'recall', colour: 'var(--accent)', dashes: '' },
  { key: 'recallOfCodes', axis: 'recall', colour: 'var(--border-strong)', dashes: '' },
  { key: 'median', axis: 'milliseconds', colour: 'var(--warning)', dashes: '6 3' },
  { key: 'p95', axis: 'milliseconds', colour: 'var(--danger)', dashes: '2 3' },
] as const;
const tick = { fill: 'var(--text-muted)', fontSize: 11 };

/**
 * Recall (left) and milliseconds (right) over the lists that a search visits, with the working point as a line; a press
 * on the chart chooses the point below it. Says to screen readers what it is: slider and table follow.
 */
export default function IndexChart({
  points,
  chosen,
  description,
  names,
  choose,
}: {
  readonly points: readonly Point[];
  /** `probes` of the working point. */
  readonly chosen: number;
  readonly description: string;
  readonly names: Readonly<Record<keyof Point, string>>;
  readonly choose: (probes: number) => void;
}) {
  const least = Math.min(...points.map(({ recallOfCodes }) => recallOfCodes));
  return (
    <div className="index-chart" role="img" aria-label={description}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={[...points]}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          onClick={(_, event) => {
            // Not what the chart says is active: that may be where the pointer was before, or nothing after a tap.
            const { left, width } = event.currentTarget.getBoundingClientRect();
            const share = (event.clientX - left - leftAxis) / (width - leftAxis - rightAxis);
            choose(pointAt(points, share).probes);
          }}
        >
          <XAxis
            dataKey="probes"
            type="number"
            scale="log"
            domain={['dataMin', 'dataMax']}
            ticks={points.map(({ probes }) => probes)}
            height={34}
            tick={tick}
            tickLine={false}
            label={{ value: names.probes, position: 'insideBottom', ...tick }}
          />
          <YAxis
            yAxisId="recall"
            domain={[Math.floor(least * 10) / 10, 1]}
            width={leftAxis}
            tick={tick}
            tickLine={false}
            tickFormatter={formatScore}
          />
          <YAxis yAxisId="milliseconds" orientation="right" width={rightAxis} tick={tick} tickLine={false} />
          <ReferenceLine yAxisId="recall" x={chosen} stroke="var(--text)" strokeWidth={2} />
          {lines.map(({ key, axis, colour, dashes }) => (
            <Line
              key={key}
              yAxisId={axis}
              dataKey={key}
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={dashes}
              dot={{ r: 2.5, strokeDasharray: '' }}
              isAnimationActive={false}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
      <p className="index-chart__legend">
        {lines.map(({ key, colour, dashes }) => (
          <span key={key}>
            <svg width="22" height="8" aria-hidden="true">
              <line x1="0" x2="22" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dashes} />
            </svg>
            {names[key]}
          </span>
        ))}
      </p>
    </div>
  );
}
