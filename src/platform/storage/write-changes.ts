import type { IDBPTransaction } from 'idb';
import { scopeKey } from '../../core/library/kept-scope.ts';
import { modelKeyText } from '../../core/library/photo.ts';
import type { Durability, LibraryChanges, WriteResult } from '../../core/library/photo-store.ts';
import { clearContentRows, putContentRows } from './content-rows.ts';
import { deleteIndexes, putIndex } from './index-records.ts';
import { isQuotaError } from './reserve.ts';
import type { Database, LibrarySchema, StoreName } from './schema.ts';
import { clearSignatures, putSignatures } from './signature-rows.ts';
import { chunksOf } from './stored-chunks.ts';

export type WriteTransaction = IDBPTransaction<LibrarySchema, StoreName[], 'readwrite'>;

/** Which stores a part of the changes needs. */
const storesOf: Record<keyof LibraryChanges, readonly StoreName[]> = {
  counters: [],
  columns: ['photoColumns'],
  names: ['photoNames'],
  verdicts: ['verdicts'],
  labels: ['labels'],
  models: ['models'],
  labelSets: ['labelSets'],
  deletedLabelSets: ['labelSets', 'labelMarks'],
  labelMarks: ['labelMarks'],
  fileTags: ['fileTags'],
  heads: ['heads', 'taughtTags'],
  deletedHeads: ['heads', 'taughtTags'],
  taughtTags: ['taughtTags'],
  folders: ['folders'],
  forgottenFiles: ['forgottenFiles'],
  searches: ['searches'],
  deletedSearches: ['searches'],
  versions: ['versions', 'versionAnswers'],
  deletedVersions: ['versions', 'versionAnswers'],
  records: ['photoRecords'],
  deletedRecords: ['photoRecords', 'itemNames'],
  deletedRecordsOnly: ['photoRecords', 'itemNames'],
  rowsWhole: [],
  itemNames: ['itemNames'],
  deletedItemNames: ['itemNames'],
  contents: ['contents'],
  deletedContents: ['contents'],
  blobs: ['blobs'],
  deletedBlobs: ['blobs'],
  thumbnails: ['thumbnails'],
  deletedThumbnails: ['thumbnails'],
  rows: ['scores', 'vectors'],
  signatures: ['signatures'],
  clearedRows: ['scores', 'vectors', 'models', 'signatures'],
  indexes: ['indexLists', 'indexChunks'],
  duplicateDecisions: ['duplicateDecisions'],
  deletedDuplicateDecisions: ['duplicateDecisions'],
  duplicateRuns: ['duplicateRuns'],
  duplicatePairs: ['duplicatePairs'],
  deletedDuplicatePairs: ['duplicatePairs'],
  duplicateScope: [],
  deletedModels: ['scores', 'vectors', 'models', 'indexLists', 'indexChunks'],
};

/** Whether nothing is added or changed. */
export function onlyDeletes(changes: LibraryChanges): boolean {
  return Object.entries(changes).every(
    ([part, value]) => part.startsWith('deleted') || (Array.isArray(value) && value.length === 0),
  );
}

/**
 * Writes all changes in one transaction, or none of them. Nothing but requests of this transaction is awaited while it
 * runs: it would commit early.
 *
 * @throws DOMException as the browser gives it; nothing was written then
 */
export async function writeChanges(
  database: Database,
  changes: LibraryChanges,
  durability: Durability,
  owner: { readonly text: string /** It could not be stored yet. */; readonly isNew: boolean },
): Promise<WriteResult> {
  const stores = new Set<StoreName>(['meta']);
  for (const [part, value] of Object.entries(changes)) {
    if (Array.isArray(value) && value.length === 0) continue;
    for (const store of storesOf[part as keyof LibraryChanges]) stores.add(store);
  }
  const transaction = database.transaction([...stores], 'readwrite', { durability });
  // Awaited below; a failing request is reported first.
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    const meta = transaction.objectStore('meta');
    const named = await meta.get('owner');
    if (named !== owner.text && !(owner.isNew && named === undefined)) {
      transaction.abort();
      await done;
      return 'lost';
    }
    // Where storage is full, deleting alone is not refused.
    if (owner.isNew && !onlyDeletes(changes)) await meta.put(owner.text, 'owner');
    await putAll(transaction, changes);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has aborted by itself.
    }
    const aborted = await done;
    // The transaction's own reason tells more than the request's (quota, mostly).
    throw transaction.error ?? (isAbort(error) ? aborted?.error : error) ?? error;
  }
  const failed = await done;
  if (failed !== null) throw transaction.error ?? failed.error;
  return 'written';
}

/** What an error of a transaction means for the library; null: a bug. */
export function failureOf(error: unknown, changes: LibraryChanges): Exclude<WriteResult, 'written'> | null {
  if (!(error instanceof Error)) return null;
  if (isQuotaError(error)) return 'storage-full';
  const readsFiles = (changes.blobs?.length ?? 0) > 0;
  // A file that vanished or may not be read any more shows when the browser copies it.
  const unreadable = ['NotReadableError', 'NotFoundError', 'DataError', 'UnknownError', 'DataCloneError'];
  return readsFiles && unreadable.includes(error.name) ? 'unreadable' : null;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

async function putAll(transaction: WriteTransaction, changes: LibraryChanges): Promise<void> {
  const requests: Promise<unknown>[] = [];
  const ask = (request: Promise<unknown>) => {
    // Awaited below; if a later request throws at once, this one's rejection must not go unheard.
    request.catch(() => {});
    requests.push(request);
  };
  const put = <Name extends StoreName>(
    name: Name,
    values: readonly LibrarySchema[Name]['value'][] | undefined,
  ) => {
    for (const value of values ?? []) ask(transaction.objectStore(name).put(value));
  };
  const remove = <Name extends StoreName>(
    name: Name,
    keys: readonly LibrarySchema[Name]['key'][] | undefined,
  ) => {
    for (const key of keys ?? []) ask(transaction.objectStore(name).delete(key));
  };
  // Deletions first: a key that is deleted and written anew in one go stays.
  remove('photoRecords', changes.deletedRecords);
  remove('contents', changes.deletedContents);
  remove('searches', changes.deletedSearches);
  remove('versions', changes.deletedVersions);
  remove('versionAnswers', changes.deletedVersions);
  remove('itemNames', changes.deletedRecords);
  remove('itemNames', changes.deletedItemNames);
  remove('photoRecords', changes.deletedRecordsOnly);
  remove('itemNames', changes.deletedRecordsOnly);
  if (changes.deletedRecordsOnly?.length) ask(transaction.objectStore('meta').delete('rowsWhole'));
  if (changes.rowsWhole) ask(transaction.objectStore('meta').put(true, 'rowsWhole'));
  remove('blobs', changes.deletedBlobs);
  remove('thumbnails', changes.deletedThumbnails);
  remove('duplicateDecisions', changes.deletedDuplicateDecisions);
  remove('duplicatePairs', changes.deletedDuplicatePairs);
  for (const { key, number } of changes.deletedModels ?? []) {
    const model = modelKeyText(key);
    ask(transaction.objectStore('scores').delete(chunksOf(model)));
    ask(transaction.objectStore('vectors').delete(chunksOf(model)));
    ask(transaction.objectStore('models').delete(number));
    ask(deleteIndexes(transaction, model));
  }
  if (changes.counters) ask(transaction.objectStore('meta').put(changes.counters, 'counters'));
  if (changes.duplicateScope) ask(transaction.objectStore('meta').put(changes.duplicateScope, scopeKey));
  put('photoColumns', changes.columns);
  put(
    'photoNames',
    changes.names?.map(({ chunk, names, paths }) => ({ chunk, names: [...names], paths: [...paths] })),
  );
  put('verdicts', changes.verdicts);
  put('labels', changes.labels);
  put('models', changes.models);
  for (const set of changes.deletedLabelSets ?? []) {
    ask(transaction.objectStore('labelSets').delete(set));
    ask(transaction.objectStore('labelMarks').delete(chunksOf(set)));
  }
  for (const set of [...(changes.deletedHeads ?? []), ...(changes.heads ?? []).map((head) => head.set)]) {
    ask(transaction.objectStore('taughtTags').delete(chunksOf(set)));
  }
  remove('heads', changes.deletedHeads);
  put('heads', changes.heads);
  put('taughtTags', changes.taughtTags);
  put('labelSets', changes.labelSets);
  put('fileTags', changes.fileTags);
  if (!changes.deletedLabelSets?.length) put('labelMarks', changes.labelMarks);
  put('folders', changes.folders);
  put('forgottenFiles', changes.forgottenFiles);
  put('searches', changes.searches);
  for (const { version, answers } of changes.versions ?? []) {
    ask(transaction.objectStore('versions').put(version));
    ask(transaction.objectStore('versionAnswers').put(answers, version.number));
  }
  put('itemNames', changes.itemNames);
  put('photoRecords', changes.records);
  put('contents', changes.contents);
  put('duplicateDecisions', changes.duplicateDecisions);
  put('duplicateRuns', changes.duplicateRuns);
  put('duplicatePairs', changes.duplicatePairs);
  for (const { key, bytes } of changes.blobs ?? []) {
    ask(transaction.objectStore('blobs').put(bytes as Blob, key));
  }
  for (const { content, thumbnail } of changes.thumbnails ?? []) {
    ask(transaction.objectStore('thumbnails').put(thumbnail, content));
  }
  await Promise.all([...requests, rowsOf(transaction, changes)]);
}

async function rowsOf(transaction: WriteTransaction, changes: LibraryChanges): Promise<void> {
  if (changes.clearedRows?.length) await clearContentRows(transaction, changes.clearedRows);
  if (changes.rows?.length) await putContentRows(transaction, changes.rows);
  if (changes.clearedRows?.length) await clearSignatures(transaction, changes.clearedRows);
  if (changes.signatures?.length) await putSignatures(transaction, changes.signatures);
  for (const change of changes.indexes ?? []) await putIndex(transaction, change);
}
