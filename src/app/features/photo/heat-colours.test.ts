import { describe, expect, it } from 'vitest';
import { heatOf, heatPixels, hottestPlace } from './heat-colours.ts';

describe('the heat of cells', () => {
  it('is measured from the threshold, against the cell that says most', () => {
    expect([...heatOf(Float32Array.of(-3, 1, 5), 1)]).toEqual([-1, 0, 1]);
    // Where hardly anything is said, hardly anything is shown.
    expect([...heatOf(Float32Array.of(1.5, 0.5), 1)]).toEqual([0.25, -0.25]);
  });

  it('is orange for, blue against, and clear at nothing', () => {
    const pixels = heatPixels(Float32Array.of(1, 0, -0.5));
    expect(pixels[0]! > pixels[2]! && pixels[3]! > 150).toBe(true);
    expect(pixels[7]).toBe(0);
    expect(pixels[10]! > pixels[8]! && pixels[11]! < pixels[3]!).toBe(true);
  });

  it('has its place told in thirds', () => {
    const at = (cell: number) => hottestPlace(new Float32Array(25).fill(-1).fill(0.5, cell, cell + 1), 5);
    expect(at(0)).toBe('top-left');
    expect(at(12)).toBe('middle-centre');
    expect(at(14)).toBe('middle-right');
    expect(at(22)).toBe('bottom-centre');
  });
});
