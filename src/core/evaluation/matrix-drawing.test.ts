import { expect, it } from 'vitest';
import { drawMatrix } from './matrix-drawing.ts';

it('a matrix is drawn with its names as data, a rectangle a cell with photos, right ones in another colour than wrong ones', () => {
  const names = ['<b>cat</b> & "dog"', '猫'];
  const { svg, width, height } = drawMatrix(
    'Mixed up',
    names,
    [...names, 'refused'],
    [
      [1, 0, 0.5],
      [0.2, 0.8, 0],
    ],
    [
      ['4', '', '2'],
      ['1', '4', ''],
    ],
  );
  expect(svg).not.toContain('<b>');
  expect(svg.match(/&lt;b&gt;cat&lt;\/b&gt; &amp; "dog"/g)).toHaveLength(2);
  expect(svg.match(/<rect x/g)).toHaveLength(4);
  expect(svg.match(/fill="#2f6fb3"/g)).toHaveLength(2);
  expect(svg.match(/fill="#c25700"/g)).toHaveLength(2);
  expect(width).toBeGreaterThan(3 * 28);
  expect(height).toBeGreaterThan(2 * 28);
});
