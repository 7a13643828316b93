import { describe, expect, it } from 'vitest';
import { pointAt, workingPoint } from './working-point.ts';

const points = [1, 2, 4, 8, 16].map((probes) => ({ probes, recall: 1, recallOfCodes: 1, median: 1, p95: 1 }));

describe('the working point', () => {
  it('is the measured one nearest to what searches use', () => {
    expect([1, 4, 5, 6, 16, 400].map((probes) => workingPoint(points, probes))).toEqual([0, 2, 2, 3, 4, 4]);
  });

  it('of an exact index is its only one', () => {
    expect(workingPoint([{ probes: 0, recall: 1, recallOfCodes: 1, median: 1, p95: 1 }], 0)).toBe(0);
  });
});

describe('a press on the chart', () => {
  it('chooses the point nearest to it, beyond the ends the last ones', () => {
    const chosen = [-0.2, 0, 0.24, 0.3, 0.6, 1, 1.1].map((share) => pointAt(points, share).probes);
    expect(chosen).toEqual([1, 1, 2, 2, 4, 16, 16]);
  });
});
