/** Of the points of a curve the one nearest to a place on the chart; -1 without points. Both axes run from 0 to 1. */
export function nearestPoint(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  place: { readonly x: number; readonly y: number },
): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let point = 0; point < xs.length; point++) {
    const distance = Math.hypot(xs[point]! - place.x, ys[point]! - place.y);
    if (!(distance < least)) continue;
    least = distance;
    best = point;
  }
  return best;
}

/** The last point whose threshold is at least that one, where thresholds fall: what is predicted at it; 0 at least. */
export function pointAtThreshold(thresholds: ArrayLike<number>, threshold: number): number {
  let point = 0;
  while (point + 1 < thresholds.length && thresholds[point + 1]! >= threshold) point++;
  return point;
}
