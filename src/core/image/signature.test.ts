import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourDistance, colourSignature } from './colour-signature.ts';
import { contentBox } from './content-box.ts';
import { layoutDistance, layoutSignature, turnLayout } from './layout-signature.ts';
import { flatPicture, madePicture, warpPicture } from './made-picture.ts';
import { writeOklab } from './oklab.ts';
import { colourScore, layoutScore } from './part-scores.ts';
import { hashDistance, perceptualHash, turnHash } from './perceptual-hash.ts';
import { greyOf, type Picture } from './picture.ts';
import { productScore } from './product-score.ts';
import {
  colourAt,
  hashesOf,
  hasStructure,
  innerColourAt,
  layoutAt,
  photoSignature,
  signatureBytes,
} from './signature.ts';
import { signDistance, stripDistance, stripSigns, tellingStrips } from './strip-signs.ts';
import { inverseTurn, type Turn, turnPicture, turns } from './turn.ts';

const seeds = fc.integer({ min: 0, max: 1e6 });
const turn = fc.constantFrom(...turns);
const options = { numRuns: 30 };

describe('turns', () => {
  it('are taken back by their inverses', () => {
    const picture = madePicture(1, 31, 22);
    for (const one of turns) {
      const back = turnPicture(turnPicture(picture, one), inverseTurn(one));
      expect([back.width, back.height]).toEqual([31, 22]);
      expect(back.rgba).toEqual(picture.rgba);
    }
  });
});

describe('the perceptual hash', () => {
  it('of a turned picture follows from the hash, all but coefficients next to zero', () => {
    fc.assert(
      fc.property(seeds, turn, (seed, way) => {
        const picture = madePicture(seed, 96, 70);
        const turned = perceptualHash(greyOf(turnPicture(picture, way)));
        expect(hashDistance(turned, turnHash(perceptualHash(greyOf(picture)), way))).toBeLessThanOrEqual(1);
      }),
      options,
    );
  });

  it('changes by few bits when a picture is made smaller or lighter, and by many from picture to picture', () => {
    const hashes = Array.from({ length: 12 }, (_, seed) => perceptualHash(greyOf(madePicture(seed))));
    hashes.forEach((hash, seed) => {
      const picture = madePicture(seed);
      const small = warpPicture(picture, 120, 90, (x, y) => [2 * x, 2 * y]);
      const light = { ...picture, rgba: picture.rgba.map((v) => Math.min(255, 20 + 0.9 * v)) };
      expect(hashDistance(hash, perceptualHash(greyOf(small)))).toBeLessThanOrEqual(4);
      expect(hashDistance(hash, perceptualHash(greyOf(light)))).toBeLessThanOrEqual(4);
      for (let other = 0; other < seed; other++) {
        expect(hashDistance(hash, hashes[other]!)).toBeGreaterThan(14);
      }
    });
  });
});

describe('Oklab', () => {
  it('has the published values of the primaries', () => {
    const lab = new Float32Array(3);
    const at = (r: number, g: number, b: number) => {
      writeOklab(r, g, b, lab, 0);
      return [...lab].map((v) => Math.round(v * 1000) / 1000);
    };
    expect(at(255, 255, 255)).toEqual([1, 0, 0]);
    expect(at(255, 0, 0)).toEqual([0.628, 0.225, 0.126]);
    expect(at(0, 255, 0)).toEqual([0.866, -0.234, 0.179]);
    expect(at(0, 0, 255)).toEqual([0.452, -0.032, -0.312]);
  });
});

describe('the colour signature', () => {
  it('is the same for a turned picture, up to rounding', () => {
    fc.assert(
      fc.property(seeds, turn, (seed, way) => {
        const picture = madePicture(seed, 80, 60);
        const distance = colourDistance(colourSignature(picture), colourSignature(turnPicture(picture, way)));
        expect(distance).toBeLessThan(0.002);
      }),
      options,
    );
  });

  it('has a metric for distance', () => {
    fc.assert(
      fc.property(seeds, seeds, seeds, (p, q, r) => {
        const [a, b, c] = [p, q, r].map((seed) => colourSignature(madePicture(seed, 40, 30)));
        expect(colourDistance(a!, a!)).toBe(0);
        expect(colourDistance(a!, b!)).toBe(colourDistance(b!, a!));
        expect(colourDistance(a!, c!)).toBeLessThanOrEqual(
          colourDistance(a!, b!) + colourDistance(b!, c!) + 1e-9,
        );
      }),
      options,
    );
  });

  it('finds near colours near and far ones far', () => {
    const of = (r: number, g: number, b: number) => colourSignature(flatPicture(r, g, b));
    const red = of(200, 30, 30);
    expect(colourDistance(red, of(210, 50, 40))).toBeLessThan(0.06);
    expect(colourDistance(red, of(30, 60, 200))).toBeGreaterThan(0.2);
    // How far colour is moved counts, not only whether it changed.
    expect(colourDistance(red, of(200, 120, 30))).toBeLessThan(colourDistance(red, of(30, 120, 30)));
  });
});

describe('the layout signature', () => {
  it('of a turned picture is the turned signature, up to rounding', () => {
    fc.assert(
      fc.property(seeds, turn, (seed, way) => {
        const picture = madePicture(seed, 90, 66);
        const turned = layoutSignature(greyOf(turnPicture(picture, way)));
        const expected = turnLayout(layoutSignature(greyOf(picture)), way);
        expect(layoutDistance(turned, expected)).toBeLessThan(0.004);
      }),
      options,
    );
  });

  it('does not see colours, and has a symmetric distance', () => {
    const [a, b] = [layoutSignature(greyOf(madePicture(3))), layoutSignature(greyOf(madePicture(4)))];
    expect(layoutDistance(a, b)).toBe(layoutDistance(b, a));
    expect(layoutDistance(a, b)).toBeGreaterThan(0.1);
    const picture = madePicture(3);
    const grey = new Uint8Array(picture.rgba.length);
    greyOf(picture).values.forEach((v, i) => {
      grey.fill(Math.round(v), i * 4, i * 4 + 4);
    });
    expect(layoutDistance(a, layoutSignature(greyOf({ ...picture, rgba: grey })))).toBeLessThan(0.005);
  });
});

/** Every second pixel of a band across is white: text hides the rest. */
function writtenAcross({ rgba, width, height }: Picture, from: number): Picture {
  const out = Uint8Array.from(rgba);
  for (let y = Math.floor(from * height); y < (from + 0.2) * height; y++)
    for (let x = 0; x < width; x++)
      out.fill((x >> 2) % 3 === 0 ? 255 : 20, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { rgba: out, width, height };
}

describe('strips of the layout', () => {
  it('say that half of a picture is as it was, wherever something is written across, and tell pictures apart', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 0.8, noNaN: true }), (seed, from) => {
        const [own, other] = [madePicture(seed, 90, 66), madePicture(seed + 1, 90, 66)];
        const [a, b, c] = [own, writtenAcross(own, from), other].map((one) => photoSignature(one));
        const strips = tellingStrips(b!);
        fc.pre(tellingStrips(a!).length === 4);
        expect(stripDistance(a!, b!, strips)).toBeLessThan(0.03);
        expect(stripDistance(b!, c!, strips)).toBeGreaterThan(stripDistance(a!, b!, strips));
        expect(stripDistance(b!, c!, strips)).toBe(stripDistance(c!, b!, strips));
        expect(stripDistance(c!, c!, strips)).toBeCloseTo(0);
        expect(signDistance(stripSigns(b!), stripSigns(a!), 0, strips)).toBeLessThanOrEqual(16);
      }),
      options,
    );
  });

  it('of mirrored pictures are as near to one another as those of the pictures', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1, 2, 3), (seed, way) => {
        const [own, other] = [madePicture(seed, 90, 66), madePicture(seed + 1, 90, 66)];
        const apart = (one: Picture, two: Picture) =>
          stripDistance(photoSignature(one), photoSignature(two), [0, 1, 2, 3]);
        const mirrored = apart(turnPicture(own, way as Turn), turnPicture(other, way as Turn));
        expect(Math.abs(mirrored - apart(own, other))).toBeLessThan(0.03);
      }),
      options,
    );
  });

  it('say nothing where they are plain', () => {
    expect(tellingStrips(photoSignature(flatPicture(80, 80, 80)))).toEqual([]);
    const halfPlain = warpPicture(madePicture(4), 240, 480, (x, y) => [x, y]);
    expect(tellingStrips(photoSignature(halfPlain))).toEqual([0, 1]);
  });
});

describe('the content box', () => {
  it('leaves out a frame of one colour, and nothing of a picture without', () => {
    const framed = warpPicture(madePicture(5), 300, 240, (x, y) => [x - 30, y - 20]);
    expect(contentBox(madePicture(5))).toEqual({ left: 0, top: 0, width: 240, height: 180 });
    const { left, top, width, height } = contentBox(framed);
    expect([left, top].map((v, i) => Math.abs(v - [30, 20][i]!) <= 2)).toEqual([true, true]);
    expect([width, height].map((v, i) => Math.abs(v - [240, 180][i]!) <= 4)).toEqual([true, true]);
  });
});

describe('the signature of a photo', () => {
  it('fits in its bytes and is made of whole numbers on pictures without structure, too', () => {
    expect(signatureBytes).toBeLessThanOrEqual(600);
    for (const picture of [flatPicture(0, 0, 0), flatPicture(255, 255, 255), flatPicture(9, 120, 7, 1, 1)]) {
      const signature = photoSignature(picture);
      expect(signature.length).toBe(signatureBytes);
      expect(hasStructure(signature)).toBe(false);
      expect(colourDistance(signature, signature, 16, 16)).toBe(0);
    }
    expect(hasStructure(photoSignature(madePicture(1)))).toBe(true);
  });

  it('gives finite distances and scores whatever the pictures, the same both ways', () => {
    const plain = [flatPicture(0, 0, 0), flatPicture(255, 255, 255), flatPicture(9, 120, 7, 1, 1)];
    const all = [...plain, madePicture(3, 40, 30), madePicture(4, 30, 40)].map((one) => photoSignature(one));
    for (const a of all) {
      for (const b of all) {
        const colour = colourDistance(a, b, colourAt, colourAt);
        const inner = colourDistance(a, b, innerColourAt, innerColourAt);
        const layout = layoutDistance(a, b, layoutAt, layoutAt);
        const strips = stripDistance(a, b, [0, 1, 2, 3]);
        expect(colourDistance(b, a, colourAt, colourAt)).toBe(colour);
        expect(colourDistance(b, a, innerColourAt, innerColourAt)).toBe(inner);
        expect(layoutDistance(b, a, layoutAt, layoutAt)).toBe(layout);
        expect(stripDistance(b, a, [0, 1, 2, 3])).toBe(strips);
        for (const score of [
          colourScore(colour),
          layoutScore(layout),
          100 * productScore(0.5, inner, 'counts'),
        ])
          expect(score >= 0 && score <= 100).toBe(true);
        expect(strips >= 0 && strips <= 1).toBe(true);
      }
    }
  });

  it('of a turned picture has the turned layout, and the colours as they were, inside of its margins, too', () => {
    fc.assert(
      fc.property(seeds, turn, (seed, way) => {
        const picture = warpPicture(madePicture(seed, 60, 44), 84, 60, (x, y) => [x - 12, y - 8]);
        const [own, turned] = [photoSignature(picture), photoSignature(turnPicture(picture, way))];
        expect(colourDistance(own, turned, colourAt, colourAt)).toBeLessThan(0.002);
        expect(colourDistance(own, turned, innerColourAt, innerColourAt)).toBeLessThan(0.02);
        const layout = turnLayout(own.subarray(layoutAt), way);
        expect(layoutDistance(layout, turned, 0, layoutAt)).toBeLessThan(0.006);
      }),
      options,
    );
  });

  it('finds a framed copy by the hash of what the frame holds', () => {
    const picture = madePicture(8);
    const framed = warpPicture(picture, 300, 240, (x, y) => [x - 30, y - 30]);
    const [, inner] = hashesOf(photoSignature(framed));
    expect(hashDistance(inner, hashesOf(photoSignature(picture))[0])).toBeLessThanOrEqual(6);
  });

  it('stays as it was: stored signatures are compared with new ones', () => {
    const picture = madePicture(2026, 160, 120);
    const signature = photoSignature(picture);
    const framed = photoSignature(warpPicture(picture, 200, 160, (x, y) => [x - 20, y - 20]));
    const [whole, inner] = hashesOf(signature);
    const sumOf = (bytes: Uint8Array) => bytes.reduce((sum, v, n) => (sum + v * (n + 1)) % 65521, 0);
    const parts = [16, 112, 176, 240, 244, 340];
    const sums = parts.slice(1).map((to, i) => sumOf(signature.subarray(parts[i], to)));
    const innerOfFramed = sumOf(framed.subarray(innerColourAt));
    expect({ whole, inner, sums, innerOfFramed }).toMatchInlineSnapshot(`
      {
        "inner": {
          "high": 1915415579,
          "low": 1002876285,
        },
        "innerOfFramed": 44354,
        "sums": [
          44354,
          1750,
          9247,
          45,
          44354,
        ],
        "whole": {
          "high": 1915415579,
          "low": 1002876285,
        },
      }
    `);
  });
});
