import { ComposedChart, Legend, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatScore } from '../../i18n/format.ts';

interface Point {
  readonly probes: number;
  readonly recall: number;
  readonly recallOfCodes: number;
  readonly median: number;
  readonly p95: number;
}

const height = 230;
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
          onClick={({ activeLabel }) => {
            const probes = Number(activeLabel);
            if (points.some((point) => point.probes === probes)) choose(probes);
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
            width={34}
            tick={tick}
            tickLine={false}
            tickFormatter={formatScore}
          />
          <YAxis yAxisId="milliseconds" orientation="right" width={40} tick={tick} tickLine={false} />
          <ReferenceLine yAxisId="recall" x={chosen} stroke="var(--text)" strokeWidth={2} />
          <Line
            yAxisId="recall"
            dataKey="recall"
            name={names.recall}
            stroke="var(--accent)"
            strokeWidth={2}
            isAnimationActive={false}
          />
          <Line
            yAxisId="recall"
            dataKey="recallOfCodes"
            name={names.recallOfCodes}
            stroke="var(--border-strong)"
            isAnimationActive={false}
          />
          <Line
            yAxisId="milliseconds"
            dataKey="median"
            name={names.median}
            stroke="var(--warning)"
            strokeDasharray="6 3"
            isAnimationActive={false}
          />
          <Line
            yAxisId="milliseconds"
            dataKey="p95"
            name={names.p95}
            stroke="var(--danger)"
            strokeDasharray="2 3"
            isAnimationActive={false}
          />
          <Legend wrapperStyle={{ fontSize: 12 }} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
