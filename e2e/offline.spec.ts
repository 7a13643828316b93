import { basename } from 'node:path';
import { photoFiles } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  openApp,
  openPhoto,
  photoView,
  shownNames,
  shownScores,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { expect, test } from './support/test.ts';

// With the built-in model, as a person has it on a plane.
test.use({ viewport: { width: 1280, height: 1600 } });

test('ready offline, photos are added, tagged, opened and found without a network', async ({
  page,
  context,
  site,
}) => {
  const files = photoFiles(4);
  const [first = '', second = ''] = files.map((file) => basename(file));
  await openApp(page, '#/?sort=name');
  await expect(page.getByText('Ready offline').first()).toBeVisible();

  await context.setOffline(true);
  await site.stop();
  await page.reload();
  await addPhotos(page, files);
  await waitForImport(page, files.length);
  for (const file of files) await waitForThumbnail(page, basename(file));

  // What is fetched when first shown is there, too: the photo view, its chart, the other language, the similar view.
  await openPhoto(page, first);
  expect((await shownScores(page, 600)).length).toBeGreaterThan(600);
  await expect(photoView(page).getByRole('img', { name: /^Bar chart/ })).toBeVisible();
  await closePhoto(page);
  await openPhoto(page, second);
  await photoView(page).getByRole('button', { name: 'Find similar' }).click();
  await expect(page.getByText(/Searched \d+ photos/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('button', { name: '添加照片' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('Ready offline');

  await page.reload();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => shownNames(page)).toHaveLength(files.length);
});

test('other files of the site are themselves when opened by their address', async ({ page, site, watch }) => {
  watch.allow(/404/); // the browser looks for an icon of a page that has none
  await openApp(page);
  await expect(page.getByText('Ready offline').first()).toBeVisible();
  await page.goto(`${site.url}models/starter/pack.json`);
  await expect(page.locator('body')).toContainText('"format": 1');
});
