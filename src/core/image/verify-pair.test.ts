import { describe, expect, it } from 'vitest';
import { mirrorDescriptors } from './descriptor.ts';
import { localFeatures } from './local-features.ts';
import { flatPicture, madePicture, warpPicture } from './made-picture.ts';
import { greyOf, type Picture } from './picture.ts';
import { PreparedPicture } from './prepared-picture.ts';
import { turnPicture } from './turn.ts';
import { type PairMatch, verifyPair } from './verify-pair.ts';

const original = madePicture(11);

function verified(copy: Picture, photo: Picture = original): PairMatch {
  const match = verifyPair(new PreparedPicture(copy), new PreparedPicture(photo));
  expect(match).not.toBeNull();
  return match!;
}

/** Left, top, right, bottom of a region. */
function boxOf(region: PairMatch['onSecond']): number[] {
  const xs = region.map(({ x }) => x);
  const ys = region.map(({ y }) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function expectBox(region: PairMatch['onSecond'], expected: readonly number[]): void {
  boxOf(region).forEach((side, i) => {
    expect(Math.abs(side - expected[i]!)).toBeLessThan(0.04);
  });
}

/** Turned about its middle by degrees clockwise, what is outside white. */
function rotated({ width, height, ...rest }: Picture, degrees: number): Picture {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return warpPicture({ width, height, ...rest }, width, height, (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2];
    return [width / 2 + cos * dx + sin * dy, height / 2 - sin * dx + cos * dy];
  });
}

describe('local features', () => {
  it('of a mirrored picture are the mirrored features', () => {
    const plain = localFeatures(greyOf(original), 200);
    const other = localFeatures(greyOf(turnPicture(original, 1)), 200);
    const mirrored = mirrorDescriptors(plain.described.bytes);
    let alike = 0;
    for (let i = 0; i < plain.count; i++) {
      for (let j = 0; j < other.count; j++) {
        const near =
          Math.abs(plain.width - plain.x[i]! - other.x[j]!) < 0.1 &&
          Math.abs(plain.y[i]! - other.y[j]!) < 0.1;
        if (!near || plain.size[i] !== other.size[j]) continue;
        if (Math.abs(Math.cos(plain.angle[i]!) + Math.cos(other.angle[j]!)) > 0.01) continue;
        const own = mirrored.subarray(i * 128, (i + 1) * 128);
        if (own.every((v, n) => Math.abs(v - other.described.bytes[j * 128 + n]!) <= 4)) alike++;
      }
    }
    expect(plain.count).toBeGreaterThan(100);
    // 0.76: of the seven scales one is 85 pixels wide, and pairs of its pixels are not the pairs of its mirror image.
    expect(alike / plain.count).toBeGreaterThan(0.7);
  });

  it('are none on a flat picture', () => {
    expect(localFeatures(greyOf(flatPicture(90, 90, 90)), 100).count).toBe(0);
  });
});

describe('verifying a pair', () => {
  it('calls a smaller version the same', () => {
    const match = verified(warpPicture(original, 120, 90, (x, y) => [2 * x, 2 * y]));
    expect(match.verdict).toBe('same');
    expectBox(match.onSecond, [0, 0, 1, 1]);
  });

  it('finds the box of a crop', () => {
    const match = verified(warpPicture(original, 120, 90, (x, y) => [x + 72, y + 36]));
    expect(match.verdict).toBe('edited');
    expectBox(match.onSecond, [0.3, 0.2, 0.8, 0.7]);
    expectBox(match.onFirst, [0, 0, 1, 1]);
    expect(match.ofSecond).toBeCloseTo(0.25, 1);
  });

  it('finds the box of an enlarged crop on the picture that it was cropped from, asked the other way round', () => {
    const crop = warpPicture(original, 240, 180, (x, y) => [x / 2 + 72, y / 2 + 36]);
    expectBox(verified(original, crop).onFirst, [0.3, 0.2, 0.8, 0.7]);
  });

  it('tells mirroring from turning', () => {
    const mirrored = verified(turnPicture(original, 1));
    expect(mirrored.mirrored).toBe(true);
    expect(mirrored.rotation).toBeCloseTo(0, 0);
    // The copy stands turned clockwise: the original is turned the other way against it.
    const clockwise = verified(turnPicture(original, 6));
    expect(clockwise.mirrored).toBe(false);
    expect(Math.abs(Math.round(clockwise.rotation))).toBe(90);
    const tilted = verified(rotated(original, 15));
    expect(tilted.mirrored).toBe(false);
    expect(tilted.rotation).toBeCloseTo(-15, 0);
  });

  it('says how colours changed', () => {
    const light = verified({ ...original, rgba: original.rgba.map((v) => Math.min(255, 1.2 * v + 15)) });
    expect(light.verdict).toBe('edited');
    expect(light.colour.lightness).toBeLessThan(-0.04);
    const grey = new Uint8Array(original.rgba.length);
    greyOf(original).values.forEach((v, i) => {
      grey.fill(v, i * 4, i * 4 + 4);
    });
    expect(verified(original, { ...original, rgba: grey }).colour.saturation).toBeLessThan(0.2);
  });

  it('finds the picture in a collage', () => {
    const other = madePicture(77);
    const rgba = new Uint8Array(480 * 180 * 4);
    for (let y = 0; y < 180; y++) {
      rgba.set(other.rgba.subarray(y * 960, (y + 1) * 960), y * 1920);
      rgba.set(original.rgba.subarray(y * 960, (y + 1) * 960), y * 1920 + 960);
    }
    const match = verified({ rgba, width: 480, height: 180 });
    expectBox(match.onFirst, [0.5, 0, 1, 1]);
    expectBox(match.onSecond, [0, 0, 1, 1]);
  });

  it('finds a copy of a panorama, however long and low it is, and tells others from it', () => {
    const [own, other] = [21, 22].map((seed) => madePicture(seed, 600, 450));
    for (const height of [90, 60, 40]) {
      const panorama = warpPicture(own!, 600, height, (x, y) => [x, y + 150]);
      const smaller = warpPicture(panorama, 300, height / 2, (x, y) => [2 * x, 2 * y]);
      expect(verified(smaller, panorama).verdict).toBe('same');
      expect(verified(turnPicture(panorama, 1), panorama).mirrored).toBe(true);
      const otherPanorama = warpPicture(other!, 600, height, (x, y) => [x, y + 150]);
      expect(verifyPair(new PreparedPicture(otherPanorama), new PreparedPicture(panorama))).toBeNull();
    }
  });

  it('gives the same answer both ways round', () => {
    const crop = warpPicture(original, 160, 120, (x, y) => [x + 30, y + 40]);
    const [there, back] = [verified(crop), verified(original, crop)];
    expect(back.verdict).toBe(there.verdict);
    expectBox(back.onFirst, boxOf(there.onSecond));
  });

  it('calls other pictures different, flat ones too', () => {
    const prepared = Array.from({ length: 5 }, (_, seed) => new PreparedPicture(madePicture(seed)));
    prepared.push(
      new PreparedPicture(flatPicture(200, 200, 200)),
      new PreparedPicture(flatPicture(20, 20, 20)),
    );
    for (const [i, first] of prepared.entries()) {
      for (const second of prepared.slice(0, i)) expect(verifyPair(first, second)).toBeNull();
    }
  });
});
