import { join } from 'node:path';
import { addPhotos, openApp, photoCell, waitForImport } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serviceWorkers: 'block', serveOptions: { overlay: tinyPackOverlay() } });

test('a part of the app that cannot be loaded is told, and a reload goes on', async ({ page, watch }) => {
  watch.allow(/PhotoView|ForYouRow|net::ERR_FAILED|dynamically imported module/);
  // What Playwright answers in the place of a registration.
  watch.allow(/Service Worker registration blocked|reading 'waiting'/);
  await page.route(/PhotoView-.*\.js$/, (route) => route.abort());
  // Nobody asked for this one: the rest goes on without.
  const unasked = page.waitForEvent('requestfailed', (request) => /ForYouRow-.*\.js$/.test(request.url()));
  await page.route(/ForYouRow-.*\.js$/, (route) => route.abort());
  await openApp(page);
  await addPhotos(page, [join('e2e', '.fixtures', 'edge', 'small-photo.jpg')]);
  await waitForImport(page, 1);
  await unasked;
  await photoCell(page, 'small-photo.jpg').press('Enter');
  await expect(page.getByText('Picsift stopped unexpectedly')).toBeVisible();
  await page.unroute(/PhotoView-.*\.js$/);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('dialog', { name: 'Photo' })).toBeVisible();
});
