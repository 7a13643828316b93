import { expect, it } from 'vitest';
import { densityOf } from './chart-picture.ts';

it('pictures have two pixels to one of the screen, and fewer where no canvas would hold them', () => {
  expect(densityOf(600, 240)).toBe(2);
  for (const [width, height] of [
    [28_300, 28_300],
    [28_300, 300],
    [300, 28_300],
  ] as const) {
    const scale = densityOf(width, height);
    expect(scale).toBeGreaterThan(0.2);
    expect(width * height * scale ** 2).toBeLessThan(2 ** 26 + 1);
    expect(Math.max(width, height) * scale).toBeLessThan(2 ** 14 + 1);
  }
});
