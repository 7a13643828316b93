import type { Picture } from './picture.ts';

/**
 * One of the eight ways to lay a rectangle on itself: bit 0 mirrors left-right, bit 1 mirrors top-bottom, bit 2
 * exchanges x and y first. 0 is the identity, 1 the mirror image, 3 half a turn, 5 and 6 the quarter turns.
 */
export type Turn = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const turns: readonly Turn[] = [0, 1, 2, 3, 4, 5, 6, 7];

/** The turn that takes a turned picture back. */
export function inverseTurn(turn: Turn): Turn {
  // Only the quarter turns are not their own inverses: each is the other's.
  if (turn === 5) return 6;
  return turn === 6 ? 5 : turn;
}

/** Where pixel (x, y) of the turned picture comes from. */
export function sourceOf(turn: Turn, x: number, y: number, width: number, height: number): [number, number] {
  const mx = (turn & 1) !== 0 ? width - 1 - x : x;
  const my = (turn & 2) !== 0 ? height - 1 - y : y;
  return (turn & 4) !== 0 ? [my, mx] : [mx, my];
}

/** A turned copy. */
export function turnPicture({ rgba, width, height }: Picture, turn: Turn): Picture {
  const [wide, high] = (turn & 4) !== 0 ? [height, width] : [width, height];
  const out = new Uint8Array(rgba.length);
  const from = new Uint32Array(rgba.slice().buffer);
  const to = new Uint32Array(out.buffer);
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      const [sx, sy] = sourceOf(turn, x, y, wide, high);
      to[y * wide + x] = from[sy * width + sx]!;
    }
  }
  return { rgba: out, width: wide, height: high };
}
