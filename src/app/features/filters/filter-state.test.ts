import { expect, test } from 'vitest';
import { emptyFragment } from '../../engine/fragment.ts';
import { combinationOf, combined, conditionCount, modeOf, noConditions, withTag } from './filter-state.ts';

test('a tag has one mode at a time', () => {
  let state = withTag(emptyFragment, 'dog', 'with', 'all');
  expect(modeOf(state, 'dog')).toBe('with');
  state = withTag(state, 'dog', 'without', 'all');
  expect(state).toEqual({ allOf: [], anyOf: [], noneOf: ['dog'] });
  state = withTag(state, 'dog', 'with', 'any');
  expect(state).toEqual({ allOf: [], anyOf: ['dog'], noneOf: [] });
  expect(modeOf(withTag(state, 'dog', null, 'any'), 'dog')).toBeNull();
});

test('the combination goes for all chosen tags and leaves the unwanted ones alone', () => {
  const state = { allOf: ['dog', 'sea'], anyOf: ['sea', 'car'], noneOf: ['cat'] };
  expect(combined(state, 'any')).toEqual({ allOf: [], anyOf: ['dog', 'sea', 'car'], noneOf: ['cat'] });
  expect(combined(state, 'all').allOf).toEqual(['dog', 'sea', 'car']);
  expect(combinationOf(combined(state, 'all'))).toBe('all');
  expect(combinationOf({ allOf: [], anyOf: [], noneOf: ['cat'] })).toBeNull();
});

test('conditions are counted, dates as one, and can all be taken away', () => {
  const state = {
    ...emptyFragment,
    text: 'img',
    allOf: ['dog'],
    noneOf: ['cat'],
    from: '2024-01-01',
    to: '2024-02-01',
    show: 'removed' as const,
  };
  expect(conditionCount(state)).toBe(4);
  expect(conditionCount({ ...state, ...noConditions })).toBe(0);
});
