import { copyFileSync, cpSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fixture, fixturesOf, photoFiles } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  detailOf,
  openApp,
  openPhoto,
  photoCell,
  shownNames,
  shownScores,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { closeSettings, openSettings } from './support/settings.ts';
import {
  addFolder,
  answerPickers,
  dropBytes,
  dropOnPage,
  fillPickedFolder,
  paste,
} from './support/sources.ts';
import { storedIn } from './support/stored.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({
  viewport: { width: 1280, height: 1600 },
  serveOptions: { overlay: tinyPackOverlay() },
  keptOffline: false,
});

const byName = '#/?sort=name';
const progress = (page: Page) => page.getByRole('region', { name: 'Import progress' });

/** All of them are there once, tagged and with a picture, and nothing else is. */
async function expectLibrary(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(async () => [...(await shownNames(page))].sort()).toEqual([...names].sort());
  for (const name of names) {
    await waitForThumbnail(page, name);
    await expect(photoCell(page, name)).not.toHaveAttribute('aria-description');
  }
}

test.describe('files that are chosen', () => {
  const files = photoFiles(6);

  test('are counted, named and shown, and are not added twice', async ({ page }) => {
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitForImport(page, 6);
    await expectLibrary(
      page,
      files.map((file) => basename(file)),
    );
    expect(await storedIn(page)).toMatchObject({ photos: 6, contents: 6, blobs: 6, thumbnails: 6 });

    await addPhotos(page, files);
    await expect(page.getByText('6 were already there.')).toBeVisible();
    await expectLibrary(
      page,
      files.map((file) => basename(file)),
    );
    expect(await storedIn(page)).toMatchObject({ photos: 6, contents: 6, blobs: 6, thumbnails: 6 });
  });

  test('the panel and the bar of the selection do not cover one another', async ({ page }) => {
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitForImport(page, 6);
    await photoCell(page, files[0] ?? '').focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('region', { name: 'Selection' });
    for (const [width, height] of [
      [1366, 768],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect(bar).toBeVisible();
      // In one call: both move while they come.
      const gap = () =>
        progress(page).evaluate((panel) => {
          const selection = document.querySelector('.selection-bar')?.getBoundingClientRect();
          return (selection?.top ?? 0) - panel.getBoundingClientRect().bottom;
        });
      await expect.poll(gap, { message: `${width} x ${height}` }).toBeGreaterThan(0);
      await progress(page).getByRole('button', { name: 'Show less' }).click();
      await progress(page).getByRole('button', { name: 'Show more' }).click();
    }
  });

  test('some new, some not: only the new ones are added', async ({ page }) => {
    await openApp(page, byName);
    await addPhotos(page, files.slice(0, 3));
    await waitForImport(page, 3);
    await progress(page).getByRole('button', { name: 'Dismiss' }).click();
    await addPhotos(page, files.slice(1, 5));
    await waitForImport(page, 2);
    await expect(progress(page)).toContainText('2 already there');
    expect(await storedIn(page)).toMatchObject({ photos: 5, contents: 5, blobs: 5 });
  });
});

test('a folder that is chosen is read with the folders in it, and is not added twice', async ({ page }) => {
  await openApp(page, byName);
  await addFolder(page, fixture('nested'));
  await waitForImport(page, 2);
  await expectLibrary(page, ['IMG_0001.jpg', 'IMG_0002.jpg']);
  await openPhoto(page, 'IMG_0002.jpg');
  expect(await detailOf(page, 'Path')).toBe('nested/2024/summer/day 2/IMG_0002.jpg');
  await closePhoto(page);

  await addFolder(page, fixture('nested'));
  await expect(page.getByText('2 were already there.')).toBeVisible();
  expect(await storedIn(page)).toMatchObject({ photos: 2, contents: 2 });
});

test('files and folders that are dropped are read from where they are, links that lead round in circles left out', async ({
  page,
}) => {
  await openApp(page, byName);
  const folder = temporaryFolder();
  cpSync(fixture('nested'), join(folder, 'nested'), { recursive: true });
  symlinkSync('..', join(folder, 'nested/2024/round'));
  symlinkSync('.', join(folder, 'nested/itself'));
  const dropped = [fixture('photos/hills-1.jpg'), join(folder, 'nested')];
  await dropOnPage(page, dropped);
  await waitForImport(page, 3);
  await expectLibrary(page, ['hills-1.jpg', 'IMG_0001.jpg', 'IMG_0002.jpg']);
  await openPhoto(page, 'IMG_0001.jpg');
  expect(await detailOf(page, 'Path')).toBe('nested/2024/summer/IMG_0001.jpg');
  expect(await detailOf(page, 'Kept')).toBe('read from your disk when needed');
  await closePhoto(page);
  expect(await storedIn(page)).toMatchObject({ photos: 3, contents: 2, blobs: 0 });

  await dropOnPage(page, dropped);
  await expect(page.getByText('3 were already there.')).toBeVisible();
  expect(await storedIn(page)).toMatchObject({ photos: 3 });
});

test('pictures that are dropped without a file on disk are kept', async ({ page }) => {
  await openApp(page, byName);
  const files = photoFiles(2);
  await dropBytes(page, files);
  await waitForImport(page, 2);
  await expectLibrary(
    page,
    files.map((file) => basename(file)),
  );
  expect(await storedIn(page)).toMatchObject({ photos: 2, blobs: 2 });
});

test('a picture that is pasted is added', async ({ page }) => {
  await openApp(page, byName);
  const [file = ''] = photoFiles(1);
  await paste(page, [file]);
  await waitForImport(page, 1);
  await expectLibrary(page, [basename(file)]);
});

test('text that is pasted stays text', async ({ page }) => {
  await openApp(page);
  const box = page.getByRole('searchbox', { name: 'Search' });
  await box.focus();
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', 'beach');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer }),
    );
  });
  await expect(page.getByText('There were no files in what came in.')).toBeHidden();
  await expect(progress(page)).toBeHidden();
});

test.describe('with pickers that give handles', () => {
  const files = {
    'one.jpg': fixture('photos/hills-1.jpg'),
    'deep/er/two.jpg': fixture('photos/beach-1.jpg'),
    'deep/notes.txt': fixture('unsupported/notes.txt'),
    'deep/.DS_Store': fixture('unsupported/notes.txt'),
  };

  test.beforeEach(async ({ page }) => {
    await answerPickers(page, 'Holidays');
    await openApp(page, byName);
    await fillPickedFolder(page, 'Holidays', files);
  });

  async function choose(page: Page, what: string): Promise<void> {
    await page.getByRole('button', { name: 'More ways to add' }).click();
    await page.getByRole('menuitem', { name: what }).click();
  }

  test('a folder is read in place: no bytes are copied, and it is not added twice', async ({ page }) => {
    await choose(page, 'Choose a folder');
    // The text is listed as not supported; what systems put into folders is not even mentioned.
    await waitForImport(page, 3);
    await expectLibrary(page, ['one.jpg', 'two.jpg']);
    const problems = page.getByRole('list', { name: 'Files with a problem' }).getByRole('listitem');
    await expect(problems).toHaveCount(1);
    await expect(problems).toContainText('Holidays/deep/notes.txt');
    expect(await storedIn(page)).toMatchObject({ photos: 2, blobs: 0, kinds: { handle: 2, stored: 0 } });
    await openPhoto(page, 'two.jpg');
    expect(await detailOf(page, 'Path')).toBe('Holidays/deep/er/two.jpg');
    await expect(page.getByRole('img', { name: 'two.jpg' })).toBeVisible();
    await closePhoto(page);

    await choose(page, 'Choose a folder');
    await expect(progress(page)).toContainText('2 already there');
    expect(await storedIn(page)).toMatchObject({ photos: 2, blobs: 0 });
    // The same file, chosen by itself.
    await page.getByRole('button', { name: 'Add photos' }).click();
    await expect(page.getByText('1 was already there.')).toBeVisible();
    expect(await storedIn(page)).toMatchObject({ photos: 2, blobs: 0 });
  });

  test('it is still there after a reload, read from the disk', async ({ page }) => {
    await choose(page, 'Choose a folder');
    await waitForImport(page, 3);
    await page.reload();
    await expectLibrary(page, ['one.jpg', 'two.jpg']);
    await openPhoto(page, 'one.jpg');
    await expect(page.getByRole('img', { name: 'one.jpg' })).toBeVisible();
  });

  test('nothing chosen, nothing said', async ({ page }) => {
    await page.evaluate(() => {
      window.showDirectoryPicker = () => Promise.reject(new DOMException('The user aborted.', 'AbortError'));
    });
    await choose(page, 'Choose a folder');
    await expect(page.getByRole('menu')).toBeHidden();
    await expect(progress(page)).toBeHidden();
    await expect(page.getByText(/did not work|no photos in that folder/)).toBeHidden();
  });
});

test('equal bytes under another name are another photo with the same results', async ({ page }) => {
  await openApp(page, byName);
  const same = ['photos/hills-1.jpg', 'duplicates/hills copy.jpg'];
  await addPhotos(page, same.map(fixture));
  await waitForImport(page, 2);
  await expectLibrary(page, ['hills-1.jpg', 'hills copy.jpg']);
  // Bytes, thumbnail and results are there once.
  expect(await storedIn(page)).toMatchObject({ photos: 2, contents: 1, blobs: 1, thumbnails: 1 });
  const scores = [];
  for (const name of ['hills-1.jpg', 'hills copy.jpg']) {
    await openPhoto(page, name);
    await expect(page.getByRole('img', { name })).toBeVisible();
    scores.push(await shownScores(page));
    await closePhoto(page);
  }
  expect(scores[0]?.length).toBeGreaterThan(0);
  expect(scores[1]).toEqual(scores[0]);

  // One of them goes for good; the other keeps everything.
  await photoCell(page, 'hills-1.jpg').focus();
  await page.keyboard.press('Delete');
  await expect(photoCell(page, 'hills-1.jpg')).toBeHidden();
  const settings = await openSettings(page);
  await settings.getByRole('button', { name: 'Remove for good' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(page.getByText('Removed 1 photo for good.')).toBeVisible();
  await closeSettings(page);
  expect(await storedIn(page)).toMatchObject({ photos: 1, contents: 1, blobs: 1, thumbnails: 1 });
  await openPhoto(page, 'hills copy.jpg');
  await expect(page.getByRole('img', { name: 'hills copy.jpg' })).toBeVisible();
});

test.describe('an import can be', () => {
  const files = fixturesOf('photo').map(({ file }) => file);

  /** Starts an import that stops after a few photos. */
  async function pauseAfterSome(page: Page): Promise<number> {
    await openApp(page, byName);
    await addPhotos(page, files);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(progress(page)).toContainText('Paused');
    // What was under way ends; then nothing moves any more.
    let before = -1;
    await expect
      .poll(
        async () => {
          const done = await doneOf(page);
          const still = done === before;
          before = done;
          return still;
        },
        { intervals: [400] },
      )
      .toBe(true);
    return doneOf(page);
  }

  async function doneOf(page: Page): Promise<number> {
    return Number(/(\d+) \/ \d+/.exec((await progress(page).textContent()) ?? '')?.[1]);
  }

  test('paused and continued', async ({ page }) => {
    const done = await pauseAfterSome(page);
    expect(done).toBeLessThan(files.length);
    await progress(page).getByRole('button', { name: 'Continue' }).click();
    await waitForImport(page, files.length);
    expect(await storedIn(page)).toMatchObject({ photos: files.length, contents: files.length });
  });

  test('cancelled: what is done stays, the rest is taken out again', async ({ page }) => {
    const done = await pauseAfterSome(page);
    await progress(page).getByRole('button', { name: 'Cancel' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Stop adding photos?' });
    await expect(dialog).toContainText(`${files.length - done} photos that wait`);
    await dialog.getByRole('button', { name: 'Keep going' }).click();
    await expect(progress(page)).toContainText(`${done} / ${files.length}`);

    await progress(page).getByRole('button', { name: 'Cancel' }).click();
    await dialog.getByRole('button', { name: 'Stop adding' }).click();
    await expect.poll(async () => (await storedIn(page)).photos).toBe(done);
    await expect.poll(() => shownNames(page)).toHaveLength(done);
    expect((await storedIn(page)).blobs).toBe(done);

    // Nothing stands in the way of adding them again.
    await addPhotos(page, files);
    await expect.poll(async () => (await storedIn(page)).contents).toBe(files.length);
    expect(await storedIn(page)).toMatchObject({ photos: files.length, blobs: files.length });
  });

  test('cancelled while its files still come in: no more of them come', async ({ page }) => {
    const folder = temporaryFolder();
    const many = Array.from({ length: 800 }, (_, i) => join(folder, `${i}.png`));
    for (const file of many) copyFileSync(fixture('formats/picture.png'), file);
    await openApp(page, byName);
    await addPhotos(page, many);
    await expect(progress(page)).toContainText(/[1-9]\d* \/ \d+/);
    await progress(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop adding' }).click();
    await expect(progress(page)).toContainText('Stopped');
    const done = await doneOf(page);
    expect(done).toBeLessThan(many.length);
    await expect(progress(page)).toContainText(`${done} / ${done}`);
    await expect.poll(async () => (await storedIn(page)).photos).toBe(done);
    // Nothing follows.
    await page.waitForTimeout(800);
    expect(await storedIn(page)).toMatchObject({ photos: done });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Photos${done}`);
  });
});
