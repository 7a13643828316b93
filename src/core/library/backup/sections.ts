import type { ModelRow, SearchRow, SectionName, SectionRows } from '../../backup/entries.ts';
import type { Catalogue } from '../catalogue.ts';
import { duplicateRows, mergeDuplicates } from './duplicate-section.ts';
import { headRows, mergeHeads } from './head-section.ts';
import { itemRows, mergeItems } from './item-section.ts';
import { labelRows, mergeLabels } from './label-section.ts';
import { markRows, mergeMarks, mergeSets, setRows } from './label-set-sections.ts';
import { mergeModels } from './model-section.ts';
import type { RestoreContext, SectionChanges } from './restore-context.ts';
import { mergeScope, scopeRows } from './scope-section.ts';
import { mergeSearches } from './search-section.ts';
import { mergeVersions, versionRows } from './version-section.ts';

/** What joins a backup beside the photos. */
export interface BackupSection<Row> {
  /** `before`: photos refer to it. `after`: it refers to photos. */
  readonly order: 'before' | 'after';
  /** All rows, in batches that fit into a frame each. */
  rows(catalogue: Catalogue): Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
  /**
   * What taking rows in changes, so that nothing that is there is lost; called inside of `exclusive`. Notes in the context
   * what later sections need. Empty changes: all is there already.
   */
  merge(rows: readonly Row[], context: RestoreContext): Promise<SectionChanges> | SectionChanges;
}

/** Every section, in the order of the file. Add yours here, and say in `backup-stores.ts` which stores it holds. */
export const backupSections: { readonly [Name in SectionName]: BackupSection<SectionRows[Name]> } = {
  labels: {
    order: 'before',
    rows: labelRows,
    merge: mergeLabels,
  },
  sets: { order: 'before', rows: setRows, merge: mergeSets },
  models: {
    order: 'before',
    *rows({ models, labels }) {
      for (const { key, labels: numbers, thresholds } of models) {
        const ids = numbers.map((number) => labels.get(number)!.id);
        yield [{ ...key, labels: ids, thresholds }] satisfies ModelRow[];
      }
    },
    merge: mergeModels,
  },
  marks: { order: 'after', rows: markRows, merge: mergeMarks },
  duplicates: {
    order: 'after',
    rows: duplicateRows,
    merge: mergeDuplicates,
  },
  scope: { order: 'after', rows: scopeRows, merge: mergeScope },
  // Before the searches, which may lead to what two of them are compared by.
  versions: { order: 'after', rows: versionRows, merge: mergeVersions },
  searches: {
    order: 'after',
    async *rows({ store }) {
      const searches = await store.searches();
      if (searches.length > 0) yield searches.map(({ name, fragment }): SearchRow => ({ name, fragment }));
    },
    merge: mergeSearches,
  },
  items: { order: 'after', rows: itemRows, merge: mergeItems },
  heads: { order: 'after', rows: headRows, merge: mergeHeads },
};
