import { openApp, photoCell } from './support/person.ts';
import { expect, expectCount, nearest, openEmptyPage, type Page, test } from './support/seed.ts';

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

/** Makes the stored library one of version 1 of the database: vectors as floats, no index. */
async function makeOld(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const storesOfVersion1 = new Set(
      'meta photoColumns photoNames photoRecords contents blobs folders thumbnails scores vectors verdicts labels models'.split(
        ' ',
      ),
    );
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('picsift'));
    const stores: {
      name: string;
      keyPath: string | string[] | null;
      keys: IDBValidKey[];
      values: unknown[];
    }[] = [];
    for (const name of database.objectStoreNames) {
      if (!storesOfVersion1.has(name)) continue;
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      stores.push({ name, keyPath: store.keyPath, keys, values });
    }
    database.close();
    const vectors = stores.find(({ name }) => name === 'vectors')!;
    type Chunk = { rows: number; dim: number; records: Uint8Array };
    vectors.values = (vectors.values as Chunk[]).map(({ records, ...rest }) => {
      const { rows, dim } = rest;
      const floats = new Float32Array(rows * dim);
      for (let row = 0; row < rows; row++) {
        const at = row * (4 + Math.ceil(dim / 4) * 4);
        const bytes = new Int8Array(records.buffer, records.byteOffset + at + 4, dim);
        const length = Math.hypot(...bytes) || 1;
        floats.set(
          Array.from(bytes, (value) => value / length),
          row * dim,
        );
      }
      return { ...rest, vectors: floats };
    });
    await done(indexedDB.deleteDatabase('picsift'));
    const opening = indexedDB.open('picsift', 1);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath } of stores) opening.result.createObjectStore(name, { keyPath });
    };
    const old = await done(opening);
    const transaction = old.transaction([...old.objectStoreNames], 'readwrite');
    for (const { name, keyPath, keys, values } of stores) {
      const store = transaction.objectStore(name);
      for (const [n, value] of values.entries()) {
        if (keyPath === null) store.put(value, keys[n]!);
        else store.put(value);
      }
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    old.close();
  });
}

test('a library of the first release opens with all that is in it, and finds similar photos as before', async ({
  page,
  site,
  library,
}) => {
  await openEmptyPage(page, site.url);
  await makeOld(page);
  await openApp(page);
  await expectCount(page, library.present.length);
  const query = library.photo('city-1.jpg');
  await expect(photoCell(page, query.name).locator('img')).toBeVisible();
  await photoCell(page, query.name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find similar' }).click();
  const expected = nearest(library, query.vector, query.name).filter(({ score }) => score >= 0.65);
  const hits = page.getByRole('list', { name: 'Similar photos' }).getByRole('listitem');
  await expect(hits).toHaveCount(expected.length);
  await expect(hits.first()).toContainText(String(Math.round(100 * expected[0]!.score)));
  const version = await page.evaluate(async () =>
    (await indexedDB.databases()).find(({ name }) => name === 'picsift'),
  );
  expect(version?.version).toBeGreaterThanOrEqual(8);
});
