import type { PairMatch, Region } from '../../../core/image/verify-pair.ts';

type Alignable = Pick<PairMatch, 'onFirst' | 'onSecond' | 'rotation' | 'mirrored'>;

/**
 * CSS transform that lays the second picture on the first, both stretched to the first one's frame, its origin at the
 * frame's corner: turned, mirrored and scaled so that what both show covers itself.
 *
 * @param first width by height of the first picture
 * @param second of the second
 */
export function layOnFirst(match: Alignable, first: number, second: number): string {
  // Both in units of their heights.
  const [onFirst, onSecond] = [scaled(match.onFirst, first), scaled(match.onSecond, second)];
  const scale = Math.sqrt(areaOf(onFirst) / areaOf(onSecond));
  const angle = (-match.rotation * Math.PI) / 180;
  const mirror = match.mirrored ? -1 : 1;
  // The second is the first mirrored left to right, then turned: this is the way back.
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [a, b, c, d] = [mirror * cos, sin, mirror * -sin, cos];
  const [from, to] = [middleOf(onSecond), middleOf(onFirst)];
  const [e, f] = [to.x - (a * from.x + c * from.y), to.y - (b * from.x + d * from.y)];
  // The second is stretched to a frame that is `first` wide and 1 high.
  const stretch = second / first;
  const parts = [a * stretch, b * stretch, c, d].map((part) => part.toFixed(6));
  return `translate(${((100 * e) / first).toFixed(4)}%, ${(100 * f).toFixed(4)}%) matrix(${parts.join(', ')}, 0, 0)`;
}

function scaled(region: Region, aspect: number): Region {
  return region.map(({ x, y }) => ({ x: x * aspect, y }));
}

function areaOf(region: Region): number {
  return Math.abs(crosses(region).reduce((sum, { cross }) => sum + cross, 0)) / 2;
}

/** Centre of gravity. */
function middleOf(region: Region): { x: number; y: number } {
  const all = crosses(region);
  const sum = all.reduce((total, { cross }) => total + cross, 0);
  return {
    x: all.reduce((total, { x, cross }) => total + x * cross, 0) / (3 * sum),
    y: all.reduce((total, { y, cross }) => total + y * cross, 0) / (3 * sum),
  };
}

function crosses(region: Region) {
  return region.map((point, n) => {
    const next = region[(n + 1) % region.length]!;
    return { x: point.x + next.x, y: point.y + next.y, cross: point.x * next.y - next.x * point.y };
  });
}
