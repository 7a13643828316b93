import { basename } from 'node:path';
import { fixture, photoFiles } from './support/fixtures.ts';
import { openApp, shownNames, waitForImport } from './support/person.ts';
import { fillPickedFolder } from './support/sources.ts';
import { storedIn } from './support/stored.ts';
import { expect, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

test.use({ viewport: { width: 1280, height: 900 }, serveOptions: { overlay: tinyPackOverlay() } });

test('what other apps share is taken in without a network, and so is a file that is opened with the app', async ({
  page,
  context,
  site,
}) => {
  // A window that the system starts with files.
  await page.addInitScript(() => {
    let consumer: (launch: { files: FileSystemHandle[] }) => void = () => {};
    const setConsumer = (given: typeof consumer) => {
      consumer = given;
    };
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
    addEventListener('test-launch', async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('System');
      consumer({ files: [await folder.getFileHandle('opened.jpg')] });
    });
  });
  await openApp(page, '#/?sort=name');
  await expect(page.getByText('Ready offline').first()).toBeVisible();
  const manifest = await page.evaluate(async () => (await fetch('manifest.webmanifest')).json());
  expect(manifest.share_target).toMatchObject({ action: './share', method: 'POST' });
  expect(manifest.file_handlers[0].accept).toMatchObject({ 'image/jpeg': ['.jpg', '.jpeg'] });

  await context.setOffline(true);
  await site.stop();
  // As the system does: a form of another origin, whose answer is the app.
  const files = photoFiles(2);
  await page.goto('about:blank');
  await page.setContent(
    `<form action="${site.url}share" method="post" enctype="multipart/form-data"><input type="file" name="photos" multiple><button>Share</button></form>`,
  );
  await page.locator('input').setInputFiles([...files]);
  await page.getByRole('button', { name: 'Share' }).click();
  await waitForImport(page, 2);
  expect((await shownNames(page)).toSorted()).toEqual(files.map((file) => basename(file)).sort());
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('picsift-shared')).keys()).length))
    .toBe(0);
  expect(new URL(page.url()).search).toBe('');

  await fillPickedFolder(page, 'System', { 'opened.jpg': fixture('photos/night-1.jpg') });
  await page.evaluate(() => dispatchEvent(new Event('test-launch')));
  await expect.poll(() => shownNames(page)).toContain('opened.jpg');
  expect((await storedIn(page)).kinds).toEqual({ handle: 1, stored: 2 });

  await page.goto(`${site.url}?share=failed`);
  await expect(page.getByText('What was shared could not be kept')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});
