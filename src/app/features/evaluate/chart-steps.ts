const farStep = 10;

/** Where a key leads from one of several points side by side; null: the key is none of these. */
export function steppedTo(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(count - 1, from + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, from - 1);
    case 'PageUp':
      return Math.min(count - 1, from + farStep);
    case 'PageDown':
      return Math.max(0, from - farStep);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Points of a curve that open photos, from left to right. @param opens whether a point does */
export function pointsInOrder(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  opens: (point: number) => boolean,
): number[] {
  return Array.from(x, (_, point) => point)
    .filter((point) => Number.isFinite(x[point]!) && Number.isFinite(y[point]!) && opens(point))
    .sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]! || a - b);
}
