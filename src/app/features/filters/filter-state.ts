import { emptyFragment, type FragmentState } from '../../engine/fragment.ts';

type TagFilters = Pick<FragmentState, 'allOf' | 'anyOf' | 'noneOf'>;

/** How a tag takes part in the filter: photos must have it (or one of several), or must not have it. */
export type TagMode = 'with' | 'without';

/** Whether photos need all of the chosen tags or one of them. */
export type Combination = 'all' | 'any';

export function modeOf(state: TagFilters, id: string): TagMode | null {
  if (state.noneOf.includes(id)) return 'without';
  return state.allOf.includes(id) || state.anyOf.includes(id) ? 'with' : null;
}

/** Gives a tag a mode; null takes it out of the filter. */
export function withTag(
  state: TagFilters,
  id: string,
  mode: TagMode | null,
  combination: Combination,
): TagFilters {
  const others = (ids: readonly string[]) => ids.filter((other) => other !== id);
  const allOf = others(state.allOf);
  const anyOf = others(state.anyOf);
  const noneOf = others(state.noneOf);
  if (mode === 'without') return { allOf, anyOf, noneOf: [...noneOf, id] };
  if (mode === null) return { allOf, anyOf, noneOf };
  return combination === 'all'
    ? { allOf: [...allOf, id], anyOf, noneOf }
    : { allOf, anyOf: [...anyOf, id], noneOf };
}

/** The combination that the chosen tags have; null if that cannot be told from them. */
export function combinationOf(state: TagFilters): Combination | null {
  if (state.anyOf.length > 0) return 'any';
  return state.allOf.length > 0 ? 'all' : null;
}

/** Moves all chosen tags over to the other combination. */
export function combined(state: TagFilters, combination: Combination): TagFilters {
  const chosen = [...new Set([...state.allOf, ...state.anyOf])];
  return {
    allOf: combination === 'all' ? chosen : [],
    anyOf: combination === 'any' ? chosen : [],
    noneOf: state.noneOf,
  };
}

/** How many conditions narrow the view. */
export function conditionCount(state: FragmentState): number {
  return (
    state.allOf.length +
    state.anyOf.length +
    state.noneOf.length +
    (state.text === '' ? 0 : 1) +
    (state.from === null && state.to === null ? 0 : 1)
  );
}

/** What takes every condition away and leaves order, place and open photo alone. */
export const noConditions = {
  text: emptyFragment.text,
  allOf: emptyFragment.allOf,
  anyOf: emptyFragment.anyOf,
  noneOf: emptyFragment.noneOf,
  from: emptyFragment.from,
  to: emptyFragment.to,
} as const;
