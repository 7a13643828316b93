/** Pixels that hang together, and the box around them: right and bottom are exclusive. */
export interface Spot {
  readonly pixels: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Connected pixels (at a side) that are 1, largest first. @param off [height, width]; all 0 afterwards */
export function spotsOf(off: Uint8Array, width: number, height: number): Spot[] {
  const spots: Spot[] = [];
  const open: number[] = [];
  for (let start = 0; start < width * height; start++) {
    if (off[start] === 0) continue;
    off[start] = 0;
    open.push(start);
    let [pixels, left, top, right, bottom] = [0, width, height, 0, 0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      pixels++;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      for (const [next, isThere] of [
        [at - 1, x > 0],
        [at + 1, x < width - 1],
        [at - width, y > 0],
        [at + width, y < height - 1],
      ] as const) {
        if (!isThere || off[next] === 0) continue;
        off[next] = 0;
        open.push(next);
      }
    }
    spots.push({ pixels, left, top, right, bottom });
  }
  return spots.sort((a, b) => b.pixels - a.pixels);
}
