import { describe, expect, it } from 'vitest';
import { evidenceMap, type FeatureMap, headOnFeatures } from './evidence-map.ts';

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

  it('of a taught label goes through the projection, and its mean is still the logit', () => {
    const projection = {
      channels: 2,
      matrix: Float32Array.of(1, 2, -1, 0.5, 0, 3),
      offset: Float32Array.of(0.5, 0, -1),
    };
    const weights = Float32Array.of(2, -1, 0.25);
    // Features are 1 and 1.
    const embedding = [3.5, -0.5, 2];
    const length = Math.hypot(...embedding);
    const logit = -0.3 + embedding.reduce((sum, value, d) => sum + (weights[d]! * value) / length, 0);
    const evidence = evidenceMap(map, headOnFeatures(map, projection, weights, -0.3), 0);
    expect(evidence.reduce((a, b) => a + b, 0) / 6).toBeCloseTo(logit, 5);
    expect(evidence[4]).toBeGreaterThan(evidence[0]!);
    expect(() => headOnFeatures(map, projection, weights.subarray(1), 0)).toThrow('2 components');
  });
});
