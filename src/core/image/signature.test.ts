import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourDistance, colourSignature } from './colour-signature.ts';
import { contentBox } from './content-box.ts';
import { layoutDistance, layoutSignature, turnLayout } from './layout-signature.ts';
import { flatPicture, madePicture, warpPicture } from './made-picture.ts';
import { writeOklab } from './oklab.ts';
import { hashDistance, perceptualHash, turnHash } from './perceptual-hash.ts';
import { greyOf } from './picture.ts';
import { hashesOf, hasStructure, photoSignature, signatureBytes } from './signature.ts';
import { inverseTurn, turnPicture, turns } from './turn.ts';

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

  it('finds a framed copy by the hash of what the frame holds', () => {
    const picture = madePicture(8);
    const framed = warpPicture(picture, 300, 240, (x, y) => [x - 30, y - 30]);
    const [, inner] = hashesOf(photoSignature(framed));
    expect(hashDistance(inner, hashesOf(photoSignature(picture))[0])).toBeLessThanOrEqual(6);
  });

  it('stays as it was: stored signatures are compared with new ones', () => {
    const signature = photoSignature(madePicture(2026, 160, 120));
    const [whole, inner] = hashesOf(signature);
    const sums = [16, 112, 176].map((from, i) =>
      signature.subarray(from, [112, 176, 240][i]).reduce((sum, v, n) => (sum + v * (n + 1)) % 65521, 0),
    );
    expect({ whole, inner, sums }).toMatchInlineSnapshot(`
      {
        "inner": {
          "high": 1915415579,
          "low": 1002876285,
        },
        "sums": [
          44354,
          1750,
          9247,
        ],
        "whole": {
          "high": 1915415579,
          "low": 1002876285,
        },
      }
    `);
  });
});
