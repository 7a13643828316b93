import { expect, it } from 'vitest';
import { madePicture, warpPicture } from './made-picture.ts';
import type { Picture } from './picture.ts';
import { PreparedPicture } from './prepared-picture.ts';
import { turnPicture } from './turn.ts';
import { verifyPair } from './verify-pair.ts';

const [width, height] = [240, 180];

function drawn(colourAt: (x: number, y: number) => readonly [number, number, number]): Picture {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgba.set(colourAt(x, y), (y * width + x) * 4);
  return { rgba, width, height };
}

/** A thing on white, as shops show them: its surface is another one for every seed, its outline nearly the same. */
function thing(seed: number): Picture {
  const surface = madePicture(seed, width, height);
  return drawn((x, y) => {
    const [u, v] = [(x - 120) / (80 + (seed % 3)), (y - 95) / (32 + 14 * Math.sin(x / 30 + seed / 20))];
    const at = (((3 * y) % height) * width + ((3 * x) % width)) * 4;
    if (u * u + v * v > 1) return [255, 255, 255];
    return [0, 1, 2].map((c) => 30 + surface.rgba[at + c]! / 3) as [number, number, number];
  });
}

const match = (a: Picture, b: Picture) => verifyPair(new PreparedPicture(a), new PreparedPicture(b));

it('like things in one pose on white are different pictures, their copies are not', () => {
  for (const [one, other] of [
    [1, 2],
    [3, 4],
    [5, 6],
  ] as const) {
    expect(match(thing(one), thing(other))).toBeNull();
    expect(match(turnPicture(thing(one), 1), thing(other))).toBeNull();
    const small = warpPicture(thing(one), 160, 120, (x, y) => [1.5 * x, 1.5 * y]);
    expect(match(small, thing(one))?.verdict).toBe('same');
    expect(match(turnPicture(thing(one), 6), thing(one))?.verdict).toBe('edited');
  }
});

/** Seen from a little further to the right, what is near moved more than what is far. */
function secondShot(near: number): (x: number, y: number) => readonly [number, number] {
  return (x, y) => {
    const w = 1 + 0.0006 * (x - 120);
    const isNear = Math.hypot((x % 60) - 30, (y % 60) - 30) < 20;
    return [120 + (x - 120) / w + (isNear ? near : 0), 90 + (y - 90) / w];
  };
}

it('a second shot of a scene is another picture, the same bend without moved things is a copy', () => {
  for (const seed of [11, 12, 13]) {
    const scene = madePicture(seed);
    expect(match(warpPicture(scene, width, height, secondShot(0)), scene)?.verdict).toBe('edited');
    expect(match(warpPicture(scene, width, height, secondShot(4)), scene)).toBeNull();
  }
});

/** Text on a dark, translucent band over a fifth of a picture, from a share of its height on. */
function writtenOver(picture: Picture, from: number): Picture {
  const [top, bottom] = [from * height, (from + 0.2) * height];
  return drawn((x, y) => {
    const at = (y * width + x) * 4;
    const isLetter = (x * 7 + (y >> 2) * 3) % 11 < 4;
    const value = (c: number) => picture.rgba[at + c]!;
    if (y < top || y >= bottom) return [value(0), value(1), value(2)];
    return isLetter ? [255, 255, 255] : [value(0) / 3, value(1) / 3, value(2) / 3];
  });
}

it('a thing on white is found although text hides a good part of it, and another thing with that text is not', () => {
  for (const from of [0.3, 0.55, 0.7]) {
    expect(match(writtenOver(thing(1), from), thing(1))?.verdict).toBe('edited');
    expect(match(writtenOver(thing(1), from), thing(2))).toBeNull();
  }
});

it('a copy that is nearly half painted over is found by what is left, which agrees to the grain', () => {
  const original = madePicture(7);
  const painted = (picture: Picture) =>
    drawn((x, y) => {
      const at = (y * width + x) * 4;
      if (y > 102) return (x + y) % 9 < 4 ? [255, 255, 255] : [20, 20, 20];
      return [0, 1, 2].map((c) => picture.rgba[at + c]!) as [number, number, number];
    });
  expect(match(painted(original), original)?.verdict).toBe('edited');
  expect(match(painted(madePicture(8)), original)).toBeNull();
});
