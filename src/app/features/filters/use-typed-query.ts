import { useMemo } from 'react';
import { formatTypedQuery } from '../../../core/search/format-typed-query.ts';
import { LabelNames } from '../../../core/search/label-names.ts';
import { parseTypedQuery, type TypedQuery } from '../../../core/search/typed-query.ts';
import type { Label } from '../../../core/tagging/label.ts';
import type { LabelSet } from '../../../core/tagging/label-set.ts';
import { useLabels } from '../../engine/hooks.ts';
import { useLabelSets } from '../../engine/label-sets.ts';
import { type TypedCondition, typedCondition } from './filter-state.ts';

export interface TypedQueries {
  readonly names: LabelNames;
  readonly sets: readonly LabelSet[];
  readonly parse: (typed: string) => TypedQuery;
  /** The text that is read as this condition. */
  readonly textOf: (condition: TypedCondition) => string;
}

/** Reads and writes typed queries with the library's labels. */
export function useTypedQuery(): TypedQueries {
  const labels = useLabels();
  const sets = useLabelSets() ?? noSets;
  return useMemo(() => {
    const names = namesOf(labels.all, sets);
    const nameOf = (id: string) => {
      const label = labels.byId(id);
      return label === undefined ? id : labels.name(label);
    };
    const known = () => ({ labels: names, sets, today: today() });
    return {
      names,
      sets,
      parse: (typed) => parseTypedQuery(typed, known()),
      textOf: (condition) => formatTypedQuery(typedCondition(condition), nameOf, known()),
    };
  }, [labels, sets]);
}

const noSets: readonly LabelSet[] = [];
let made: {
  readonly labels: readonly Label[];
  readonly sets: readonly LabelSet[];
  readonly names: LabelNames;
} | null = null;

/** Made once for all chips; with the synonyms of the label sets. */
function namesOf(labels: readonly Label[], sets: readonly LabelSet[]): LabelNames {
  if (made?.labels === labels && JSON.stringify(made.sets) === JSON.stringify(sets)) return made.names;
  const own = new Map(sets.flatMap((set) => set.labels.map(({ number, synonyms }) => [number, synonyms])));
  const names = new LabelNames(labels, own);
  made = { labels, sets, names };
  return names;
}

/** The day by the clock on the wall, YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
