import { fixture } from './support/fixtures.ts';
import { addPhotos, closePhoto, openApp, openPhoto, shownScores, waitForImport } from './support/person.ts';
import { backends, closeSettings, openSettings, waitForBackend } from './support/settings.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({
  viewport: { width: 1280, height: 1600 },
  serveOptions: { overlay: tinyPackOverlay() },
  keptOffline: false,
});

const names = ['beach-1.jpg', 'city-1.jpg', 'flowers-1.jpg', 'hills-1.jpg', 'portrait-1.jpg'];

/** Adds the photos and reads every score that is shown of each. */
async function scoresOfAll(page: Page): Promise<Map<string, number>> {
  await addPhotos(
    page,
    names.map((name) => fixture(`photos/${name}`)),
  );
  await waitForImport(page, names.length);
  const scores = new Map<string, number>();
  for (const name of names) {
    await openPhoto(page, name);
    for (const { text, score } of await shownScores(page)) {
      scores.set(`${name} ${/^[A-Z][a-z]+/.exec(text)?.[0]}`, score);
    }
    await closePhoto(page);
  }
  return scores;
}

async function removeEverything(page: Page): Promise<void> {
  await openSettings(page);
  await page.getByRole('button', { name: 'Remove everything' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill('remove');
  await dialog.getByRole('button', { name: 'Remove everything' }).click();
  await expect(page.getByText('The library is empty.')).toBeVisible();
}

test('a software adapter is refused unless allowed; then it scores as the processor does', async ({
  page,
}) => {
  await openApp(page, '#/?sort=name');
  const settings = await openSettings(page);
  await waitForBackend(page, /processor/);
  const webgpu = backends(page).filter({ hasText: 'graphics card (WebGPU)' });
  await expect(webgpu).toContainText('Only a software graphics adapter is there');
  await expect(webgpu).not.toContainText('Self-test');
  await closeSettings(page);
  const onProcessor = await scoresOfAll(page);
  expect(onProcessor.size).toBe(names.length * 8);

  await removeEverything(page);
  await openSettings(page);
  await settings.getByRole('switch', { name: 'Allow a software graphics adapter' }).click();
  await settings.getByLabel('Run on').selectOption('Graphics card (WebGPU)');
  const inUse = await waitForBackend(page, /graphics card \(WebGPU\)/);
  await expect(inUse).toContainText(/Self-test: cosine (1\.00000|0\.999\d\d)/);
  await closeSettings(page);
  const onGraphics = await scoresOfAll(page);
  expect(onGraphics.size).toBe(onProcessor.size);
  for (const [key, score] of onProcessor) {
    // Shown with two decimals: half a hundredth may be rounded away on either side.
    expect.soft(Math.abs((onGraphics.get(key) ?? Number.NaN) - score), key).toBeLessThanOrEqual(0.0201);
  }
  // The scores say something: not all of them are alike.
  expect(new Set(onProcessor.values()).size).toBeGreaterThan(5);

  // The choice holds after a reload.
  await page.reload();
  await openSettings(page);
  await waitForBackend(page, /graphics card \(WebGPU\)/);
});
