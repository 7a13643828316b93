import { join } from 'node:path';
import {
  seedLargeLibrary,
  timeFilter,
  timeScrolling,
  watchFirstScreen,
} from '../scripts/fixtures/large-library.mjs';
import { addPhotos, openApp, waitForImport } from './support/person.ts';
import { expect, test } from './support/test.ts';

// Times are printed, and bounded with room for a busy machine; `npm run bench -- large-library` measures them.
const photos = 100_000;

test('a hundred thousand photos', async ({ page, site, watch }) => {
  test.setTimeout(240_000);
  // The file that is shown while the app is closed has no icon.
  watch.allow(/status of 404/);
  await openApp(page);
  await addPhotos(page, [join('e2e', '.fixtures', 'edge', 'small-photo.jpg')]);
  await waitForImport(page, 1);
  await page.goto(`${site.url}manifest.webmanifest`);
  await seedLargeLibrary(page, photos);
  await watchFirstScreen(page);

  await test.step('are on the screen at once, and their tags are counted soon', async () => {
    await openApp(page);
    await expect(page.locator('.facet').first()).toBeVisible({ timeout: 30_000 });
    const seen = await page.evaluate(
      () => (window as unknown as { seen: { photos: number; facets: number } }).seen,
    );
    console.log(`first screen ${Math.round(seen.photos)} ms, facet counts ${Math.round(seen.facets)} ms`);
    expect(seen.photos).toBeLessThan(6000);
    expect(seen.facets).toBeLessThan(12_000);
    await expect(page.getByRole('main').getByText('100,000')).toBeVisible();
  });

  await test.step('can be scrolled from one end to the other without the page standing still', async () => {
    const longest = await timeScrolling(page);
    console.log(`longest task while scrolling ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(250);
    await expect(page.getByRole('gridcell', { name: 'IMG_100000.jpg' })).toBeVisible();
  });

  await test.step('can be gone through by keyboard', async () => {
    await page.getByRole('gridcell', { name: 'IMG_100000.jpg' }).focus();
    await page.keyboard.press('Control+Home');
    await expect(page.getByRole('gridcell', { name: 'IMG_000001.jpg' })).toBeFocused();
    await page.keyboard.press('Control+End');
    await expect(page.getByRole('gridcell', { name: 'IMG_100000.jpg' })).toBeFocused();
  });

  await test.step('are all selected by one key', async () => {
    await page.keyboard.press('Control+a');
    await expect(page.getByText('100,000 selected').first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('are filtered by a tag', async () => {
    const milliseconds = await timeFilter(page);
    console.log(`filter, from click to new count ${Math.round(milliseconds)} ms`);
    expect(milliseconds).toBeLessThan(600);
  });
});
