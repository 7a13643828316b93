import { describe, expect, it } from 'vitest';
import { layOnFirst } from './align-pictures.ts';

const whole = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];
const same = { onFirst: whole, onSecond: whole, rotation: 0, mirrored: false };

/** Where a point of the second picture comes to lie on the first; both in parts of their width and height. */
function laid(css: string, aspect: number, { x, y }: { x: number; y: number }) {
  const [, e, f, inner] = /^translate\((.*)%, (.*)%\) matrix\((.*), 0, 0\)$/.exec(css)!;
  const [a, b, c, d] = inner!.split(', ').map(Number) as [number, number, number, number];
  return {
    x: (a * x * aspect + c * y) / aspect + Number(e) / 100,
    y: b * x * aspect + d * y + Number(f) / 100,
  };
}

function expectLaid(css: string, aspect: number, from: [number, number], to: [number, number]): void {
  const { x, y } = laid(css, aspect, { x: from[0], y: from[1] });
  expect(x).toBeCloseTo(to[0], 3);
  expect(y).toBeCloseTo(to[1], 3);
}

describe('laying a copy on the picture that it was made from', () => {
  it('leaves what is as it was', () => {
    expectLaid(layOnFirst(same, 1.5, 1.5), 1.5, [0.2, 0.7], [0.2, 0.7]);
  });

  it('mirrors back', () => {
    expectLaid(layOnFirst({ ...same, mirrored: true }, 1.5, 1.5), 1.5, [0.2, 0.7], [0.8, 0.7]);
  });

  it('turns back', () => {
    // Turned by a quarter to the right, what was on top is on the right.
    const css = layOnFirst({ ...same, rotation: 90 }, 1.5, 1 / 1.5);
    expectLaid(css, 1.5, [1, 0.5], [0.5, 0]);
    expectLaid(css, 1.5, [0, 0], [0, 1]);
    const both = layOnFirst({ ...same, rotation: 90, mirrored: true }, 1.5, 1 / 1.5);
    expectLaid(both, 1.5, [1, 0.5], [0.5, 0]);
    expectLaid(both, 1.5, [0, 0], [1, 1]);
  });

  it('puts a part where it was cut out', () => {
    const onFirst = whole.map(({ x, y }) => ({ x: 0.25 + x / 2, y: 0.5 + y / 2 }));
    const css = layOnFirst({ ...same, onFirst }, 1.5, 1.5);
    expectLaid(css, 1.5, [0, 0], [0.25, 0.5]);
    expectLaid(css, 1.5, [1, 1], [0.75, 1]);
  });
});
