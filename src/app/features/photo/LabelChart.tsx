import { Bar, BarChart, type BarShapeProps, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatScore } from '../../i18n/format.ts';

export interface ChartRow {
  readonly name: string;
  /** 0..1 */
  readonly score: number;
  readonly threshold: number | null;
}

const rowHeight = 26;
const nameWidth = 124;
/** Room for a name, in widths of a Latin letter; Chinese characters take two. */
const nameRoom = 17;

/** The best scores as bars, with each label's threshold as a mark. Says to screen readers what it is: the list follows. */
export default function LabelChart({
  rows,
  description,
}: {
  readonly rows: readonly ChartRow[];
  readonly description: string;
}) {
  return (
    <div className="label-chart" role="img" aria-label={description}>
      <ResponsiveContainer width="100%" height={rows.length * rowHeight + 22}>
        <BarChart
          data={[...rows]}
          layout="vertical"
          margin={{ top: 0, right: 36, bottom: 0, left: 0 }}
          barCategoryGap={6}
          accessibilityLayer={false}
        >
          <XAxis
            type="number"
            domain={[0, 1]}
            ticks={[0, 0.5, 1]}
            height={22}
            axisLine={false}
            tickLine={false}
            tick={{ fill: 'var(--text-muted)', fontSize: 11 }}
          />
          <YAxis
            type="category"
            dataKey="name"
            width={nameWidth}
            axisLine={false}
            tickLine={false}
            interval={0}
            tick={<Name />}
          />
          <Bar dataKey="score" isAnimationActive={false} shape={Row} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function Name(props: {
  readonly x?: number;
  readonly y?: number;
  readonly payload?: { readonly value: string };
}) {
  const name = props.payload?.value ?? '';
  return (
    <text x={props.x} y={props.y} dy="0.35em" textAnchor="end" fill="var(--text)" fontSize={12}>
      {shortened(name)}
    </text>
  );
}

function shortened(name: string): string {
  let room = nameRoom;
  let text = '';
  for (const character of name) {
    room -= /[\u2E80-\u{3FFFF}]/u.test(character) ? 2 : 1;
    if (room < 0) return `${text.trimEnd()}…`;
    text += character;
  }
  return text;
}

/** One bar: the whole scale as a faint track, the score on it, the threshold across it, the figure after it. */
function Row(props: BarShapeProps) {
  const { x, y, width, height, payload, background } = props;
  const { score, threshold } = payload as ChartRow;
  const track = background?.width ?? 0;
  const reaches = threshold !== null && score >= threshold;
  return (
    <g>
      <rect x={x} y={y} width={track} height={height} rx={3} fill="var(--surface-sunken)" />
      <rect
        x={x}
        y={y}
        width={Math.max(2, width)}
        height={height}
        rx={3}
        fill={reaches ? 'var(--accent)' : 'var(--border-strong)'}
      />
      {threshold !== null && (
        <rect
          x={x + threshold * track - 1.5}
          y={y - 2}
          width={3}
          height={height + 4}
          rx={1.5}
          fill="var(--text)"
          stroke="var(--surface-raised)"
          strokeWidth={1}
        />
      )}
      <text x={x + track + 6} y={y + height / 2} dy="0.35em" fill="var(--text-muted)" fontSize={12}>
        {formatScore(score)}
      </text>
    </g>
  );
}
