import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeHeic, hasHeicEncoder } from '../scripts/fixtures/heic.mjs';
import { fuzzSummary, runFuzz, survived } from '../scripts/fuzz/run-fuzz.mjs';
import { cornersOf } from './support/corners.ts';
import { fixture, fixturesOf } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  detailOf,
  openApp,
  openPhoto,
  photoCell,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() }, keptOffline: false });

test.skip(!hasHeicEncoder, 'heif-enc is not installed');

const folder = temporaryFolder();
const heicOf = (path: string, name: string) => encodeHeic(fixture(path), join(folder, name));

test('HEIC photos are decoded and shown whole, with a decoder that is loaded for them alone', async ({
  page,
}) => {
  const photo = heicOf('photos/hills-1.jpg', 'hills.heic');
  const corners = heicOf('odd/16-bit.png', 'corners.HEIC');
  // Under another ending it is what it is.
  const misnamed = heicOf('odd/first-frame.png', 'misnamed.jpg');
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  await openApp(page, '#/?sort=name');
  await addPhotos(page, [fixture('photos/beach-1.jpg')]);
  await waitForImport(page, 1);
  expect(asked.filter((url) => /libheif.*wasm/.test(url))).toEqual([]);
  await addPhotos(page, [photo, corners, misnamed]);
  await waitForThumbnail(page, 'hills.heic');

  for (const name of ['corners.HEIC', 'misnamed.jpg']) {
    await waitForThumbnail(page, name);
    expect
      .soft(await cornersOf(photoCell(page, name).locator('img')))
      .toEqual(['red', 'green', 'blue', 'white']);
    await openPhoto(page, name);
    const opened = page.getByRole('img', { name });
    await expect(opened).toBeVisible();
    expect.soft(await cornersOf(opened)).toEqual(['red', 'green', 'blue', 'white']);
    expect(await detailOf(page, 'Dimensions')).toContain('240 × 160 pixels');
    await closePhoto(page);
  }
  // It can be searched with, whatever type the system has for it, and parts of it can be chosen.
  await page.getByLabel('Photo to search for').setInputFiles({
    name: 'corners.HEIC',
    mimeType: '',
    buffer: readFileSync(corners),
  });
  await page.getByRole('button', { name: 'Select region' }).click();
  const shown = page
    .getByRole('group', { name: 'Part of the photo to search for' })
    .locator('..')
    .locator('img');
  await expect.soft(shown).toBeVisible();
  await expect.poll(() => cornersOf(shown)).toEqual(['red', 'green', 'blue', 'white']);
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  // The camera's words are read as in a JPEG.
  await openPhoto(page, 'hills.heic');
  expect(await detailOf(page, 'Camera')).toContain('Lumen');
});

test('damaged HEIC files cost only themselves', async ({ page }) => {
  const small = heicOf('odd/16-bit.png', 'small.heic');
  await openApp(page);
  const result = await runFuzz({
    page,
    originals: [small, heicOf('near/smaller.jpg', 'larger.heic')],
    neighbours: fixturesOf('photo').map(({ file }) => file),
    folder: join(folder, 'damaged'),
    count: 40,
    seed: 11,
  });
  expect(survived(result), fuzzSummary(result, 11)).toBe(true);
  expect(result.failed.broken).toBeGreaterThan(3);
});
