import type { IndexCheck } from '../../../protocol/library.ts';

/** Index of the measured point nearest to `probes`, by ratio: lists matter on a logarithmic scale. */
export function workingPoint(points: IndexCheck['points'], probes: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [n, point] of points.entries()) {
    const distance = Math.abs(Math.log(Math.max(1, point.probes) / Math.max(1, probes)));
    if (distance >= least) continue;
    least = distance;
    best = n;
  }
  return best;
}

/**
 * The point nearest to a place on the logarithmic axis of lists.
 *
 * @param share 0..1 from the first point to the last one
 */
export function pointAt<Point extends { readonly probes: number }>(
  points: readonly Point[],
  share: number,
): Point {
  const [least, most] = [Math.log(points[0]!.probes), Math.log(points.at(-1)!.probes)];
  const place = least + share * (most - least);
  const distance = ({ probes }: Point) => Math.abs(Math.log(probes) - place);
  return points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
}
