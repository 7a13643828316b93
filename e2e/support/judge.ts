import type { Page } from './test.ts';

/** What a person would have said of a photo: its number, the label's number in the model, yes or no. */
export type SaidVerdict = readonly [photo: number, label: number, isThere: boolean];

/** Stores verdicts as if the person had given them; the app must not run in the page yet. */
export async function storeVerdicts(page: Page, verdicts: readonly SaidVerdict[]): Promise<void> {
  await page.evaluate(async (all) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('picsift');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const triples = Uint32Array.from(
      all.flatMap(([photo, label, isThere]) => [photo, label, isThere ? 1 : 2]),
    );
    const transaction = database.transaction('verdicts', 'readwrite');
    transaction.objectStore('verdicts').put({ chunk: 0, triples });
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    database.close();
  }, verdicts as SaidVerdict[]);
}
