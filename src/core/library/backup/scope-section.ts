import type { ScopeRow } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import { everything } from '../duplicate-scope.ts';
import { isNarrowed, scopeKey, scopeOf } from '../kept-scope.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';

/** What the person chose for duplicates; labels by their ids. */
export async function* scopeRows({ store, labels }: Catalogue): AsyncGenerator<readonly ScopeRow[]> {
  const stored = await store.remembered(scopeKey);
  if (stored === undefined) return;
  const { filter, ...scope } = scopeOf(stored);
  const { text = '', allOf = [], from = null, to = null } = filter ?? {};
  yield [
    {
      ...scope,
      filter: filter && { text, from, to, labels: allOf.flatMap((one) => labels.get(one)?.id ?? []) },
    },
  ];
}

/** Reference folders of both are protected; of the rest the one of here stays, unless nothing was chosen here. */
export async function mergeScope(
  rows: readonly ScopeRow[],
  context: RestoreContext,
): Promise<SectionChanges> {
  const { store, labels } = context.catalogue;
  const before = scopeOf((await store.remembered(scopeKey)) ?? everything);
  let scope = before;
  for (const row of rows) {
    const references = [...new Set([...scope.references, ...row.references])];
    const numberOf = (id: string) => context.labels.get(id) ?? labels.byId(id)?.number ?? [];
    const filter = row.filter && { ...row.filter, allOf: row.filter.labels.flatMap(numberOf) };
    const isChosen = isNarrowed({ ...scope, references: [] });
    scope = isChosen ? { ...scope, references } : scopeOf({ ...row, filter, references });
  }
  return JSON.stringify(scope) === JSON.stringify(before) ? {} : { duplicateScope: scope };
}
