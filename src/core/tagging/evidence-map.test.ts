import { describe, expect, it } from 'vitest';
import { evidenceMap, type FeatureMap } from './evidence-map.ts';

// Two channels on 2 x 3 cells: left to right, and the middle of the lower row.
const map: FeatureMap = {
  channels: 2,
  height: 2,
  width: 3,
  values: Float32Array.of(0, 1, 2, 0, 1, 2, 0, 0, 0, 0, 6, 0),
};
const heads = {
  channels: 2,
  weights: Float32Array.of(1, 0, -1, 0.5),
  biases: Float32Array.of(-1, 0.25),
};

describe('the evidence for a label', () => {
  it('is where its features are; its mean is the logit', () => {
    expect([...evidenceMap(map, heads, 0)]).toEqual([-1, 0, 1, -1, 0, 1]);
    const second = evidenceMap(map, heads, 1);
    expect(second[4]).toBe(0.25 - 1 + 3);
    const features = [1, 1];
    const logit = 0.25 - features[0]! + 0.5 * features[1]!;
    expect(second.reduce((a, b) => a + b, 0) / 6).toBeCloseTo(logit, 6);
  });

  it('is refused for a head that does not fit', () => {
    expect(() => evidenceMap(map, heads, 2)).toThrow('head 2 of 2');
    expect(() => evidenceMap(map, { ...heads, channels: 3 }, 0)).toThrow('on 3 channels');
  });
});
