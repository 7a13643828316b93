import { expect, test } from 'vitest';
import { movedTo, sizeOfCells } from './matrix-layout.ts';

test('keys move within the matrix, to its edges and corners', () => {
  const from = { row: 1, column: 2 };
  expect(movedTo(from, 'ArrowUp', false, 4)).toEqual({ row: 0, column: 2 });
  expect(movedTo({ row: 0, column: 2 }, 'ArrowUp', false, 4)).toEqual({ row: 0, column: 2 });
  expect(movedTo(from, 'ArrowRight', false, 4)).toEqual({ row: 1, column: 3 });
  expect(movedTo(from, 'End', false, 4)).toEqual({ row: 1, column: 3 });
  expect(movedTo(from, 'Home', true, 4)).toEqual({ row: 0, column: 0 });
  expect(movedTo(from, 'PageDown', false, 143)).toEqual({ row: 11, column: 2 });
  expect(movedTo(from, 'a', false, 4)).toBeNull();
});

test('cells are never smaller than a finger’s least target', () => {
  for (const classes of [2, 12, 13, 30, 31, 143]) expect(sizeOfCells(classes)).toBeGreaterThanOrEqual(24);
});
