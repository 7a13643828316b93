import { expect, test } from 'vitest';
import { sortedRows } from './sorted-rows.ts';

test('rows are sorted by values or names; what is not defined comes last, either way', () => {
  const names = ['b 10', 'b 2', 'a', 'c'];
  const values = Float64Array.of(0.5, Number.NaN, 0.9, 0.5);
  expect(sortedRows(names, values, true, 'en')).toEqual([2, 0, 3, 1]);
  expect(sortedRows(names, values, false, 'en')).toEqual([0, 3, 2, 1]);
  expect(sortedRows(names, null, false, 'en')).toEqual([2, 1, 0, 3]);
  expect(sortedRows(names, null, true, 'en')).toEqual([3, 0, 1, 2]);
});
