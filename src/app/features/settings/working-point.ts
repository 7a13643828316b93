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
