import { type Cell, modelSet } from '../../../core/evaluation/cell.ts';
import { parseIds } from '../../../core/library/id-list.ts';
import { type Alternative, alternativesKey, joinedAlternatives } from '../../../core/search/alternative.ts';
import { type Exclusion, formatExclusion, joinedExclusions } from '../../../core/search/exclusion.ts';
import type { TypedConditions } from '../../../core/search/typed-clauses.ts';
import { builtInSet } from '../../../core/tagging/label-set.ts';
import type { FragmentState } from '../../engine/fragment-state.ts';

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

/** One condition of the filter, as its chip shows it. */
export type Condition =
  | { readonly kind: 'text' | 'folder'; readonly value: string }
  | { readonly kind: 'all' | 'any' | 'none'; readonly value: string }
  | { readonly kind: 'or'; readonly values: readonly string[] }
  | { readonly kind: 'either'; readonly group: readonly Alternative[] }
  | { readonly kind: 'cell'; readonly cell: Cell }
  /** The photos that were selected once; `count` of them. */
  | { readonly kind: 'only'; readonly count: number }
  | { readonly kind: 'favourites' }
  | { readonly kind: 'set'; readonly set: number }
  | { readonly kind: 'dates'; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'excluded'; readonly exclusion: Exclusion };

/** The conditions in the order of their chips. */
export function conditionsOf(state: FragmentState): readonly Condition[] {
  const { text, folder, favourites, inSets, allOf, anyOf, alternatives, noneOf, only, cell } = state;
  const { either, from, to, excluded } = state;
  return [
    ...(cell === null ? [] : [{ kind: 'cell', cell } as const]),
    ...(only === null ? [] : [{ kind: 'only', count: parseIds(only)?.count ?? 0 } as const]),
    ...(text === '' ? [] : [{ kind: 'text', value: text } as const]),
    ...(folder === '' ? [] : [{ kind: 'folder', value: folder } as const]),
    ...(favourites ? [{ kind: 'favourites' } as const] : []),
    ...inSets.map((set) => ({ kind: 'set', set }) as const),
    ...allOf.map((value) => ({ kind: 'all', value }) as const),
    ...anyOf.map((value) => ({ kind: 'any', value }) as const),
    ...alternatives.map((values) => ({ kind: 'or', values }) as const),
    ...either.map((group) => ({ kind: 'either', group }) as const),
    ...noneOf.map((value) => ({ kind: 'none', value }) as const),
    ...(from === null && to === null ? [] : [{ kind: 'dates', from, to } as const]),
    ...excluded.map((exclusion) => ({ kind: 'excluded', exclusion }) as const),
  ];
}

/** What takes one condition away. */
export function withoutCondition(state: FragmentState, condition: Condition): Partial<FragmentState> {
  switch (condition.kind) {
    case 'text':
      return { text: '' };
    case 'folder':
      return { folder: '' };
    case 'favourites':
      return { favourites: false };
    case 'set':
      return { inSets: state.inSets.filter((set) => set !== condition.set) };
    case 'or': {
      const key = condition.values.join();
      return { alternatives: state.alternatives.filter((group) => group.join() !== key) };
    }
    case 'either': {
      const key = alternativesKey(condition.group);
      return { either: state.either.filter((group) => alternativesKey(group) !== key) };
    }
    case 'cell':
      return { cell: null };
    case 'only':
      return { only: null };
    case 'dates':
      return { from: null, to: null };
    case 'excluded': {
      const key = formatExclusion(condition.exclusion);
      return { excluded: state.excluded.filter((one) => formatExclusion(one) !== key) };
    }
    default:
      return withTag(state, condition.value, null, 'all');
  }
}

/** Conditions that can be typed; the photos behind a figure cannot, nor those that were selected. */
export type TypedCondition = Exclude<Condition, { kind: 'cell' | 'only' }>;

export function isTyped(condition: Condition): condition is TypedCondition {
  return condition.kind !== 'cell' && condition.kind !== 'only';
}

/** One condition as the parts of a typed query. */
export function typedCondition(condition: TypedCondition): TypedConditions {
  const none: TypedConditions = {
    text: '',
    folder: '',
    favourites: false,
    sets: [],
    allOf: [],
    anyOf: [],
    either: [],
    noneOf: [],
    from: null,
    to: null,
    excluded: [],
  };
  switch (condition.kind) {
    case 'text':
      return { ...none, text: condition.value };
    case 'folder':
      return { ...none, folder: condition.value };
    case 'favourites':
      return { ...none, favourites: true };
    case 'set':
      return { ...none, sets: [condition.set] };
    case 'dates':
      return { ...none, from: condition.from, to: condition.to };
    case 'excluded':
      return { ...none, excluded: [condition.exclusion] };
    case 'or':
      return { ...none, anyOf: [condition.values] };
    case 'either':
      return { ...none, either: [condition.group] };
    case 'none':
      return { ...none, noneOf: [condition.value] };
    default:
      return { ...none, allOf: [condition.value] };
  }
}

/**
 * Adds what was typed to the filter; a name, a folder or dates take the place of those that were there. The first
 * alternatives are those that the list of tags shows, unless there are some already.
 */
export function withTyped(state: FragmentState, typed: TypedConditions): Partial<FragmentState> {
  const tags = typed.allOf.length + typed.anyOf.flat().length + typed.noneOf.length;
  // A tag alone joins those that are there in their own way.
  const single = tags === 1 ? (combinationOf(state) ?? 'all') : 'all';
  let next: TagFilters = state;
  for (const id of typed.allOf) next = withTag(next, id, 'with', single);
  const [first = [], ...others] = state.anyOf.length === 0 ? typed.anyOf : [[], ...typed.anyOf];
  for (const id of first) next = withTag(next, id, 'with', 'any');
  for (const id of typed.noneOf) next = withTag(next, id, 'without', 'all');
  const { from, to } = typed;
  return {
    allOf: next.allOf,
    anyOf: next.anyOf,
    noneOf: next.noneOf,
    ...(others.length === 0 ? {} : { alternatives: [...state.alternatives, ...others] }),
    ...(typed.either.length === 0 ? {} : { either: joinedAlternatives(state.either, typed.either) }),
    ...(typed.text === '' ? {} : { text: typed.text }),
    ...(typed.folder === '' ? {} : { folder: typed.folder }),
    ...(typed.favourites ? { favourites: true } : {}),
    ...(typed.sets.length === 0 ? {} : { inSets: [...new Set([...state.inSets, ...typed.sets])] }),
    ...(from === null && to === null ? {} : { from, to }),
    ...(typed.excluded.length === 0 ? {} : { excluded: joinedExclusions(state.excluded, typed.excluded) }),
  };
}

/** Back to the figures, or the label set, that the photos of a cell are behind. */
export function figuresOf(cell: Cell): Partial<FragmentState> {
  const { kind } = cell;
  const back = {
    screen: 'evaluate',
    set: cell.set === modelSet ? null : Number(cell.set),
    cell: null,
    label: null,
  } as const;
  if (kind === 'said') return { ...back, screen: 'labels', set: Number(back.set ?? builtInSet) };
  if (kind === 'pair') return { ...back, part: 'pairs' };
  if ('before' in cell) return { ...back, part: 'changes' };
  return { ...back, part: 'labels', label: kind === 'classes' ? null : cell.label };
}
