import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
import { openApp, openPhoto, photoCell, photoView, shownNames, waitForImport } from './support/person.ts';
import { openSettings } from './support/settings.ts';
import { answerPickers, fillPickedFolder } from './support/sources.ts';
import { storedIn } from './support/stored.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({
  viewport: { width: 1280, height: 900 },
  serveOptions: { overlay: tinyPackOverlay() },
  keptOffline: false,
});

const byName = '#/?sort=name';
const photos = {
  'a.jpg': fixture('photos/hills-1.jpg'),
  'b.jpg': fixture('photos/beach-1.jpg'),
  'c.jpg': fixture('photos/city-1.jpg'),
};

/** Gives the folder to the app, as a person picks one. */
async function pickFolder(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
}

/** Moves or deletes a file of the picked folder, as another program would. */
async function moveFile(page: Page, from: string, to: string | null): Promise<void> {
  await page.evaluate(
    async ({ from, to }) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('Holidays');
      const file = await (await folder.getFileHandle(from)).getFile();
      const bytes = await file.arrayBuffer();
      await folder.removeEntry(from);
      if (to === null) return;
      const parts = to.split('/');
      const name = parts.pop() ?? '';
      let place = to.startsWith('/') ? root : folder;
      for (const part of parts.filter((one) => one !== ''))
        place = await place.getDirectoryHandle(part, { create: true });
      const writable = await (await place.getFileHandle(name, { create: true })).createWritable();
      await writable.write(bytes);
      await writable.close();
    },
    { from, to },
  );
}

/** The next file that the person chooses lies at the top of the private file system. */
async function answerFilePicker(page: Page, name: string): Promise<void> {
  await page.evaluate((file) => {
    const picked = async () => [await (await navigator.storage.getDirectory()).getFileHandle(file)];
    Object.assign(window, { showOpenFilePicker: picked });
  }, name);
}

test('a picked folder is kept in step: new, moved, changed and missing files; a missing one is found again', async ({
  page,
}) => {
  await answerPickers(page, 'Holidays');
  await openApp(page, byName);
  await fillPickedFolder(page, 'Holidays', photos);
  await pickFolder(page);
  await waitForImport(page, 3);
  // A decision, to see what it stays with.
  const view = await openPhoto(page, 'a.jpg');
  await view.getByRole('combobox', { name: 'Add a tag' }).fill('mine');
  await page.keyboard.press('Enter');
  await expect(view.getByRole('list', { name: 'Tags' }).getByText('mine')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(view).toBeHidden();

  // The browser tells of changes by itself.
  await moveFile(page, 'a.jpg', 'deep/er/renamed.jpg');
  await moveFile(page, 'b.jpg', '/elsewhere.jpg');
  await fillPickedFolder(page, 'Holidays', {
    'new.jpg': fixture('photos/forest-1.jpg'),
    'c.jpg': fixture('photos/hills-2.jpg'),
    'film.mp4': fixture('unsupported/notes.txt'),
  });
  await expect.poll(() => shownNames(page)).toEqual(['b.jpg', 'c.jpg', 'new.jpg', 'renamed.jpg']);
  expect(await storedIn(page)).toMatchObject({ photos: 4, blobs: 0 });
  await expect(photoCell(page, 'b.jpg')).toHaveAttribute('aria-description', 'Its file was not where it was');
  await expect(photoCell(page, 'b.jpg').locator('img')).toBeVisible();
  const moved = await openPhoto(page, 'renamed.jpg');
  await expect(moved.getByRole('list', { name: 'Tags' }).getByText('mine')).toBeVisible();
  await expect(moved.getByText('Holidays/deep/er/renamed.jpg')).toBeVisible();
  await page.keyboard.press('Escape');

  // Folders are completed by name.
  const box = page.getByRole('searchbox', { name: 'Search', exact: true });
  const offered = page.getByRole('listbox').getByRole('option');
  await box.fill('folder:er');
  await expect(offered).toHaveText(['Holidays/deep/er1']);
  await box.fill('-mine folder:dee');
  await offered.filter({ hasText: /deep1/ }).click();
  const filters = page.getByRole('list', { name: 'Active filters' });
  await expect(filters).toContainText('Holidays/deep');
  await expect.poll(() => shownNames(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await box.fill('folder:holi');
  await offered.filter({ hasText: /^Holidays4/ }).click();
  await expect.poll(() => shownNames(page)).toEqual(['b.jpg', 'c.jpg', 'new.jpg', 'renamed.jpg']);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await box.fill('-folder:dee');
  await offered.filter({ hasText: /deep1/ }).click();
  await expect(filters).toHaveText('not in folder “Holidays/deep”');
  await expect.poll(() => shownNames(page)).toEqual(['b.jpg', 'c.jpg', 'new.jpg']);
  await page.getByRole('button', { name: 'Clear all' }).click();

  // In the settings: how the folder stands, looked through on request.
  const settings = await openSettings(page);
  const folder = settings.getByRole('list', { name: 'Folders' }).getByRole('listitem');
  await expect(folder).toContainText('Holidays');
  await expect(folder).toContainText('4 photos');
  await expectAccessible(page, 'settings with a folder');
  await folder.getByRole('switch', { name: 'Keep in step by itself' }).focus();
  await page.keyboard.press('Space');
  await moveFile(page, 'new.jpg', 'newer.jpg');
  await folder.getByRole('button', { name: 'Look for changes in Holidays' }).click();
  await expect(page.getByText('1 moved', { exact: true })).toBeVisible();
  await folder.getByRole('button', { name: '1 file missing' }).click();
  await expect(page.getByRole('heading', { name: 'File missing 1' })).toBeVisible();
  await expectAccessible(page, 'missing files');

  // The person shows where it is; another picture takes its place only if that is meant.
  await openPhoto(page, 'b.jpg');
  await expect(photoView(page).getByRole('alert')).toContainText('no longer where it was');
  await expectAccessible(page, 'a missing photo');
  await answerFilePicker(page, 'other.jpg');
  await page.evaluate(
    async (base64) => {
      const root = await navigator.storage.getDirectory();
      const writable = await (await root.getFileHandle('other.jpg', { create: true })).createWritable();
      await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
      await writable.close();
    },
    readFileSync(fixture('photos/night-1.jpg')).toString('base64'),
  );
  await photoView(page).getByRole('button', { name: 'Show where it is' }).click();
  await page
    .getByRole('alertdialog', { name: 'Use another picture?' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await answerFilePicker(page, 'elsewhere.jpg');
  await photoView(page).getByRole('button', { name: 'Show where it is' }).click();
  await expect(page.getByText('Found again.')).toBeVisible();
  await expect(photoView(page).getByRole('img', { name: 'elsewhere.jpg' })).toBeVisible();
  await expect(photoView(page).getByRole('alert')).toBeHidden();
});

/** What the library worker's script begins with where permission has lapsed; a word on the channel gives it. */
const lapsed = `
let given = false;
new BroadcastChannel('permission').onmessage = () => { given = true; };
FileSystemHandle.prototype.queryPermission = async () => (given ? 'granted' : 'prompt');
const getFile = FileSystemFileHandle.prototype.getFile;
FileSystemFileHandle.prototype.getFile = function () {
  return given ? getFile.call(this) : Promise.reject(new DOMException('not allowed', 'NotAllowedError'));
};
`;

test('after a restart one button gives access again, and what changed meanwhile is seen', async ({
  page,
  context,
  site,
  watch,
}) => {
  watch.allow(/404/);
  await answerPickers(page, 'Holidays');
  await openApp(page, byName);
  await fillPickedFolder(page, 'Holidays', photos);
  await pickFolder(page);
  await waitForImport(page, 3);
  await page.goto(`${site.url}models/starter/pack.json`);
  await fillPickedFolder(page, 'Holidays', { 'new.jpg': fixture('photos/forest-1.jpg') });

  await context.route(/library\.worker/, async (route) => {
    const script = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response: script, body: lapsed + (await script.text()) });
  });
  await context.addInitScript(() => {
    if (!('FileSystemHandle' in self)) return; // about:blank
    let asked = 0;
    FileSystemHandle.prototype.requestPermission = async () => {
      document.title = `asked ${++asked}`;
      if (asked === 1) return 'denied';
      new BroadcastChannel('permission').postMessage('given');
      await new Promise((resolve) => setTimeout(resolve, 50));
      return 'granted';
    };
  });
  await openApp(page, byName);
  const banner = page.getByRole('status').filter({ hasText: 'only after it asked you' });
  await expect(banner).toBeVisible();
  await expect.poll(() => shownNames(page)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  await expectAccessible(page, 'a folder that waits for permission');
  // Refused once: that is said, nothing changes, and it can be asked for again.
  const allow = banner.getByRole('button', { name: 'Allow access' });
  await allow.click();
  await expect(page.getByText('The browser did not give access.')).toBeVisible();
  await expect.poll(() => shownNames(page)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  await allow.click();
  await expect(banner).toBeHidden();
  await expect.poll(() => shownNames(page)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'new.jpg']);
  // Once for the folder each time, not for each file.
  await expect(page).toHaveTitle('asked 2');
});
