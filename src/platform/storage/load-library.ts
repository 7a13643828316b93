import type { StoredLibrary } from '../../core/library/photo-store.ts';
import { type Counters, firstNumbers } from '../../core/library/stored-rows.ts';
import type { Database } from './schema.ts';

/** What the library worker holds in memory: read at once, in one transaction. */
export async function loadLibrary(database: Database): Promise<StoredLibrary> {
  const names = [
    'meta',
    'photoColumns',
    'photoNames',
    'verdicts',
    'labels',
    'models',
    'labelSets',
    'labelMarks',
    'fileTags',
  ] as const;
  const transaction = database.transaction(names, 'readonly');
  const [counters, whole, columns, photoNames, verdicts, labels, models, labelSets, labelMarks, fileTags] =
    await Promise.all([
      transaction.objectStore('meta').get('counters'),
      transaction.objectStore('meta').count('rowsWhole'),
      transaction.objectStore('photoColumns').getAll(),
      transaction.objectStore('photoNames').getAll(),
      transaction.objectStore('verdicts').getAll(),
      transaction.objectStore('labels').getAll(),
      transaction.objectStore('models').getAll(),
      transaction.objectStore('labelSets').getAll(),
      transaction.objectStore('labelMarks').getAll(),
      transaction.objectStore('fileTags').getAll(),
      transaction.done,
    ]);
  return {
    // Older libraries have not stored all of them.
    counters: { ...firstNumbers, ...(counters as Partial<Counters> | undefined) },
    columns,
    names: photoNames,
    verdicts,
    labels,
    models,
    labelSets,
    labelMarks,
    fileTags,
    rowsWhole: whole > 0,
  };
}
