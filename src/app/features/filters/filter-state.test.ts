import { expect, test } from 'vitest';
import { emptyFragment } from '../../engine/fragment-state.ts';
import { noConditions } from '../../engine/query-of.ts';
import {
  combinationOf,
  combined,
  conditionsOf,
  isTyped,
  modeOf,
  typedCondition,
  withoutCondition,
  withTag,
  withTyped,
} from './filter-state.ts';

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
  expect(conditionsOf(state)).toHaveLength(4);
  expect(conditionsOf({ ...state, ...noConditions })).toEqual([]);
});

test('each condition can be taken out, and typed back in', () => {
  const state = {
    ...emptyFragment,
    text: 'img "a b"',
    folder: 'Trips',
    favourites: true,
    inSets: [3],
    allOf: ['dog', 'sea'],
    noneOf: ['cat'],
    to: '2024-02-01',
    either: [
      [
        { trait: { kind: 'dates', from: '2023-01-01', to: '2023-12-31' }, negated: false },
        { trait: { kind: 'name', text: 'or' }, negated: true },
      ],
    ],
    excluded: [
      { kind: 'folder', folder: 'Japan' },
      { kind: 'dates', from: '2024-01-01', to: null },
    ],
    cell: { set: 'model', kind: 'falseNegative', label: 'dog', threshold: 0.5 },
  } as const;
  const conditions = conditionsOf(state);
  expect(conditions).toHaveLength(12);
  for (const condition of conditions) {
    const without = { ...state, ...withoutCondition(state, condition) };
    expect(conditionsOf(without)).toEqual(conditions.filter((other) => other !== condition));
    if (!isTyped(condition)) continue; // only figures and selections lead to it
    const back = { ...without, ...withTyped(without, typedCondition(condition)) };
    expect(new Set(conditionsOf(back))).toEqual(new Set(conditions));
  }
});

test('typed alternatives come beside those that are there, and can be taken out', () => {
  const typed = {
    ...typedCondition({ kind: 'all', value: 'dog' }),
    allOf: [],
    anyOf: [
      ['car', 'bus'],
      ['rain', 'fog'],
    ],
  };
  const first = { ...emptyFragment, ...withTyped(emptyFragment, typed) };
  expect(first).toMatchObject({ anyOf: ['car', 'bus'], alternatives: [['rain', 'fog']] });
  const both = { ...first, ...withTyped(first, { ...typed, anyOf: [['lake', 'sea']] }) };
  expect(both.alternatives).toEqual([
    ['rain', 'fog'],
    ['lake', 'sea'],
  ]);
  expect(conditionsOf(both)).toHaveLength(4);
  for (const condition of conditionsOf(both)) {
    const without = { ...both, ...withoutCondition(both, condition) };
    expect(conditionsOf(without)).toHaveLength(3);
    if (!isTyped(condition)) continue;
    const back = { ...without, ...withTyped(without, typedCondition(condition)) };
    expect(new Set(conditionsOf(back))).toEqual(new Set(conditionsOf(both)));
  }
});

test('a single typed tag joins those of any; several stand for themselves', () => {
  const state = { ...emptyFragment, anyOf: ['dog'], from: '2024-01-01' };
  const typed = typedCondition({ kind: 'all', value: 'sea' });
  expect(withTyped(state, typed)).toEqual({ allOf: [], anyOf: ['dog', 'sea'], noneOf: [] });
  const several = withTyped(state, { ...typed, noneOf: ['dog'], to: '2024-02-01' });
  expect(several).toEqual({ allOf: ['sea'], anyOf: [], noneOf: ['dog'], from: null, to: '2024-02-01' });
});
