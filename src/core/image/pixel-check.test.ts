import { describe, expect, it } from 'vitest';
import { flatPicture, madePicture, warpPicture } from './made-picture.ts';
import type { Picture } from './picture.ts';
import { checkPixels, type PixelCheck } from './pixel-check.ts';
import { PreparedPicture } from './prepared-picture.ts';
import { turnPicture } from './turn.ts';
import { verifyPair } from './verify-pair.ts';

const original = madePicture(11);

function checked(first: Picture, second: Picture): PixelCheck {
  const match = verifyPair(new PreparedPicture(first), new PreparedPicture(second));
  expect(match).not.toBeNull();
  const check = checkPixels(first, second, match!.transform);
  expect(check).not.toBeNull();
  return check!;
}

/** A disc of another colour, as if something had been painted over. */
function retouched({ rgba, width, height }: Picture, cx: number, cy: number, radius: number): Picture {
  const painted = Uint8Array.from(rgba);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((x - cx) ** 2 + (y - cy) ** 2 > radius * radius) continue;
      const at = (y * width + x) * 4;
      painted.set([255 - rgba[at]!, 255 - rgba[at + 1]!, (rgba[at + 2]! + 128) % 256], at);
    }
  }
  return { rgba: painted, width, height };
}

describe('comparing pixels of a copy', () => {
  it('finds nothing in a smaller, a cropped, a turned and a lighter copy', () => {
    const copies = [
      warpPicture(original, 160, 120, (x, y) => [1.5 * x, 1.5 * y]),
      warpPicture(original, 120, 90, (x, y) => [x + 72, y + 36]),
      turnPicture(original, 6),
      { ...original, rgba: original.rgba.map((v) => 20 + 0.8 * v) },
    ];
    for (const copy of copies) {
      const { same, differing } = checked(copy, original);
      expect(same).toBe(true);
      expect(differing).toBeLessThan(0.01);
    }
  });

  it('finds a spot that was painted over, whichever picture it is on, and where it is', () => {
    const changed = retouched(original, 150, 60, 9);
    for (const [first, second] of [
      [changed, original],
      [original, changed],
    ] as const) {
      const { same, place, differing } = checked(first, second);
      expect(same).toBe(false);
      expect(differing).toBeLessThan(0.03);
      const [left, top, right, bottom] = place!;
      expect((left + right) / 2).toBeCloseTo(150 / 240, 1);
      expect((top + bottom) / 2).toBeCloseTo(60 / 180, 1);
    }
  });

  it('finds it on an enlarged part as well, and nothing where the part is as it was', () => {
    const part = (of: Picture) => warpPicture(of, 240, 180, (x, y) => [x / 2 + 72, y / 2 + 36]);
    const there = checked(original, part(retouched(original, 150, 60, 9)));
    expect(there.same).toBe(false);
    const [left, top, right, bottom] = there.place!;
    expect((left + right) / 2).toBeCloseTo((2 * (150 - 72)) / 240, 1);
    expect((top + bottom) / 2).toBeCloseTo((2 * (60 - 36)) / 180, 1);
    expect(checked(original, part(original)).same).toBe(true);
  });

  it('finds many spots that are each too small to count', () => {
    const one = retouched(original, 30, 30, 3.6);
    expect(checked(one, original).same).toBe(true);
    let many = original;
    for (let y = 20; y < 170; y += 30) for (let x = 20; x < 230; x += 30) many = retouched(many, x, y, 3.6);
    expect(checked(many, original).same).toBe(false);
  });

  it('says nothing of pictures that have next to nothing in common, and finds flat ones the same', () => {
    const here = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0, g: 0, h: 0 };
    expect(checkPixels(original, original, { ...here, c: 235 })).toBeNull();
    const flat = checkPixels(flatPicture(90, 90, 90), flatPicture(120, 90, 60), here);
    expect(flat).toEqual({ same: true, differing: 0, place: null });
  });
});
