import { describe, expect, it } from 'vitest';
import { proposeRegion } from './propose-region.ts';

const grid = (...rows: readonly (readonly number[])[]) => ({
  height: rows.length,
  width: rows[0]!.length,
  evidence: Float32Array.from(rows.flat()),
});

describe('the part that speaks for a label', () => {
  it('is the box around the strongest cells that touch', () => {
    const found = proposeRegion(grid([0, 0, 0, 0], [0, 5, 4, 0], [0, 3, 0, 0], [0, 0, 0, 4]), 1);
    expect(found).toEqual({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
  });

  it('lies in the middle square of a long picture', () => {
    const found = proposeRegion(grid([0, 6], [0, 0]), 2)!;
    expect(found).toMatchObject({ x: 0.5, y: 0, width: 0.25, height: 0.5 });
    const upright = proposeRegion(grid([0, 0], [6, 0]), 0.5)!;
    expect(upright).toMatchObject({ x: 0, y: 0.5, width: 0.5, height: 0.25 });
  });

  it('is none where the evidence is everywhere or nowhere', () => {
    expect(proposeRegion(grid([1, 1], [1, 1]), 1)).toBeNull();
    expect(proposeRegion(grid([5, 4.9], [4.8, 0]), 1)).toBeNull();
    expect(proposeRegion(grid([-5, -4], [-4, -2]), 1)).toBeNull();
    expect(proposeRegion({ height: 2, width: 2, evidence: new Float32Array(3) }, 1)).toBeNull();
    expect(proposeRegion(grid([Number.NaN, 1], [1, 1]), 1)).toBeNull();
  });
});
