import { describe, expect, test } from 'vitest';
import { layOut } from './layout.ts';
import { moveOfKey, photoAfter } from './moves.ts';

// Four columns; a month of 6 (rows of 4 and 2), then one of 5 (rows of 4 and 1).
const layout = layOut({
  kind: 'square',
  aspects: new Float32Array(11).fill(1),
  groups: [
    { year: 2024, month: 5, start: 0, count: 6 },
    { year: 2024, month: 4, start: 6, count: 5 },
  ],
  width: 412,
  size: 100,
  gap: 4,
  headingHeight: 40,
  maxHeight: 1e7,
});

describe('moving the focus in the grid', () => {
  test('left and right run on across rows and months, and stop at the ends', () => {
    expect(photoAfter(layout, 3, 'right', 300)).toBe(4);
    expect(photoAfter(layout, 6, 'left', 300)).toBe(5);
    expect(photoAfter(layout, 0, 'left', 300)).toBe(0);
    expect(photoAfter(layout, 10, 'right', 300)).toBe(10);
  });

  test('up and down go to the closest photo and skip headings', () => {
    expect(photoAfter(layout, 1, 'down', 300)).toBe(5);
    expect(photoAfter(layout, 3, 'down', 300)).toBe(5);
    expect(photoAfter(layout, 4, 'down', 300)).toBe(6);
    expect(photoAfter(layout, 9, 'up', 300)).toBe(5);
    expect(photoAfter(layout, 2, 'up', 300)).toBe(2);
    expect(photoAfter(layout, 10, 'down', 300)).toBe(10);
  });

  test('Home and End stay in the row, with Control they go to the ends', () => {
    expect(photoAfter(layout, 7, 'row-start', 300)).toBe(6);
    expect(photoAfter(layout, 7, 'row-end', 300)).toBe(9);
    expect(moveOfKey('Home', true)).toBe('first');
    expect(photoAfter(layout, 7, 'last', 300)).toBe(10);
  });

  test('a page further is about as many rows as fit', () => {
    expect(photoAfter(layout, 1, 'page-down', 250)).toBe(7);
    expect(photoAfter(layout, 7, 'page-up', 5000)).toBe(1);
    expect(photoAfter(layout, 1, 'page-down', 5000)).toBe(10);
  });

  test('keys that move nothing are left alone', () => {
    expect(moveOfKey('a', false)).toBeNull();
    expect(moveOfKey('ArrowLeft', true)).toBeNull();
  });
});
