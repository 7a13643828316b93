import { describe, expect, it } from 'vitest';
import { sideBySide, sigmoid, softmaxInPlace, softplus } from './activations.ts';
import { plattCalibration, temperatureCalibration } from './calibration.ts';
import { seededUniform } from './random.ts';

describe("Platt's calibration", () => {
  it('finds the scale and offset that the truth was drawn with', () => {
    const uniform = seededUniform(2);
    const logits = Float64Array.from({ length: 20_000 }, () => 8 * uniform() - 4);
    const present = Uint8Array.from(logits, (z) => (uniform() < sigmoid(0.5 * z - 1) ? 1 : 0));
    const found = plattCalibration(logits, present)!;
    expect(Math.abs(found.scale - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(found.offset + 1)).toBeLessThan(0.06);
  });

  it('makes the probabilities add up to the softened number of positives', () => {
    const logits = Float64Array.of(-3, -2, -2, -1, -1, 0, 0, 1, 1, 2, 2, 5);
    const present = Uint8Array.of(0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1);
    const { scale, offset } = plattCalibration(logits, present)!;
    const sum = logits.reduce((total, z) => total + sigmoid(scale * z + offset), 0);
    expect(sum).toBeCloseTo(6 * (7 / 8) + 6 * (1 / 8), 5);
  });

  it('leaves logits alone that fall with the truth, or too few of a kind', () => {
    const logits = Float64Array.from({ length: 20 }, (_, i) => i);
    expect(
      plattCalibration(
        logits,
        Uint8Array.from(logits, (z) => (z < 10 ? 1 : 0)),
      ),
    ).toBeNull();
    expect(
      plattCalibration(
        logits,
        Uint8Array.from(logits, (z) => (z > 15 ? 1 : 0)),
      ),
    ).toBeNull();
  });

  it('stays finite where logits tell the photos apart perfectly', () => {
    const logits = Float64Array.from({ length: 40 }, (_, i) => i - 19.5);
    const { scale, offset } = plattCalibration(
      logits,
      Uint8Array.from(logits, (z) => (z > 0 ? 1 : 0)),
    )!;
    expect(scale).toBeGreaterThan(0);
    expect(scale).toBeLessThanOrEqual(20);
    expect(Number.isFinite(offset)).toBe(true);
  });
});

describe('a temperature', () => {
  it('is the one that the truth was drawn with', () => {
    const uniform = seededUniform(4);
    const count = 20_000;
    const logits = Float64Array.from({ length: count * 3 }, () => 9 * uniform());
    const truth = Int16Array.from({ length: count }, (_, i) => {
      const p = logits.slice(3 * i, 3 * i + 3).map((z) => z / 2.5);
      softmaxInPlace(p, 0, 3);
      const u = uniform();
      return u < p[0]! ? 0 : u < p[0]! + p[1]! ? 1 : 2;
    });
    expect(Math.abs(temperatureCalibration(logits, 3, truth)!.scale - 0.4)).toBeLessThan(0.02);
  });

  it('stays in its range where every photo is right, or every one wrong', () => {
    const logits = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 3 : -3));
    expect(temperatureCalibration(logits, 2, new Int16Array(10))!.scale).toBeCloseTo(20, 3);
    expect(temperatureCalibration(logits, 2, new Int16Array(10).fill(1))!.scale).toBeCloseTo(0.05, 3);
    expect(temperatureCalibration(logits, 2, new Int16Array(4))).toBeNull();
  });
});

describe('the activations', () => {
  it('stay finite at the ends', () => {
    expect([sigmoid(1000), sigmoid(-1000), softplus(-1000), softplus(1000)]).toEqual([1, 0, 0, 1000]);
    const logits = Float64Array.of(1000, 999, -1000);
    expect(softmaxInPlace(logits, 0, 3)).toBeCloseTo(1000 + Math.log(1 + Math.exp(-1)), 9);
    expect(logits[0]! + logits[1]!).toBeCloseTo(1, 12);
  });

  it('read the same logits in two ways: only a softmax makes labels compete', () => {
    const { softmax, sigmoid: each } = sideBySide([4, 4, -4]);
    expect(softmax[0]).toBeCloseTo(0.4999, 3);
    expect(each[0]).toBeCloseTo(0.982, 3);
    expect(each[1]).toBe(each[0]);
  });
});
