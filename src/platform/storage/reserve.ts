import type { LibraryChanges } from '../../core/library/photo-store.ts';
import type { Database } from './schema.ts';

const key = 'reserve';
const reserveBytes = 2 * 2 ** 20;
/** It is laid by only where it takes nothing from anybody. */
const leastFree = 100 * 2 ** 20;

/**
 * [Note: Reserve]
 * When storage is full, browsers refuse whatever adds bytes, and the records that say that a photo was removed do. Two
 * megabytes are laid by, to be given up then: what the person decides, and making room by removing photos, goes on. What
 * can be built again (the stored index) is given up after it. Deleting alone is never refused.
 */
export async function keepReserve(database: Database, free: () => Promise<number>): Promise<void> {
  if ((await database.count('meta', key)) > 0 || (await free()) < leastFree) return;
  const bytes = new Uint8Array(reserveBytes);
  // Browsers compress what they store; random bytes keep their size. 65,536 is the most that is given at once.
  for (let from = 0; from < bytes.length; from += 65_536) {
    crypto.getRandomValues(bytes.subarray(from, from + 65_536));
  }
  try {
    await database.put('meta', bytes, key);
  } catch (error) {
    if (!isQuotaError(error)) throw error;
  }
}

/** What the browser would still give. */
export async function freeBytes(): Promise<number> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage;
}

/** Tries again as long as something can be given up for it. */
export async function withRoom<Value>(database: Database, write: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isQuotaError(error) || !(await makeRoom(database))) throw error;
    }
  }
}

export function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

/** Gives up what there is no need to keep; false: there was nothing (more). */
async function makeRoom(database: Database): Promise<boolean> {
  const transaction = database.transaction(['meta', 'indexLists', 'indexChunks'], 'readwrite');
  const [reserves, chunks] = await Promise.all([
    transaction.objectStore('meta').count(key),
    transaction.objectStore('indexChunks').count(),
  ]);
  if (reserves > 0) await transaction.objectStore('meta').delete(key);
  else if (chunks > 0) {
    await transaction.objectStore('indexLists').clear();
    await transaction.objectStore('indexChunks').clear();
  }
  await transaction.done;
  return reserves + chunks > 0;
}

/** What the reserve is for: all but new photos, and what is computed of photos. */
export function mayUseReserve(changes: LibraryChanges): boolean {
  const { blobs, records, rows, thumbnails, indexes, signatures, duplicatePairs } = changes;
  return ![blobs, records, rows, thumbnails, indexes, signatures, duplicatePairs].some(
    (list) => list !== undefined && list.length > 0,
  );
}
