import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteToScore, scoresFromLogits, scoreToByte, sigmoid } from './score-codec.ts';

describe('score codec', () => {
  it('brings every byte back', () => {
    for (let byte = 0; byte < 256; byte++) expect(scoreToByte(byteToScore(byte))).toBe(byte);
  });

  it('loses at most half a step, and never changes the order of two scores', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (p, q) => {
          expect(Math.abs(byteToScore(scoreToByte(p)) - p)).toBeLessThanOrEqual(0.5 / 255 + 1e-12);
          if (p <= q) expect(scoreToByte(p)).toBeLessThanOrEqual(scoreToByte(q));
        },
      ),
    );
  });

  it('clamps what is no score', () => {
    expect([scoreToByte(-1), scoreToByte(2), scoreToByte(Number.NaN)]).toEqual([0, 255, 0]);
  });
});

describe('sigmoid', () => {
  it('is symmetric about one half and finite everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 12);
      }),
    );
    expect([sigmoid(0), sigmoid(1000), sigmoid(-1000)]).toEqual([0.5, 1, 0]);
  });

  it('makes one byte of every logit', () => {
    expect([...scoresFromLogits(new Float32Array([-20, 0, 20, Math.log(3)]))]).toEqual([0, 128, 255, 191]);
  });
});
