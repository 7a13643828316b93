import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
import { addPhotos, openApp, photoCell, waitForImport } from './support/person.ts';
import { answerPickers, fillPickedFolder } from './support/sources.ts';
import { expect, type Locator, type Page, test } from './support/test.ts';

/** Duplicates: found, decided by button and by key, removed from the library, taken back after a restart. */

const groups = (page: Page): Locator => page.getByRole('list', { name: 'Groups' }).getByRole('listitem');
const photo = (page: Page, name: string): Locator => page.getByRole('figure', { name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('copies of equal bytes: decisions, dry run, apply, undo after a restart', async ({ page }) => {
  const copies = [
    ['photos/hills-1.jpg', 'duplicates/hills copy.jpg'],
    ['photos/fruit-2.jpg', 'duplicates/Kopie von Früchte (1).JPG'],
  ] as const;
  await openApp(page);
  await addPhotos(page, [...copies.flat(), 'photos/city-1.jpg'].map(fixture));
  await waitForImport(page, 5);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await expect(page.getByRole('tab', { name: 'Exact' })).toHaveAttribute('aria-selected', 'true');
  await expect(groups(page)).toHaveCount(2);
  await expect(groups(page).nth(1)).toHaveAccessibleName('Group 2 of 2');
  await expect(page.getByText('2 groups not decided')).toBeVisible();
  await expectAccessible(page, 'duplicates');

  // By button: the other copy goes, and the next group is shown.
  await photo(page, 'hills copy.jpg').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Group 2 of 2' })).toBeFocused();
  await expect(page.getByText('1 group not decided')).toBeVisible();
  // By key: both stay, which takes the group off the list; Z brings it back.
  await page.keyboard.press('o');
  await expect(groups(page)).toHaveCount(1);
  await page.keyboard.press('z');
  await expect(groups(page)).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Group 2 of 2' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(groups(page)).toHaveCount(1);
  await expect(photo(page, 'hills-1.jpg')).toContainText('Goes');

  // A decision outlives the page; what it comes to is listed before it is done.
  await page.reload();
  await expect(page.getByText('1 photo decided to go')).toBeVisible();
  await press(page, 'Dry run');
  const dialog = page.getByRole('dialog', { name: 'Dry run' });
  const list = dialog.getByRole('list', { name: 'What would be removed' });
  await expect(list.getByRole('listitem')).toHaveText(/hills-1\.jpg.*You decided: hills copy\.jpg stays/);
  await expectAccessible(page, 'dry run');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 photo removed from the library').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
  await page.getByRole('link', { name: 'Photos' }).click();
  await expect(photoCell(page, 'hills copy.jpg')).toBeVisible();
  await expect(photoCell(page, 'hills-1.jpg')).toHaveCount(0);

  // After a restart it can still be taken back, step by step.
  await page.goto('about:blank');
  await openApp(page, '#/duplicates');
  await press(page, 'Undo');
  await expect(page.getByText('1 photo is back')).toBeVisible();
  await expect(groups(page)).toHaveCount(1);
  await press(page, 'Undo');
  await expect(groups(page)).toHaveCount(2);

  // Rules decide the rest, as listed.
  await press(page, 'Undo');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await press(page, 'Dry run');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('heading', { name: 'No duplicates here' })).toBeVisible();
});

test('copies that are no longer equal: found and told apart', async ({ page }) => {
  await openApp(page);
  const near = ['recompressed.jpg', 'as-webp.webp', 'cropped.jpg', 'mirrored.jpg'];
  await addPhotos(
    page,
    ['photos/city-1.jpg', 'photos/hills-1.jpg', ...near.map((name) => `near/${name}`)].map(fixture),
  );
  await waitForImport(page, 6);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await page.getByRole('tab', { name: 'Same picture' }).click();
  await expect(groups(page)).toHaveCount(1);
  const shown = () =>
    page.getByRole('figure').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).sort());
  await expect.poll(shown).toEqual(['as-webp.webp', 'city-1.jpg', 'mirrored.jpg', 'recompressed.jpg']);
  await page.getByRole('tab', { name: 'Edited copy' }).click();
  await expect(page.getByRole('figure', { name: 'cropped.jpg' })).toBeVisible();
});

test('files of a picked folder: moved aside, put back after a restart; what changed is left alone', async ({
  page,
}) => {
  await answerPickers(page, 'Photos');
  await openApp(page);
  const names = ["it's “one”.jpg", '👩‍👩‍👧 two.jpg', 'sub/three.jpg'];
  await fillPickedFolder(
    page,
    'Photos',
    Object.fromEntries(names.map((name) => [name, fixture('photos/hills-1.jpg')])),
  );
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: /folder/i }).click();
  await waitForImport(page, 3);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await photo(page, "it's “one”.jpg").getByRole('button', { name: 'Keep', exact: true }).click();
  await press(page, 'Dry run');
  const dialog = page.getByRole('dialog', { name: 'Dry run' });
  await dialog.getByRole('radio', { name: 'Move the files aside' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Script (shell)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('picsift-duplicates.sh');
  // Another program changes one of them meanwhile.
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Photos');
    const writable = await (await folder.getFileHandle('👩‍👩‍👧 two.jpg')).createWritable();
    await writable.write('changed');
    await writable.close();
  });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('1 file moved aside. 1 file was changed').first()).toBeVisible();
  const stays = ["it's “one”.jpg", '👩‍👩‍👧 two.jpg'].sort();
  const listed = async () =>
    (await page.evaluate(filesBelow)).map((path) => path.replace(/\d{4}-\d\d-\d\d/, 'day'));
  expect((await listed()).filter((path) => !path.endsWith('.json')).sort()).toEqual(
    [...stays, 'Picsift removed day/sub/three.jpg'].sort(),
  );

  // The app is closed; the next time the move is undone, file and photo.
  await page.goto('about:blank');
  await openApp(page, '#/duplicates');
  await press(page, 'Undo');
  await expect(page.getByText('2 photos are back').first()).toBeVisible();
  expect((await listed()).filter((path) => !path.endsWith('.json')).sort()).toEqual(
    [...stays, 'sub/three.jpg'].sort(),
  );
});

/** In the page: all files of the picked folder. */
async function filesBelow(): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: FileSystemDirectoryHandle, path: string) => {
    for await (const entry of folder.values()) {
      if (entry.kind === 'file') found.push(path + entry.name);
      else await visit(entry, `${path}${entry.name}/`);
    }
  };
  await visit(await (await navigator.storage.getDirectory()).getDirectoryHandle('Photos'), '');
  return found;
}
