import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { bottomAxis, ChartFrame, chartHeight, shareTicks, tick } from './ChartFrame.tsx';

/** Photos with and without a label by score; a press on a bar opens its photos. */
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
  onBar,
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
  readonly onBar: (bin: number, given: boolean) => void;
}) {
  const [given, without] = isRightBlue ? ['against', 'for'] : ['for', 'against'];
  const bins = positives.length;
  const bars = Array.from(positives, (count, bin) => ({
    middle: (bin + 0.5) / bins,
    given: count,
    without: negatives[bin]!,
  }));
  const press = (isGiven: boolean) => (_: unknown, bin: number) => onBar(bin, isGiven);
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
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
