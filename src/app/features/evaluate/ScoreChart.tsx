import { useRef } from 'react';
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { SaveChart } from './SaveChart.tsx';

const tick = { fill: 'var(--text-muted)', fontSize: 11 };

/** Photos with and without a label by score; a press on a bar opens its photos. */
export function ScoreChart({
  title,
  text,
  description,
  positives,
  negatives,
  threshold,
  names,
  onBar,
}: {
  readonly title: string;
  readonly text: string;
  readonly description: string;
  /** [bins] each. */
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
  readonly threshold: number;
  readonly names: { readonly score: string; readonly given: string; readonly without: string };
  readonly onBar: (bin: number, given: boolean) => void;
}) {
  const figure = useRef<HTMLElement>(null);
  const bins = positives.length;
  const bars = Array.from(positives, (given, bin) => ({
    middle: (bin + 0.5) / bins,
    given,
    without: negatives[bin]!,
  }));
  const press = (given: boolean) => (_: unknown, bin: number) => onBar(bin, given);
  return (
    <figure ref={figure} className="curve">
      <figcaption className="curve__title">
        {title}
        <SaveChart figure={figure} title={title} />
      </figcaption>
      <div className="curve__chart" role="img" aria-label={description}>
        <ResponsiveContainer width="100%" height={190}>
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
              ticks={[0, 0.25, 0.5, 0.75, 1]}
              height={34}
              tick={tick}
              tickLine={false}
              label={{ value: names.score, position: 'insideBottom', ...tick }}
            />
            <YAxis width={40} tick={tick} tickLine={false} allowDecimals={false} />
            <Bar
              dataKey="without"
              stackId="photos"
              fill="var(--chart-against)"
              isAnimationActive={false}
              onClick={press(false)}
            />
            <Bar
              dataKey="given"
              stackId="photos"
              fill="var(--chart-for)"
              isAnimationActive={false}
              onClick={press(true)}
            />
            <ReferenceLine x={threshold} stroke="var(--text)" strokeWidth={2} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <p className="curve__legend">
        <span className="curve__swatch curve__swatch--for" /> {names.given}
        <span className="curve__swatch curve__swatch--against" /> {names.without}
      </p>
      <p className="evaluate__hint">{text}</p>
    </figure>
  );
}
