import { forgetOffline } from './pwa.ts';

/** [Note: What is stored] Everything that Picsift leaves in a browser has a name that begins with this. */
const prefix = 'picsift';

/** For so long a database that a worker still holds is waited for, at a time and altogether. */
const blockedMilliseconds = 2_000;
const patienceMilliseconds = 15_000;
const pauseMilliseconds = 100;

/** Where Picsift's data lies in this browser, counted. */
export interface StoredData {
  /** Names of databases (IndexedDB). */
  readonly databases: readonly string[];
  /** Names of caches (Cache Storage), with how many files each holds. */
  readonly caches: readonly { readonly name: string; readonly files: number }[];
  /** Keys of localStorage and sessionStorage. */
  readonly keys: readonly string[];
  /** Service workers registered for this app's address. */
  readonly serviceWorkers: number;
}

/** Counts what is stored. Rejects with the browser's error where storage is forbidden. */
export async function findStoredData(): Promise<StoredData> {
  const databases = (await indexedDB.databases()).map(({ name }) => name ?? '').filter(isOwn);
  const names = (await caches.keys()).filter(isOwn);
  const counted = names.map(async (name) => ({
    name,
    files: (await (await caches.open(name)).keys()).length,
  }));
  return {
    databases,
    caches: await Promise.all(counted),
    keys: [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage).filter(isOwn)),
    serviceWorkers: (await ownRegistrations()).length,
  };
}

/**
 * Deletes all of it. The workers must have ended: they would write again; one that the browser ends at its leisure may
 * write once more, so what is found again is deleted again for a while. Files on disk are not touched. Resolves with what
 * is still there, which is nothing unless the browser or another tab holds on to it.
 */
export async function deleteStoredData(): Promise<StoredData> {
  // First: the service worker would fill its cache again with what the page asks for.
  await forgetOffline();
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    await deleteFound(await findStoredData());
    const left = await findStoredData();
    if (isNothingStored(left) || performance.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
}

async function deleteFound(stored: StoredData): Promise<void> {
  for (const registration of await ownRegistrations()) await registration.unregister();
  for (const { name } of stored.caches) await caches.delete(name);
  for (const name of stored.databases) await deleteDatabase(name);
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage).filter(isOwn)) storage.removeItem(key);
  }
  await deleteScratchFiles();
}

export function isNothingStored({ databases, caches: kept, keys, serviceWorkers }: StoredData): boolean {
  return databases.length + kept.length + keys.length + serviceWorkers === 0;
}

function isOwn(name: string): boolean {
  return name.startsWith(prefix);
}

async function ownRegistrations(): Promise<readonly ServiceWorkerRegistration[]> {
  if (!('serviceWorker' in navigator)) return [];
  const scope = new URL('./', document.baseURI).href;
  return (await navigator.serviceWorker.getRegistrations()).filter((found) => found.scope === scope);
}

/** What a backup on its way to a download has left in the browser's own file system. */
async function deleteScratchFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory?.().catch(() => null);
  if (!root) return;
  for await (const name of root.keys()) if (isOwn(name)) await root.removeEntry(name);
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // The worker that just ended lets go in a moment; another tab may not: it is found again then.
    request.onblocked = () => setTimeout(resolve, blockedMilliseconds);
  });
}
