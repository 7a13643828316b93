import { openEmptyPage } from '../scripts/empty-page.mjs';
import { makeOld } from '../scripts/trust/old-library.mjs';
import { openApp, photoCell } from './support/person.ts';
import { expect, expectCount, test } from './support/seed.ts';
import { nearest } from './support/seeded-library.ts';

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

test('a library of the first release opens with all that is in it, and finds similar photos as before', async ({
  page,
  site,
  library,
}) => {
  await openEmptyPage(page, site.url);
  await page.evaluate(makeOld);
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

test('a library of a newer release is told as such, and left as it is', async ({ page, site, library }) => {
  await openEmptyPage(page, site.url);
  const made = async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const opening = indexedDB.open('picsift', 1000);
    opening.onupgradeneeded = () => {
      // What a newer release might do: a store that this one does not know, and one less.
      opening.result.createObjectStore('future');
      opening.result.deleteObjectStore('searches');
      opening.transaction?.objectStore('meta').put('newer', 'future');
    };
    (await done(opening)).close();
  };
  await page.evaluate(made);
  await page.goto('./');
  await expect(page.getByText('This library was made by a newer Picsift')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
  await openEmptyPage(page, site.url);
  const left = await page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('picsift'));
    const { version, objectStoreNames } = database;
    const transaction = database.transaction(['photoRecords', 'meta']);
    const found = {
      version,
      stores: [...objectStoreNames],
      photos: await done(transaction.objectStore('photoRecords').count()),
      said: await done(transaction.objectStore('meta').get('future')),
    };
    database.close();
    return found;
  });
  expect(left).toMatchObject({ version: 1000, photos: library.photos.length, said: 'newer' });
  expect(left.stores).toContain('future');
  expect(left.stores).not.toContain('searches');
});
