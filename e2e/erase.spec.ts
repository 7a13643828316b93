import { expectAccessible } from './support/accessible.ts';
import { photoFiles } from './support/fixtures.ts';
import { addPhotos, openApp, waitForImport } from './support/person.ts';
import { openSettings } from './support/settings.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() } });

/** All that the browser keeps for the app's address, by the browser's own account. */
async function stored(page: Page): Promise<Record<string, readonly string[]>> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    caches: await caches.keys(),
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  }));
}

test('erasing leaves nothing in the browser; a reload starts afresh', async ({ page }) => {
  await openApp(page);
  await addPhotos(page, photoFiles(2));
  await waitForImport(page, 2);
  const settings = await openSettings(page);
  await expect
    .poll(async () => Object.values(await stored(page)).every((names) => names.length > 0))
    .toBe(true);
  const privacy = settings.getByRole('region', { name: 'Privacy' });
  await expect(privacy.getByText(/^Cache Storage: \d+ files/)).toBeVisible();
  await privacy.getByRole('button', { name: 'Erase Picsift from this browser' }).click();
  const dialog = page.getByRole('alertdialog');
  const erase = dialog.getByRole('button', { name: 'Erase Picsift from this browser' });
  await expect(erase).toBeDisabled();
  await expectAccessible(page, 'the question whether to erase');
  await dialog.getByRole('textbox').fill('remove');
  await erase.click();

  await expect(page.getByText('Everything is erased')).toBeVisible();
  await expectAccessible(page, 'everything erased');
  const nothing = { databases: [], caches: [], keys: [], workers: [] };
  expect(await stored(page)).toEqual(nothing);
  await page.waitForTimeout(1000); // nothing comes back by itself
  expect(await stored(page)).toEqual(nothing);

  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('Everything is erased')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
});
