import type { Page } from './test.ts';

/** What the library keeps, as its database has it (src/platform/storage/schema.ts). */
export interface Stored {
  readonly photos: number;
  /** Of all photos, sorted. */
  readonly names: readonly string[];
  /** Sequences of bytes, each counted once. */
  readonly contents: number;
  /** Files whose bytes were copied. */
  readonly blobs: number;
  readonly thumbnails: number;
  readonly kinds: Readonly<Record<'stored' | 'handle', number>>;
}

export function storedIn(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('picsift'));
    try {
      const count = (store: string) => done(database.transaction(store).objectStore(store).count());
      const records = (await done(
        database.transaction('photoRecords').objectStore('photoRecords').getAll(),
      )) as { source: { kind: 'stored' | 'handle' } }[];
      const kinds = { stored: 0, handle: 0 };
      for (const { source } of records) kinds[source.kind]++;
      const chunks = (await done(database.transaction('photoNames').objectStore('photoNames').getAll())) as {
        names: string[];
      }[];
      const names = chunks.flatMap((chunk) => chunk.names).filter((name) => name !== '');
      return {
        photos: records.length,
        names: names.sort(),
        contents: await count('contents'),
        blobs: await count('blobs'),
        thumbnails: await count('thumbnails'),
        kinds,
      };
    } finally {
      database.close();
    }
  });
}
