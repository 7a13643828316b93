import { makeOld } from '../scripts/trust/old-library.mjs';
import { openApp, photoCell } from './support/person.ts';
import { expect, expectCount, nearest, openEmptyPage, test } from './support/seed.ts';

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
