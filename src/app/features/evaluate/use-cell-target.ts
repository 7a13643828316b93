import { useCallback } from 'react';
import type { Cell } from '../../../core/evaluation/cell.ts';
import { useFragment } from '../../engine/fragment.ts';
import { emptyFragment, type FragmentState } from '../../engine/fragment-state.ts';

/** Where a cell leads: to its photos in the library, of those that are judged here. */
export function useCellTarget(): (cell: Cell) => FragmentState {
  const fragment = useFragment();
  const { scope } = fragment;
  return useCallback(
    (cell) => {
      const base = scope === 'filter' ? fragment : emptyFragment;
      const own = scope === 'train' || scope === 'validation' ? { ...cell, side: scope } : cell;
      return {
        ...base,
        screen: 'photos',
        set: null,
        part: 'labels',
        label: null,
        photo: null,
        scope,
        cell: own,
      };
    },
    [fragment, scope],
  );
}
