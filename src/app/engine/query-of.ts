import { useMemo } from 'react';
import { defaultQuery, type PhotoQuery, type QueryAlternative } from '../../core/library/photo-query.ts';
import type { Alternative } from '../../core/search/alternative.ts';
import type { DayRange } from '../../core/search/typed-dates.ts';
import type { LabelNumber } from '../../core/tagging/label.ts';
import { useFragment } from './fragment.ts';
import { emptyFragment, type FragmentState } from './fragment-state.ts';
import type { LabelTable } from './labels.ts';

const dayMilliseconds = 86_400_000;

/**
 * The query of a fragment. Labels that the library does not know match nothing: one that must be there empties the
 * view (the label number is -1), one that must not be there is left out.
 */
export function queryOf(state: FragmentState, labels: LabelTable): PhotoQuery {
  const unknown = -1 as LabelNumber;
  const ofSet = (set: number) => labels.all.filter((label) => label.set === set).map(({ number }) => number);
  const { excluded } = state;
  const numbers = (ids: readonly string[]) => ids.map((id) => labels.byId(id)?.number ?? unknown);
  const alternative = ({ trait, negated }: Alternative): QueryAlternative => {
    if (trait.kind === 'tag') return { kind: 'labels', labels: numbers([trait.id]), negated };
    if (trait.kind === 'set') return { kind: 'labels', labels: ofSet(trait.set), negated };
    if (trait.kind === 'name') return { kind: 'text', text: trait.text, negated };
    if (trait.kind === 'dates') return { kind: 'times', ...timesOf(trait), negated };
    return { ...trait, negated };
  };
  return {
    ...defaultQuery,
    text: state.text,
    folder: state.folder,
    either: state.either.map((group) => group.map(alternative)),
    oneOfEach: [...state.inSets.map(ofSet), ...state.alternatives.map(numbers)],
    favourites: state.favourites,
    excluded: {
      folders: excluded.flatMap((one) => (one.kind === 'folder' ? one.folder : [])),
      times: excluded.flatMap((one) => (one.kind === 'dates' ? timesOf(one) : [])),
      favourites: excluded.some(({ kind }) => kind === 'favourites'),
    },
    allOf: numbers(state.allOf),
    anyOf: numbers(state.anyOf),
    noneOf: [
      ...numbers(state.noneOf).filter((number) => number !== unknown),
      ...excluded.flatMap((one) => (one.kind === 'set' ? ofSet(one.set) : [])),
    ],
    only: state.only,
    cell: state.cell,
    ...timesOf(state),
    show: state.show,
    sort: { by: state.sort, descending: state.descending },
  };
}

/** From the first day's beginning to the last day's end, exclusive. */
function timesOf({ from, to }: DayRange): Pick<PhotoQuery, 'from' | 'to'> {
  return {
    from: from === null ? null : Date.parse(from),
    to: to === null ? null : Date.parse(to) + dayMilliseconds,
  };
}

/** What takes every condition away and leaves order, place and open photo alone. */
export const noConditions = {
  text: emptyFragment.text,
  folder: emptyFragment.folder,
  favourites: emptyFragment.favourites,
  inSets: emptyFragment.inSets,
  allOf: emptyFragment.allOf,
  anyOf: emptyFragment.anyOf,
  alternatives: emptyFragment.alternatives,
  either: emptyFragment.either,
  noneOf: emptyFragment.noneOf,
  only: emptyFragment.only,
  cell: emptyFragment.cell,
  from: emptyFragment.from,
  to: emptyFragment.to,
  excluded: emptyFragment.excluded,
} as const;

/** Whether a query asks for fewer photos than those that it shows (`show`); order does not count. */
export function isFiltered(query: PhotoQuery): boolean {
  const { show, sort } = defaultQuery;
  return JSON.stringify({ ...defaultQuery, ...query, show, sort }) !== JSON.stringify(defaultQuery);
}

/** The query of the present fragment; identity changes only when its meaning does. */
export function useQueryOf(labels: LabelTable): PhotoQuery {
  const state = useFragment();
  const key = JSON.stringify(queryOf(state, labels));
  return useMemo(() => JSON.parse(key) as PhotoQuery, [key]);
}
