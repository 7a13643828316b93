import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withExif } from '../scripts/fixtures/exif-segment.mjs';
import { expectAccessible } from './support/accessible.ts';
import { groups, photo, press } from './support/duplicates.ts';
import { fixture } from './support/fixtures.ts';
import { addPhotos, openApp, waitForImport } from './support/person.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, type Page, test } from './support/test.ts';

test.use({ keptOffline: false });

/** Copies that are no longer equal: found, told apart, looked at side by side and in one place. */

/** How each picture of the group is enlarged and moved. */
const zooms = (page: Page): Promise<string[]> =>
  page.locator('.zoomed').evaluateAll((all: HTMLElement[]) => all.map(({ style }) => style.transform));

/** In the page: the left and the right half of a picture, as JPEG; all in base64. */
async function halvesOf(picture: string): Promise<string[]> {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(bitmap.width / 2, bitmap.height);
  const halves: string[] = [];
  for (const left of [0, bitmap.width / 2]) {
    canvas.getContext('2d')!.drawImage(bitmap, -left, 0);
    const half = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer();
    halves.push(btoa(Array.from(new Uint8Array(half), (byte) => String.fromCharCode(byte)).join('')));
  }
  return halves;
}

/** Groups are in the order in which their photos were processed, which is not always that of the files. */
async function showGroupOf(page: Page, name: string): Promise<void> {
  await expect(async () => {
    for (const group of await groups(page).all()) {
      await group.click();
      if (await photo(page, name).isVisible()) return;
    }
    throw new Error(`no group holds ${name}`);
  }).toPass();
}

test('copies that are no longer equal: found, told apart and looked at; shots of a burst are only looked at', async ({
  page,
}) => {
  await openApp(page);
  const near = ['recompressed.jpg', 'as-webp.webp', 'cropped.jpg', 'mirrored.jpg'];
  const folder = temporaryFolder();
  const shots = ['12:00:00', '12:00:01', '12:10:00'].map((time, n) => {
    const path = join(folder, `shot ${n + 1}.jpg`);
    const exif = { make: 'Maker', model: 'Model', takenAt: `2024:05:01 ${time}` };
    writeFileSync(path, withExif(readFileSync(fixture('edge/large-segments.jpg')), exif));
    return path;
  });
  // Each shows a part of one photo, and nothing that the other one shows.
  const halves = ['left half.jpg', 'right half.jpg'].map((name) => join(folder, name));
  const bytes = await page.evaluate(halvesOf, readFileSync(fixture('photos/fruit-2.jpg')).toString('base64'));
  for (const [n, half] of halves.entries()) writeFileSync(half, Buffer.from(bytes[n]!, 'base64'));
  await addPhotos(page, [
    ...['photos/city-1.jpg', 'photos/hills-1.jpg', 'photos/fruit-2.jpg'].map(fixture),
    ...near.map((name) => fixture(`near/${name}`)),
    ...shots,
    ...halves,
  ]);
  await waitForImport(page, 12);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await page.getByRole('tab', { name: 'Same picture' }).click();
  await expect(groups(page)).toHaveCount(1);
  const shown = () =>
    page.getByRole('figure').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).sort());
  await expect.poll(shown).toEqual(['as-webp.webp', 'city-1.jpg', 'mirrored.jpg', 'recompressed.jpg']);

  // What differs in words, the better one marked.
  const row = (name: string) =>
    page.getByRole('table', { name: 'What differs' }).getByRole('row').filter({ hasText: name });
  await expect(row('Camera data').getByRole('cell').filter({ hasText: 'better' })).toHaveText(/^8 fields/);

  // A and B in place of each other, and what differs; the mirrored one is laid on the first the right way round.
  await page.getByRole('radio', { name: 'Flip' }).check();
  await page.keyboard.press('b');
  await expect(page.getByRole('img', { name: 'Photo B' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('img', { name: 'Photo A' })).toBeVisible();
  await page.getByRole('radio', { name: 'B', exact: true }).check();
  await expect(page.getByRole('img', { name: 'Photo B' })).toBeVisible();
  await photo(page, 'mirrored.jpg').click();
  await page.keyboard.press('d');
  await expect(page.getByRole('img', { name: 'Difference' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why A and B match' })).toContainText('mirrored');
  await expect(page.locator('.zoomed--difference img')).toHaveAttribute('style', /matrix\(-1/);

  // One zoom for all, by key, wheel and drag.
  await page.keyboard.press('s');
  const first = page.locator('.zoomed').first();
  await expect(first).toBeVisible();
  await page.keyboard.press('+');
  await page.keyboard.press('Shift+ArrowRight');
  const box = (await first.locator('..').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const byKey = await zooms(page);
  await page.mouse.wheel(0, -200);
  await expect.poll(() => zooms(page)).not.toEqual(byKey);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2);
  await page.mouse.up();
  for (const all of [byKey, await zooms(page)]) {
    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toContain('translate(0%, 0%)');
  }
  await page.keyboard.press('0');
  expect(new Set(await zooms(page))).toEqual(new Set(['translate(0%, 0%) scale(1)']));

  // A part: why they match, with the part that both show.
  await page.getByRole('tab', { name: 'Edited copy' }).click();
  await expect(groups(page)).toHaveCount(2);
  await showGroupOf(page, 'cropped.jpg');
  await expect(row('Pixels').getByRole('cell')).toHaveText([/900 × 1200.*better/, /^792 × 1056$/]);
  await expect(page.getByRole('region', { name: 'Why A and B match' })).toContainText('B shows');
  await expect(page.locator('.zoomed__region polygon')).toHaveCount(2);
  await expectAccessible(page, 'an edited copy');

  // A chain: the halves are no copies of each other, so one is split off from the group of the other.
  await showGroupOf(page, 'fruit-2.jpg');
  // Which of the halves has the lower number depends on which was processed first.
  const inGroup = (await photo(page, 'left half.jpg').isVisible()) ? 'left half.jpg' : 'right half.jpg';
  const other = inGroup === 'left half.jpg' ? 'right half.jpg' : 'left half.jpg';
  await expect.poll(shown).toEqual(['fruit-2.jpg', inGroup]);
  const splitOff = page.getByRole('region', { name: 'Split off from this group' });
  await expect(splitOff).toContainText(`${other} matches fruit-2.jpg`);
  await expect(splitOff).toContainText(`not ${inGroup}: different pictures`);
  await expect(splitOff).toContainText('In no group of this list');
  await expectAccessible(page, 'a chain that was split', splitOff);

  // Bursts: no rule, no decision, by no key.
  await page.getByRole('tab', { name: 'Same shot' }).click();
  await expect.poll(shown).toEqual(['shot 1.jpg', 'shot 2.jpg']);
  await photo(page, 'shot 2.jpg').click();
  await groups(page).getByRole('button').focus();
  for (const key of ['k', 'x', 'o', 'n']) await page.keyboard.press(key);
  await expect(page.getByRole('button', { name: /^(Keep|Remove|Keep both|Not related)$/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Dry run' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await page.getByRole('tab', { name: 'Same scene' }).click();
  await expect(photo(page, 'shot 3.jpg')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Dry run' })).toBeDisabled();

  // The chain is not eaten up run by run: the photo for whose sake one half went does not go for the other half.
  await page.getByRole('tab', { name: 'Edited copy' }).click();
  await showGroupOf(page, 'fruit-2.jpg');
  await photo(page, 'fruit-2.jpg').getByRole('button', { name: 'Keep', exact: true }).click();
  await press(page, 'Dry run');
  const dryRun = page.getByRole('dialog', { name: 'Dry run' });
  await dryRun.getByRole('radio', { name: 'What I decided' }).check({ force: true });
  await expect(dryRun).toContainText('1 photo would be removed');
  await dryRun.getByRole('button', { name: 'Apply' }).click();
  await expect(dryRun).toBeHidden();
  await showGroupOf(page, other);
  await photo(page, other).getByRole('button', { name: 'Keep', exact: true }).click();
  await press(page, 'Dry run');
  // Opened before the decision is counted, it goes by rules.
  await dryRun.getByRole('radio', { name: 'What I decided' }).check({ force: true });
  await expect(dryRun).toContainText('Nothing would be removed.');
  await expect(dryRun).toContainText(
    '1 photo stays, as it is the last to show what went for its sake before',
  );
});
