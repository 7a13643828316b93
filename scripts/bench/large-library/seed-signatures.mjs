// @ts-check
import { loadCore } from '../core/load-core.mjs';

/**
 * Signatures of a seeded library, as imported photos have them: else they would be made in the background, beside what is
 * measured. All are different, at random. The page must be on an empty document of the app's origin.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} photos
 */
export async function seedSignatures(page, photos) {
  /** @type {{ signatureBytes: number, signatureVersion: number }} */
  const { signatureBytes, signatureVersion } = await loadCore(
    new URL('../../../src/core/image/signature.ts', import.meta.url),
  );
  await page.evaluate(fill, { count: photos, bytes: signatureBytes, version: signatureVersion });
}

/** In the page. @param {{ count: number, bytes: number, version: number }} plan */
async function fill({ count, bytes, version }) {
  const [rowsPerChunk, perTransaction] = [64, 256];
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('picsift');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const chunks = Math.ceil(count / rowsPerChunk);
  for (let first = 0; first < chunks; first += perTransaction) {
    const transaction = database.transaction('signatures', 'readwrite', { durability: 'relaxed' });
    for (let chunk = first; chunk < Math.min(chunks, first + perTransaction); chunk++) {
      const rows = Math.min(rowsPerChunk, count - chunk * rowsPerChunk);
      const records = crypto.getRandomValues(new Uint8Array(rows * bytes));
      // Nine of ten have no plain margins: both hashes are the same then.
      for (let row = 0; row < rows; row++) {
        if ((chunk * rowsPerChunk + row) % 10 !== 0)
          records.copyWithin(row * bytes + 8, row * bytes, row * bytes + 8);
      }
      transaction.objectStore('signatures').put({ chunk, version, rows, records });
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
  database.close();
}
