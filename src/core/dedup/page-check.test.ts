import { expect, it } from 'vitest';
import type { Picture } from '../image/picture.ts';
import { PreparedPicture } from '../image/prepared-picture.ts';
import { turnPicture } from '../image/turn.ts';
import { seededUniform } from '../learning/random.ts';
import { checkPictures } from './check-pair.ts';

const [width, height] = [226, 320];

/** A bill: ruled lines and small words of strokes; one number of five digits is another one by its seed. */
function bill(number: number): Picture {
  const rgba = new Uint8Array(width * height * 4).fill(250);
  const put = (x: number, y: number, value: number) =>
    rgba.fill(value, 4 * (y * width + x), 4 * (y * width + x) + 3);
  const word = (draw: () => number, left: number, top: number, length: number) => {
    for (let x = left; x < left + length; x++) {
      // Letters are three samples wide, with a gap after each.
      if ((x - left) % 4 === 3) continue;
      for (let y = top; y < top + 6; y++) if (draw() < 0.5) put(x, y, 60);
    }
  };
  const print = seededUniform(1);
  for (let line = 0; line < 20; line++) {
    const top = 14 + line * 14;
    for (let x = 20; x < 206; x++) put(x, top + 10, 120);
    for (const [left, length] of [
      [22, 40],
      [70, 24],
      [100, 30],
    ] as const)
      word(print, left, top, length);
  }
  word(seededUniform(number), 170, 14 + 12 * 14, 20);
  return { rgba, width, height };
}

/** Half as wide and high, each sample the mean of four. */
function halved({ rgba }: Picture): Picture {
  const small = { rgba: new Uint8Array(rgba.length / 4), width: width / 2, height: height / 2 };
  for (let i = 0; i < small.rgba.length; i++) {
    const [pixel, channel] = [i >> 2, i & 3];
    const from = 8 * (Math.floor(pixel / small.width) * width + (pixel % small.width)) + channel;
    const four = [0, 4, 4 * width, 4 * width + 4].map((more) => rgba[from + more]!);
    small.rgba[i] = four.reduce((sum, value) => sum + value, 0) / 4;
  }
  return small;
}

it('pages that differ in one number are no copies of each other; the same one smaller, packed, brighter or mirrored is', () => {
  const page = bill(2);
  const prepared = new PreparedPicture(page);
  const isCopy = (other: Picture) => checkPictures(prepared, new PreparedPicture(other)) !== null;
  expect(isCopy(bill(3))).toBe(false);
  const grain = seededUniform(9);
  const changed = (change: (value: number) => number): Picture => ({
    ...page,
    rgba: page.rgba.map(change),
  });
  const copies = {
    packed: changed((value) => Math.max(0, Math.min(255, value + 24 * (grain() + grain() - 1)))),
    brighter: changed((value) => Math.min(255, 1.1 * value)),
    mirrored: turnPicture(page, 1),
    smaller: halved(page),
  };
  for (const [how, copy] of Object.entries(copies)) expect(isCopy(copy), how).toBe(true);
});
