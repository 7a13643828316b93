import { type ReactNode, useRef } from 'react';
import { SaveChart } from './SaveChart.tsx';

/** What every chart has: a title, a way to save it, what it is for screen readers, what it shows in a sentence. */
export function ChartFrame({
  title,
  text,
  description,
  of,
  numbers,
  legend,
  keys,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly description: string;
  /** The label that it is about. */
  readonly of: string;
  /** What it is drawn from, by the names of its columns. */
  readonly numbers: Readonly<Record<string, ArrayLike<number>>>;
  readonly legend?: ReactNode;
  /** Its points by keyboard. */
  readonly keys: ReactNode;
  readonly children: ReactNode;
}) {
  const figure = useRef<HTMLElement>(null);
  return (
    <figure ref={figure} className="curve">
      <figcaption className="curve__title">
        {title}
        <SaveChart figure={figure} title={title} of={of} numbers={numbers} />
      </figcaption>
      <div className="curve__stage">
        <div className="curve__chart" role="img" aria-label={description}>
          {children}
        </div>
        {keys}
      </div>
      {legend}
      <p className="evaluate__hint">{text}</p>
    </figure>
  );
}

/** Looks that all charts share. */
export const chartHeight = 190;
export const bottomAxis = 34;
export const shareTicks = [0, 0.25, 0.5, 0.75, 1];
export const tick = { fill: 'var(--text-muted)', fontSize: 11 };
