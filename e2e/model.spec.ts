import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Damage } from '../scripts/tiny-pack/generate.mjs';
import { fixture } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  openApp,
  openPhoto,
  photoCell,
  search,
  shownNames,
  shownScores,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { backends, closeSettings, openSettings, waitForBackend } from './support/settings.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay, waitUntilKept } from './support/tiny-pack.ts';

const whole = tinyPackOverlay();
test.use({ viewport: { width: 1280, height: 1600 }, serveOptions: { overlay: whole }, keptOffline: false });

const byName = '#/?sort=name';
// The tiny model has a tag for the second one.
const before = ['photos/beach-1.jpg', 'photos/portrait-1.jpg'];
/** New photos that come while a model is damaged, one each time. */
const later = ['city-1.jpg', 'flowers-1.jpg', 'forest-1.jpg', 'hills-1.jpg', 'night-1.jpg'];
const alert = (page: Page) => page.getByRole('alert').filter({ hasText: 'Tagging is off' });

/** The model is damaged on the host from now on, and no longer kept in the browser. */
async function damageModel(
  page: Page,
  site: { setOverlay(folder: string): void },
  overlay: string,
): Promise<void> {
  await waitUntilKept(page);
  await page.evaluate(() => caches.delete('picsift-models'));
  site.setOverlay(overlay);
  await page.reload();
}

/** The library can be looked at, searched and changed without a model. */
async function expectUsable(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(() => shownNames(page)).toEqual(names);
  for (const name of names) await waitForThumbnail(page, name);
  await openPhoto(page, 'beach-1.jpg');
  expect((await shownScores(page)).length).toBeGreaterThan(0);
  await expect(page.getByRole('img', { name: 'beach-1.jpg' })).toBeVisible();
  await closePhoto(page);

  await search(page, 'portrait');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownNames(page)).toEqual(['portrait-1.jpg']);
  await page.getByRole('button', { name: 'Clear all' }).click();
  const facet = page.getByRole('list', { name: 'Tags in view' }).getByRole('button').first();
  await facet.click();
  await expect(page).toHaveURL(/#\/\?.*all=/);
  await page.getByRole('button', { name: 'Clear all' }).click();

  await photoCell(page, 'beach-1.jpg').focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => shownNames(page)).toEqual(names.filter((name) => name !== 'beach-1.jpg'));
  await page.keyboard.press('Control+z');
  await expect.poll(() => shownNames(page)).toEqual(names);
}

const damages: readonly { damage: Damage; says: readonly RegExp[] }[] = [
  {
    damage: 'missing',
    says: [/A part of the model could not be loaded: gone\.onnx\./, /Found: HTTP 404\./],
  },
  {
    damage: 'short',
    says: [/A part of the model is damaged: model\.onnx\./, /Found: \d+ bytes\. Expected: \d+ bytes\./],
  },
  {
    damage: 'model',
    says: [/A part of the model is damaged: model\.onnx\./, /Found: SHA-256 \w+\. Expected: SHA-256 \w+\./],
  },
  {
    damage: 'format',
    says: [/The model was made for a newer version of Picsift: pack\.json\./, /Found: .*2\. Expected: .*1/],
  },
  { damage: 'golden', says: [/None of the ways to run the model works in this browser\./] },
];

test('a damaged model is told, the library goes on, and trying again helps', async ({
  page,
  site,
  watch,
}) => {
  watch.allow(/404/);
  await openApp(page, byName);
  await addPhotos(page, before.map(fixture));
  await waitForImport(page, before.length);
  const names = ['beach-1.jpg', 'portrait-1.jpg'];
  for (const [turn, { damage, says }] of damages.entries()) {
    await test.step(damage, async () => {
      await damageModel(page, site, tinyPackOverlay(damage));
      await expect(alert(page)).toBeVisible();
      for (const words of says) await expect(alert(page)).toContainText(words);
      if (damage === 'golden') {
        await alert(page).getByRole('button', { name: 'Why?' }).click();
        await expect(
          backends(page).filter({ hasText: 'Its results differ from the model’s reference' }),
        ).not.toHaveCount(0);
        await expect(backends(page).filter({ hasText: /cosine -1\.0/ })).not.toHaveCount(0);
      }
      if (damage === 'model' || damage === 'golden') await expectUsable(page, names);
      else await waitForThumbnail(page, 'beach-1.jpg');

      // New photos are taken in, and wait.
      const fresh = later[turn]!;
      await addPhotos(page, [fixture(`photos/${fresh}`)]);
      await expect(page.getByText('Waiting for the model.')).toBeVisible();
      await expect(photoCell(page, fresh)).toHaveAccessibleDescription('Waiting to be tagged');

      // As long as nothing has changed, the same is said again.
      const again = alert(page).getByRole('button', { name: 'Try again' });
      await again.click();
      await expect(alert(page)).toContainText(says[0] as RegExp);
      site.setOverlay(whole);
      // The try before may still be under way: it may find the whole model, or fail with the damaged one some seconds later.
      await expect(async () => {
        if (await again.isVisible()) await again.click({ timeout: 2000 });
        await expect(alert(page)).toBeHidden({ timeout: 5000 });
        await waitForImport(page, 1, 20_000);
      }).toPass({ timeout: 180_000 });
      await waitForThumbnail(page, fresh);
      await expect(photoCell(page, fresh)).not.toHaveAttribute('aria-description');
      names.push(fresh);
      names.sort();
    });
  }
});

test('a model that is kept runs although the one on the host is damaged', async ({ page, site }) => {
  await openApp(page, byName);
  await addPhotos(page, before.map(fixture));
  await waitForImport(page, before.length);
  await waitUntilKept(page);
  site.setOverlay(tinyPackOverlay('short'));
  await page.reload();
  await addPhotos(page, [fixture(`photos/${later[0]}`)]);
  await waitForImport(page, 1);
  await expect(alert(page)).toBeHidden();
});

test('a newer model on the host does all photos again in the background', async ({ page, site }) => {
  await openApp(page, byName);
  await addPhotos(page, before.map(fixture));
  await waitForImport(page, before.length);
  await waitUntilKept(page);
  const newer = tinyPackOverlay();
  const manifest = join(newer, 'models/starter/pack.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"version": "1"', '"version": "2"'));
  site.setOverlay(newer);
  await page.reload();
  const view = await openPhoto(page, 'beach-1.jpg');
  await expect(view.getByText('Tiny 2')).toBeVisible();
  await expect(view.getByRole('img', { name: 'beach-1.jpg' })).toBeVisible();
  await closePhoto(page);
  await expect(page.getByText('Adding photos', { exact: true })).toBeHidden();
  await photoCell(page, 'beach-1.jpg').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find similar' }).click();
  await expect(page.getByText(/Searched 1 photo/)).toBeVisible();
});

test('a first visit with a damaged model can be mended, too', async ({ page, site, watch }) => {
  watch.allow(/404/);
  site.setOverlay(tinyPackOverlay('model'));
  await openApp(page, byName);
  await expect(alert(page)).toContainText('A part of the model is damaged: model.onnx.');
  const settings = await openSettings(page);
  await expect(settings).toContainText('A part of the model is damaged: model.onnx.');
  site.setOverlay(whole);
  await settings.getByRole('button', { name: 'Try again' }).click();
  await waitForBackend(page, /processor, \d thread/);
  await closeSettings(page);
  await addPhotos(page, [fixture(`photos/${later[0]}`)]);
  await waitForImport(page, 1);
});

test('a pack.json that is no pack is told', async ({ page, site }) => {
  const overlay = tinyPackOverlay();
  writeFileSync(join(overlay, 'models/starter/pack.json'), '{"format": 1, "id": 7}');
  site.setOverlay(overlay);
  await openApp(page, byName);
  await expect(alert(page)).toContainText('A part of the model does not say what it should: pack.json.');
});

test('a model that was damaged in the browser is fetched again', async ({ page }) => {
  await openApp(page, byName);
  await addPhotos(page, before.map(fixture));
  await waitForImport(page, before.length);
  const spoil = () =>
    page.evaluate(async () => {
      const cache = await caches.open('picsift-models');
      const key = (await cache.keys()).find(({ url }) => url.includes('model.onnx'));
      if (key === undefined) throw new Error('the model is not kept');
      const bytes = new Uint8Array(await ((await cache.match(key)) as Response).arrayBuffer());
      const at = bytes.length >> 1;
      bytes[at] = (bytes[at] as number) ^ 255;
      await cache.put(key, new Response(bytes));
    });
  await spoil();
  const fetched = page.waitForRequest(/models\/starter\/model\.onnx/);
  await page.reload();
  await fetched;
  await addPhotos(page, [fixture(`photos/${later[0]}`)]);
  await waitForImport(page, 1);
  await expect(alert(page)).toBeHidden();
});

test('settings show what runs the model, how it did, and why the others do not run', async ({ page }) => {
  await openApp(page);
  await openSettings(page);
  const inUse = await waitForBackend(page, /processor, \d thread/);
  await expect(inUse).toContainText(
    /Self-test: cosine (1\.00000|0\.999\d\d), greatest score difference 0\.0[01]\d\d/,
  );
  const others = backends(page).filter({ hasNotText: 'in use' });
  await expect(others.filter({ hasText: 'graphics card (WebGPU)' })).toContainText(
    'This browser offers no graphics adapter (WebGPU).',
  );
  for (const other of await others.all())
    await expect(other).toContainText(/offers no graphics|another one is faster/);
  expect(await others.count()).toBeGreaterThan(0);
});

test('a person may have it run on the graphics card only: then there is none, and that is said', async ({
  page,
}) => {
  await openApp(page);
  const settings = await openSettings(page);
  await waitForBackend(page, /processor/);
  await settings.getByLabel('Run on').selectOption('Graphics card (WebGPU)');
  await expect(settings).toContainText('None of the ways to run the model works in this browser.');
  await settings.getByLabel('Run on').selectOption('Processor (WebAssembly)');
  await waitForBackend(page, /processor/);
});

test('pictures are not tagged by a model that another host put in its place unnoticed', async ({
  page,
  site,
}) => {
  // Whole by itself, but not what pack.json says.
  const overlay = tinyPackOverlay();
  mkdirSync(join(overlay, 'models/starter'), { recursive: true });
  writeFileSync(join(overlay, 'models/starter/labels.json'), '[]\n');
  site.setOverlay(overlay);
  await openApp(page, byName);
  await expect(alert(page)).toContainText('A part of the model is damaged: labels.json.');
});
