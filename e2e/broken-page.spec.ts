import { join } from 'node:path';
import { addPhotos, openApp, photoCell, waitForImport } from './support/person.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

// A service worker would answer for what cannot be loaded here.
test.use({ serveOptions: { overlay: tinyPackOverlay() }, keptOffline: false });

test('a part of the app that cannot be loaded is told, and a reload goes on', async ({ page, watch }) => {
  watch.allow(/PhotoView|ForYouRow|Dialog|AddMenu|net::ERR_FAILED|dynamically imported module/);
  const parts = /\/(PhotoView|Dialog|AddMenu)-.*\.js$/;
  await page.route(parts, (route) => route.abort());
  // On a phone dialogs are loaded ahead of time. Nobody asked for one, for the menu or for this row: the rest goes on.
  await page.setViewportSize({ width: 390, height: 800 });
  const unasked = page.waitForEvent('requestfailed', (request) => /ForYouRow-.*\.js$/.test(request.url()));
  await page.route(/ForYouRow-.*\.js$/, (route) => route.abort());
  await openApp(page);
  await addPhotos(page, [join('e2e', '.fixtures', 'edge', 'small-photo.jpg')]);
  await waitForImport(page, 1);
  await unasked;
  await photoCell(page, 'small-photo.jpg').press('Enter');
  await expect(page.getByText('Picsift stopped unexpectedly')).toBeVisible();
  await page.unroute(parts);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('dialog', { name: 'Photo' })).toBeVisible();
});
