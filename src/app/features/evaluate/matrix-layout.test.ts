import { expect, test } from 'vitest';
import { fitsIntoCell, movedTo, sizeOfCells, spanOf } from './matrix-layout.ts';

test('keys move within the matrix, to its edges and corners', () => {
  const from = { row: 1, column: 2 };
  const size = { rows: 4, columns: 4 };
  expect(movedTo(from, 'ArrowUp', false, size)).toEqual({ row: 0, column: 2 });
  expect(movedTo({ row: 0, column: 2 }, 'ArrowUp', false, size)).toEqual({ row: 0, column: 2 });
  expect(movedTo(from, 'ArrowRight', false, size)).toEqual({ row: 1, column: 3 });
  expect(movedTo(from, 'End', false, size)).toEqual({ row: 1, column: 3 });
  expect(movedTo(from, 'Home', true, size)).toEqual({ row: 0, column: 0 });
  expect(movedTo(from, 'PageDown', false, { rows: 143, columns: 144 })).toEqual({ row: 11, column: 2 });
  expect(movedTo(from, 'End', true, { rows: 4, columns: 5 })).toEqual({ row: 3, column: 4 });
  expect(movedTo(from, 'a', false, size)).toBeNull();
});

test('cells are never smaller than a finger’s least target', () => {
  for (const classes of [2, 12, 13, 30, 31, 143]) expect(sizeOfCells(classes)).toBeGreaterThanOrEqual(24);
});

test('numbers stand in the cells of large matrices, too, as far as they fit', () => {
  for (const classes of [12, 30, 143]) expect(fitsIntoCell('100', sizeOfCells(classes))).toBe(true);
  expect(fitsIntoCell('1,234', sizeOfCells(30))).toBe(true);
  expect(fitsIntoCell('1,234', sizeOfCells(143))).toBe(false);
});

test('what is in sight is shown, and not much more', () => {
  for (const scrolled of [0, 23, 24, 500, 2_400.5]) {
    const { first, last } = spanOf(scrolled, 760, 24);
    expect(first * 24).toBeLessThanOrEqual(Math.max(0, scrolled - 6 * 24));
    expect((last + 1) * 24).toBeGreaterThanOrEqual(scrolled + 760 + 6 * 24);
    expect(last - first).toBeLessThan(55);
  }
});
