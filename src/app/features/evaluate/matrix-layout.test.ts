import { expect, test } from 'vitest';
import { movedTo, sizeOfCells } from './matrix-layout.ts';

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
