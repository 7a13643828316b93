import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PhotoId } from '../../../core/library/photo.ts';
import { emptySelection, isSelected, select, selectedIds } from './selection.ts';

const view = Uint32Array.from([40, 7, 1, 33, 32, 64, 2]);
const id = (number: number) => number as PhotoId;
const ids = (selection: typeof emptySelection) => [...selectedIds(selection, view)];

describe('selection', () => {
  test('toggling selects and deselects one photo', () => {
    const one = select(emptySelection, { type: 'toggle', id: id(33) });
    expect(ids(one)).toEqual([33]);
    expect(one.count).toBe(1);
    expect(select(one, { type: 'toggle', id: id(33) }).count).toBe(0);
    expect(emptySelection.count).toBe(0);
  });

  test('a range follows the order of the view, and a new one replaces the last one', () => {
    let selection = select(emptySelection, { type: 'toggle', id: id(7) });
    selection = select(selection, { type: 'extend', ids: view, from: 0, to: 4 });
    expect(ids(selection)).toEqual([7, 1, 33, 32]);
    selection = select(selection, { type: 'extend', ids: view, from: 0, to: 0 });
    expect(ids(selection)).toEqual([40, 7]);
  });

  test('a range keeps what was selected before its anchor', () => {
    let selection = select(emptySelection, { type: 'toggle', id: id(2) });
    selection = select(selection, { type: 'toggle', id: id(40) });
    selection = select(selection, { type: 'extend', ids: view, from: 0, to: 1 });
    expect(ids(selection)).toEqual([40, 7, 2]);
  });

  test('without an anchor a range starts where it is told to', () => {
    const selection = select(emptySelection, { type: 'extend', ids: view, from: 3, to: 2 });
    expect(ids(selection)).toEqual([1, 33]);
    expect(selection.anchor).toBe(33);
  });

  test('a month is selected as a whole, and deselected when all of it was selected', () => {
    const month = select(emptySelection, { type: 'toggle-run', ids: view, start: 1, count: 3 });
    expect(ids(month)).toEqual([7, 1, 33]);
    expect(select(month, { type: 'toggle-run', ids: view, start: 1, count: 3 }).count).toBe(0);
  });

  test('what leaves the view leaves the selection', () => {
    const all = select(emptySelection, { type: 'all', ids: view });
    expect(all.count).toBe(7);
    const kept = select(all, { type: 'keep', ids: Uint32Array.from([1, 2, 99]) });
    expect(kept.count).toBe(2);
    expect(isSelected(kept, id(99))).toBe(false);
    expect(select(kept, { type: 'keep', ids: view })).toBe(kept);
  });

  test('the count is always the number of selected photos', () => {
    const action = fc.oneof(
      fc.constantFrom(...view).map((photo) => ({ type: 'toggle' as const, id: id(photo) })),
      fc.tuple(fc.nat(6), fc.nat(6)).map(([from, to]) => ({ type: 'extend' as const, ids: view, from, to })),
      fc.nat(4).map((start) => ({ type: 'toggle-run' as const, ids: view, start, count: 3 })),
      fc.constant({ type: 'all' as const, ids: view }),
      fc.constant({ type: 'clear' as const }),
    );
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const end = actions.reduce(select, emptySelection);
        expect(end.count).toBe(ids(end).length);
      }),
    );
  });

  test('100,000 photos are selected at once', () => {
    const many = Uint32Array.from({ length: 100_000 }, (_, index) => 100_000 - index);
    const selection = select(emptySelection, { type: 'all', ids: many });
    expect(selection.count).toBe(100_000);
    expect([1, 100_000].every((number) => isSelected(selection, id(number)))).toBe(true);
  });
});
