import { describe, expect, it } from 'vitest';
import { workingPoint } from './working-point.ts';

const points = [1, 2, 4, 8, 16].map((probes) => ({ probes, recall: 1, recallOfCodes: 1, median: 1, p95: 1 }));

describe('the working point', () => {
  it('is the measured one nearest to what searches use', () => {
    expect([1, 4, 5, 6, 16, 400].map((probes) => workingPoint(points, probes))).toEqual([0, 2, 2, 3, 4, 4]);
  });

  it('of an exact index is its only one', () => {
    expect(workingPoint([{ probes: 0, recall: 1, recallOfCodes: 1, median: 1, p95: 1 }], 0)).toBe(0);
  });
});
