import { kill } from '../scripts/trust/kill.mjs';
import { expectAccessible } from './support/accessible.ts';
import { photo, press } from './support/duplicates.ts';
import { fixture } from './support/fixtures.ts';
import { waitForImport } from './support/person.ts';
import { launchProfile } from './support/profile.ts';
import { answerPickers, fillPickedFolder } from './support/sources.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ serveOptions: { overlay: tinyPackOverlay() } });

/** Files of duplicates in a picked folder. */

test('files of a picked folder: the browser is killed while they are moved; each is whole after it, and put back', async ({
  site,
}, info) => {
  const profile = temporaryFolder();
  const launch = async () => {
    const context = await launchProfile(info, profile);
    const page = context.pages()[0] ?? (await context.newPage());
    await answerPickers(page, 'Photos');
    return page;
  };
  const start = async (page: Page, fragment = '') => {
    await page.goto(`${site.url}${fragment}`);
    await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
  };
  let page = await launch();
  await start(page);
  const kept = "it's “one”.jpg";
  const movable = ['line\nbreak "q".jpg', 'sub/three.jpg'];
  const names = [kept, '👩‍👩‍👧 two.jpg', '-rf ;gone.jpg', ...movable];
  await fillPickedFolder(
    page,
    'Photos',
    Object.fromEntries(names.map((name) => [name, fixture('photos/hills-1.jpg')])),
  );
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: /folder/i }).click();
  await waitForImport(page, 5);
  await page.getByRole('link', { name: 'Duplicates' }).click();
  // What lies in a reference folder always stays, whatever the rules say.
  await press(page, 'What to compare');
  const scope = page.getByRole('dialog', { name: 'What to compare' });
  const references = scope.getByRole('textbox', { name: /^Reference folders/ });
  await references.fill('Elsewhere');
  await expect(scope.getByText('no photo lies in these folders: nothing is protected')).toBeVisible();
  await references.fill('photos/sub');
  await expect(scope.getByText('1 photo lies in them and always stays')).toBeVisible();
  await scope.getByRole('button', { name: 'Done' }).click();
  await press(page, 'Dry run');
  const planned = page.getByRole('list', { name: 'What would be removed' }).getByRole('listitem');
  await expect(planned).toHaveCount(4);
  await expect(planned.filter({ hasText: 'three.jpg stays' })).toHaveCount(4);
  await page.keyboard.press('Escape');
  await press(page, 'What to compare');
  await references.fill('');
  await scope.getByRole('button', { name: 'Done' }).click();
  await photo(page, kept).getByRole('button', { name: 'Keep', exact: true }).click();
  await press(page, 'Dry run');
  const dialog = page.getByRole('dialog', { name: 'Dry run' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Script (shell)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('picsift-duplicates.sh');
  // Deleting is asked about once more.
  await dialog.getByRole('radio', { name: 'Delete the files' }).check();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const sure = page.getByRole('alertdialog', { name: 'Delete 4 files for good?' });
  await expectAccessible(page, 'deleting files', sure);
  await sure.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('radio', { name: 'Move the files aside' }).check();
  await expectAccessible(page, 'a dry run with files', dialog);
  // Without leave nothing is done.
  await page.evaluate(answerRequests, 'denied' as const);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('Without leave to change the folder nothing was done.')).toBeVisible();
  await page.evaluate(answerRequests, 'granted' as const);
  // Another program changes one of them and deletes one meanwhile.
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Photos');
    const writable = await (await folder.getFileHandle('👩‍👩‍👧 two.jpg')).createWritable();
    await writable.write('changed');
    await writable.close();
    await folder.removeEntry('-rf ;gone.jpg');
  });
  const library = page.workers().find((worker) => worker.url().includes('library'))!;
  await library.evaluate(holdSecondRemoval);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText(/^Moving files aside: \d of 4$/)).toBeVisible();
  await expect.poll(() => library.evaluate(() => 'isHeld' in globalThis)).toBe(true);
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeVisible();
  // No other tab works on files meanwhile.
  const locks = await page.evaluate(async () =>
    (await navigator.locks.query()).held?.map(({ name }) => name),
  );
  expect(locks).toContain('picsift-files');
  await kill(page, 'browser');

  page = await launch();
  await start(page, '#/duplicates');
  const cutOff = cutOffIn(page);
  await expect(cutOff).toBeVisible();
  await expectAccessible(page, 'work that was cut off', cutOff);
  // Each that was to go is whole: one in its new place, one in its old one, and as a copy.
  const places = async () =>
    (await page.evaluate(filesBelow))
      .filter((path) => !path.endsWith('.json'))
      .map((path) => path.replace(/\d{4}-\d\d-\d\d/, 'day'));
  const stay = [kept, '👩‍👩‍👧 two.jpg'];
  const aside = (path: string) => `Picsift removed day/${path}`;
  const listed = await places();
  const old = movable.filter((path) => listed.includes(path));
  expect(old).toHaveLength(1);
  expect(listed.sort()).toEqual([...stay, ...old, ...movable.map(aside)].sort());
  // Access was taken away: nothing happens, and that is said.
  await page.evaluate(answerRequests, 'denied' as const);
  await press(page, 'Undo');
  await expect(page.getByText('Without leave to change the folder nothing was done.').first()).toBeVisible();
  await page.evaluate(answerRequests, 'granted' as const);
  await press(page, 'Tidy up');
  await expect(cutOff).toBeHidden();
  expect((await places()).sort()).toEqual(
    [...stay, ...movable.map((path) => (old.includes(path) ? path : aside(path)))].sort(),
  );
  await press(page, 'Undo');
  await expect(page.getByText('4 photos are back').first()).toBeVisible();
  expect((await places()).sort()).toEqual([...stay, ...movable].sort());
  // Deleting, with access taken away in the middle: what is not deleted is whole, and that is said.
  await press(page, 'Dry run');
  const again = page.getByRole('dialog', { name: 'Dry run' });
  await again.getByRole('radio', { name: 'Delete the files' }).check();
  await again.getByRole('button', { name: 'Apply' }).click();
  const worker = page.workers().find((one) => one.url().includes('library'))!;
  await worker.evaluate(withdrawAfterSecondRemoval);
  await page.getByRole('button', { name: 'Delete files' }).click();
  await expect(page.getByText(/1 file deleted\. \d files? w/)).toBeVisible();
  await expect(cutOffIn(page)).toBeVisible();
  await worker.evaluate(() => Reflect.get(globalThis, 'giveAccess')());
  await press(page, 'Tidy up');
  await expect(cutOffIn(page)).toBeHidden();
  const left = await places();
  expect(left).toHaveLength(stay.length + 1);
  expect([...stay, ...movable]).toEqual(expect.arrayContaining(left));
  // A notice offers it, too.
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(page.getByText(/\d photos? (is|are) back 1 photo stays removed/)).toBeVisible();
  await page.context().close();
});

function cutOffIn(page: Page) {
  return page.getByRole('region', { name: 'Work on files was cut off' });
}

/** In the page: what the person answers when the browser asks for leave. */
function answerRequests(answer: 'granted' | 'denied'): void {
  FileSystemHandle.prototype.requestPermission = async () => answer;
}

/** In the library worker: the second file that is to be removed from a folder is not, and what removes it waits. */
function holdSecondRemoval(): void {
  const { removeEntry } = FileSystemDirectoryHandle.prototype;
  let removals = 0;
  FileSystemDirectoryHandle.prototype.removeEntry = function (name) {
    removals++;
    if (removals < 2) return removeEntry.call(this, name);
    Object.assign(globalThis, { isHeld: true });
    return new Promise(() => {});
  };
}

/** In the library worker: after the second file or folder that is removed no file of a folder can be had. */
function withdrawAfterSecondRemoval(): void {
  const { removeEntry, getFileHandle } = FileSystemDirectoryHandle.prototype;
  let removals = 0;
  Object.assign(FileSystemDirectoryHandle.prototype, {
    removeEntry(this: FileSystemDirectoryHandle, name: string) {
      removals++;
      return removeEntry.call(this, name);
    },
    async getFileHandle(this: FileSystemDirectoryHandle, name: string, options?: FileSystemGetFileOptions) {
      if (removals >= 2) throw new DOMException('no access', 'NotAllowedError');
      return getFileHandle.call(this, name, options);
    },
  });
  Object.assign(globalThis, {
    giveAccess: () => Object.assign(FileSystemDirectoryHandle.prototype, { removeEntry, getFileHandle }),
  });
}

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
