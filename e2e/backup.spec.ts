import { readFileSync } from 'node:fs';
import { expectAccessible } from './support/accessible.ts';
import { closePhoto, detailOf, openApp, openPhoto, photoView, search } from './support/person.ts';
import { expect, expectCount, type Locator, type Page, test } from './support/seed.ts';
import { closeSettings, openSettings } from './support/settings.ts';
import { storedIn } from './support/stored.ts';

test.use({ viewport: { width: 1280, height: 3000 } });

/** The page as in browsers that write no files: what is saved is downloaded. */
async function withoutPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
}

function backupPart(settings: Locator): Locator {
  return settings.getByRole('region', { name: 'Backup' });
}

/** Chooses a backup and gives the question that follows. */
async function choose(page: Page, bytes: Buffer): Promise<Locator> {
  const part = backupPart(page.getByRole('dialog', { name: 'Settings' }));
  await part.getByLabel('Backup file').setInputFiles({
    name: 'picsift.picsift',
    mimeType: 'application/octet-stream',
    buffer: bytes,
  });
  const question = page.getByRole('alertdialog');
  await expect(question).toBeVisible();
  return question;
}

async function tagsOf(page: Page, name: string): Promise<string[]> {
  await openPhoto(page, name);
  const tags = photoView(page).getByRole('list', { name: 'Tags', exact: true }).getByRole('listitem');
  await expect(tags.first()).toBeVisible();
  const texts = await tags.allInnerTexts();
  await closePhoto(page);
  return texts;
}

test('a library is backed up, erased, and restored as it was', async ({ page, library }) => {
  await withoutPicker(page);
  const { label } = library.counts[0]!;
  const photo = library.present.find(({ tags }) => tags.has(label.id))!;
  await openApp(page);
  await openPhoto(page, photo.name);
  await photoView(page)
    .getByRole('list', { name: 'Tags', exact: true })
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await closePhoto(page);
  const tags = await tagsOf(page, photo.name);
  const before = await storedIn(page);

  const settings = await openSettings(page);
  const part = backupPart(settings);
  await expect(part).toContainText('There is no backup yet.');
  await part.getByText('With the photos’ own files').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    part.getByRole('button', { name: 'Save a backup …' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^picsift-\d{4}-\d\d-\d\d\.picsift$/);
  await expect(part.getByRole('status')).toContainText(`Saved: ${library.photos.length} photos`);
  await expect(part.getByRole('status')).toContainText(/\d+ of their files are in it/);
  await expect(part).toContainText(new RegExp(`Last backup: .*, ${library.photos.length} photos\\.`));
  await expectAccessible(page, 'a backup was saved');
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(1, 9).toString('latin1')).toBe('PSIFTBAK');

  await settings.getByRole('button', { name: 'Erase Picsift from this browser' }).click();
  const sure = page.getByRole('alertdialog');
  await sure.getByRole('textbox').fill('remove');
  await sure.getByRole('button', { name: 'Erase Picsift from this browser' }).click();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
  expect((await storedIn(page)).photos).toBe(0);

  // The address still says that the settings are open.
  await expect(settings).toBeVisible();
  const question = await choose(page, bytes);
  await expect(question).toContainText(`${library.photos.length} photos are new`);
  await expect(question).toContainText('1 decision on a tag is new');
  await expect(question).not.toContainText('damaged');
  await expectAccessible(page, 'the dry run of restoring');
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(backupPart(settings).getByRole('status')).toContainText('The backup is restored.');
  await closeSettings(page);

  await expectCount(page, library.present.length);
  expect(await storedIn(page)).toEqual(before);
  expect(await tagsOf(page, photo.name)).toEqual(tags);
  // Its file came back, too.
  await openPhoto(page, photo.name);
  expect(await detailOf(page, 'Kept')).toContain('stored in this browser');
  await closePhoto(page);
  await page.reload();
  await expectCount(page, library.present.length);
});

test('a damaged backup, taken into a library with photos, restores what is whole and loses nothing', async ({
  page,
  library,
}) => {
  // Where browsers write files, the backup goes straight to the chosen one.
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async () =>
        (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true }),
    });
  });
  const { label } = library.counts[0]!;
  const photo = library.present.find(({ tags }) => tags.has(label.id))!;
  await openApp(page);
  const say = async (what: 'Reject' | 'Accept') => {
    await openPhoto(page, photo.name);
    const list = photoView(page).getByRole('list', { name: 'Labels' });
    await list
      .getByRole('listitem')
      .filter({ hasText: label.en })
      .first()
      .getByRole('button', { name: `${what} ${label.en}` })
      .click();
    await closePhoto(page);
  };
  await say('Reject');
  const settings = await openSettings(page);
  const part = backupPart(settings);
  await part.getByRole('button', { name: 'Save a backup …' }).click();
  await expect(part.getByRole('status')).toContainText(`Saved: ${library.photos.length} photos`);
  const text = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getFileHandle('chosen')).getFile();
    return Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('');
  });
  const bytes = Buffer.from(text, 'latin1');

  let question = await choose(page, Buffer.from('a picture'));
  await expect(question).toContainText('It is not a backup of Picsift.');
  await question.getByRole('button', { name: 'Close' }).last().click();
  await closeSettings(page);

  // Decided otherwise since, and one photo is gone for good.
  await say('Accept');
  const gone = library.present.find(({ name }) => name !== photo.name && name.endsWith('.jpg'))!;
  await search(page, gone.name);
  await page.getByRole('gridcell', { name: gone.name }).first().press('Delete');
  await search(page, '');
  await openSettings(page);
  await settings.getByRole('button', { name: 'Remove for good' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(settings.getByText('Nothing was removed.')).toBeVisible();
  const before = await storedIn(page);

  const damaged = Buffer.from(bytes.subarray(0, bytes.length - 40));
  damaged[Math.floor(bytes.length * 0.55)]! ^= 1;
  question = await choose(page, damaged);
  await expect(question).toContainText('1 part of the file is damaged');
  await expect(question).toContainText('the file is cut off');
  await expect(question).toContainText('1 decision contradicts one that is here.');
  await question.getByText('Show them').click();
  await expect(question.getByRole('row', { name: photo.name })).toContainText(`has “${label.en}” (holds)`);
  await expectAccessible(page, 'the dry run of a damaged backup');
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(part.getByRole('status')).toContainText('The backup is restored.');
  await expect(part.getByRole('status')).toContainText('1 part of the file is damaged');
  await closeSettings(page);

  const after = await storedIn(page);
  expect(after.names).toEqual([...before.names, gone.name].sort());
  expect(after.blobs).toBe(before.blobs);
  expect(await tagsOf(page, photo.name)).toContainEqual(expect.stringContaining(label.en));
});

test('who has no backup for a month, in a browser that may clear the library, is reminded', async ({
  page,
}) => {
  await withoutPicker(page);
  await page.evaluate(async () => {
    const opening = indexedDB.open('picsift');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const transaction = opening.result.transaction('meta', 'readwrite');
    transaction.objectStore('meta').put({ at: Date.now() - 40 * 86_400_000, photos: 3 }, 'lastBackup');
    await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    opening.result.close();
  });
  await openApp(page);
  const reminder = page.getByRole('region', { name: 'Backup' });
  await expect(reminder).toContainText('Your tags and decisions are only in this browser');
  await expectAccessible(page, 'the reminder of a backup');
  await reminder.getByRole('button', { name: 'Save a backup' }).click();
  const part = backupPart(page.getByRole('dialog', { name: 'Settings' }));
  await expect(part).toContainText('a new one is due');
  await Promise.all([
    page.waitForEvent('download'),
    part.getByRole('button', { name: 'Save a backup …' }).click(),
  ]);
  await expect(part).not.toContainText('a new one is due');
  await closeSettings(page);
  await expect(reminder).toBeHidden();
});
