import { expect, test } from 'vitest';
import { formatIds } from '../../core/library/id-list.ts';
import { emptyFragment, type FragmentState } from './fragment-state.ts';
import { labelTable } from './labels.ts';
import { isFiltered, noConditions, queryOf } from './query-of.ts';

const labels = labelTable([], 'en');
const conditions: readonly Partial<FragmentState>[] = [
  { text: 'img' },
  { folder: 'Trips' },
  { favourites: true },
  { inSets: [3] },
  { allOf: ['dog'] },
  { anyOf: ['dog'] },
  { alternatives: [['dog', 'cat']] },
  {
    either: [
      [
        { trait: { kind: 'tag', id: 'dog' }, negated: false },
        { trait: { kind: 'favourites' }, negated: true },
      ],
    ],
  },
  { only: formatIds(Uint32Array.of(3, 5)) },
  { cell: { set: 'model', kind: 'falseNegative', label: 'dog', threshold: 0.5 } },
  { from: '2024-01-01' },
  { to: '2024-02-01' },
  { excluded: [{ kind: 'folder', folder: 'Trips' }] },
  { excluded: [{ kind: 'dates', from: '2024-01-01', to: null }] },
  { excluded: [{ kind: 'favourites' }] },
];

test('each condition filters, and can be taken away with all others', () => {
  for (const condition of conditions) {
    const state = { ...emptyFragment, ...condition };
    expect(isFiltered(queryOf(state, labels)), JSON.stringify(condition)).toBe(true);
    expect(isFiltered(queryOf({ ...state, ...noConditions }, labels))).toBe(false);
  }
});

test('place and order are no filter', () => {
  const state = { ...emptyFragment, show: 'removed', sort: 'name', descending: false } as const;
  expect(isFiltered(queryOf(state, labels))).toBe(false);
});
