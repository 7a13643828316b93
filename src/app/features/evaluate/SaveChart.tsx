import type { RefObject } from 'react';
import { columnsCsv } from '../../../core/evaluation/export-figures.ts';
import { chartSvg } from './chart-picture.ts';
import { SavePicture } from './SavePicture.tsx';

/** Saves the chart inside of an element as a picture, or its numbers. */
export function SaveChart({
  figure,
  title,
  of,
  numbers,
}: {
  readonly figure: RefObject<HTMLElement | null>;
  readonly title: string;
  /** The label that it is about, for the file's name. */
  readonly of: string;
  /** What it is drawn from, by the names of its columns. */
  readonly numbers: Readonly<Record<string, ArrayLike<number>>>;
}) {
  return (
    <SavePicture
      title={title}
      fileName={`${title} ${of}`}
      draw={() => {
        const chart = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
        if (!chart) return null;
        const { width, height } = chart.getBoundingClientRect();
        return { svg: chartSvg(chart), width, height };
      }}
      csv={() => columnsCsv(numbers)}
    />
  );
}
