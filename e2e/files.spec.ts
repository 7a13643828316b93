import { readFileSync, statSync } from 'node:fs';
import { cornersOf } from './support/corners.ts';
import { allFixtures, type Fixture, fixture, fixturesOf } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  detailOf,
  openApp,
  openPhoto,
  photoCell,
  photoView,
  search,
  shownNames,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { closeSettings, openSettings } from './support/settings.ts';
import { answerPickers, fillPickedFolder } from './support/sources.ts';
import { storedIn } from './support/stored.ts';
import { expect, type Locator, type Page, test } from './support/test.ts';
import { tinyPackOverlay, waitUntilKept } from './support/tiny-pack.ts';

const overlay = tinyPackOverlay();
test.use({ viewport: { width: 1280, height: 1600 }, serveOptions: { overlay }, keptOffline: false });

const byName = '#/?sort=name';
const problems = (page: Page) =>
  page.getByRole('list', { name: 'Files with a problem' }).getByRole('listitem');

/** What a failure says to the person. */
function reasonOf({ expect: expected }: Fixture): RegExp {
  if (expected.ok) throw new Error('not a failure');
  switch (expected.code) {
    case 'broken':
      return /The picture is damaged or incomplete and cannot be decoded\./;
    case 'empty-file':
      return /The file is empty \(0 bytes\)\./;
    case 'zero-size':
      return /The file says that the picture is 0 pixels wide or high\./;
    case 'too-many-pixels':
      return new RegExp(
        `Too large: ${Number(expected.found).toLocaleString('en')} megapixels, the limit is 120\\.`,
      );
    case 'unsupported-type':
      return new RegExp(`Not a supported picture: ${expected.found}\\. Picsift reads JPEG, PNG`, 'i');
    default:
      throw new Error(`no words for ${expected.code}`);
  }
}

/** The lines of the open photo's details, by name. */
function shownDetails(page: Page): Promise<{ name: string; lines: Record<string, string> }> {
  return photoView(page).evaluate((view) => ({
    name: view.querySelector('h1')?.textContent ?? '',
    lines: Object.fromEntries(
      [...view.querySelectorAll('dl dt')].map((term) => [
        term.textContent ?? '',
        term.nextElementSibling?.textContent ?? '',
      ]),
    ),
  }));
}

const plain = (text: string | undefined) => text?.replace(/[\u202f\u00a0]/g, ' ');
const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Holds what the photo view says of a fixture against what is in the file. */
function expectDetails(name: string, lines: Readonly<Record<string, string>>): void {
  const { expect: expected } = allFixtures.find((one) => one.name === name) as Fixture;
  if (!expected.ok) throw new Error(`${name} should not be a photo`);
  const { width, height } = expected;
  const shown = (value: number) => value.toLocaleString('en');
  expect.soft(lines.Dimensions, name).toContain(`${shown(width)} × ${shown(height)} pixels`);
  const exif = expected.exif as {
    capturedAt?: number | null;
    make?: string;
    model?: string;
    lens?: string | null;
    iso?: number;
    focalLength?: number;
    fNumber?: number;
    gps?: { latitude: number; longitude: number } | null;
  } | null;
  if (typeof exif?.capturedAt === 'number') {
    expect.soft(plain(lines.Taken), name).toBe(plain(dateTime.format(exif.capturedAt)));
  } else {
    expect.soft(lines, name).not.toHaveProperty('Taken');
  }
  if (exif?.make && exif.model) expect.soft(lines.Camera, name).toBe(`${exif.make} ${exif.model}`);
  if (exif === null) expect.soft(lines, name).not.toHaveProperty('Camera');
  if (exif !== null) expect.soft(lines.Lens, name).toBe(exif?.lens ?? undefined);
  if (exif?.iso) {
    expect.soft(lines.Exposure, name).toContain(`ISO ${exif.iso}`);
    expect.soft(lines.Exposure, name).toContain(`${exif.focalLength} mm`);
    expect.soft(lines.Exposure, name).toContain(`f/${exif.fNumber}`);
  }
  if (exif?.gps) {
    const { latitude, longitude } = exif.gps;
    expect.soft(lines.Location, name).toContain(`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  } else {
    expect.soft(lines, name).not.toHaveProperty('Location');
  }
}

test('every file becomes a photo or is listed with its reason, and costs only itself', async ({ page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await openApp(page, byName);
  await addPhotos(
    page,
    allFixtures.map(({ file }) => file),
  );
  await waitForImport(page, allFixtures.length);

  const bad = allFixtures.filter(({ expect: expected }) => !expected.ok);
  const good = allFixtures.filter(({ expect: expected }) => expected.ok);
  await expect(page.getByRole('region', { name: 'Import progress' })).toContainText(
    `${bad.length} files with a problem`,
  );
  await expect(problems(page)).toHaveCount(bad.length);
  for (const file of bad) {
    const row = problems(page).filter({ hasText: file.name });
    await expect.soft(row, file.name).toHaveCount(1);
    await expect.soft(row, file.name).toContainText(reasonOf(file));
  }
  const contents = new Set(good.map(({ sha256 }) => sha256)).size;
  expect(await storedIn(page)).toMatchObject({ thumbnails: contents, contents });

  // All of them, one after the other, with what the file and the camera say.
  await page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell').first().focus();
  await page.keyboard.press('Enter');
  await expect(photoView(page)).toContainText(`1 of ${good.length}`);
  const seen: string[] = [];
  for (let i = 0; i < good.length; i++) {
    await expect(photoView(page)).toContainText(`${i + 1} of ${good.length}`);
    await expect
      .poll(async () => {
        const { name, lines } = await shownDetails(page);
        return name !== '' && !seen.includes(name) && 'Dimensions' in lines;
      })
      .toBe(true);
    const { name, lines } = await shownDetails(page);
    seen.push(name);
    expectDetails(name, lines);
    await page.keyboard.press('ArrowRight');
  }
  expect([...seen].sort()).toEqual(good.map(({ name }) => name).sort());

  expect(dialogs).toEqual([]);
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
});

test('orientations, rare kinds of pictures and first frames look as they should, in the grid and when opened', async ({
  page,
}) => {
  const cornered = allFixtures.filter(({ expect: expected }) => expected.ok && expected.corners);
  expect(cornered.length).toBeGreaterThan(18);
  await openApp(page, byName);
  await addPhotos(
    page,
    cornered.map(({ file }) => file),
  );
  await waitForImport(page, cornered.length);
  for (const { name, expect: expected } of cornered) {
    const { width, height } = await waitForThumbnail(page, name);
    expect.soft(width / height, name).toBeCloseTo(expected.ok ? expected.width / expected.height : 0, 1);
    const inGrid = await cornersOf(photoCell(page, name).locator('img'));
    expect.soft(inGrid, `${name} in the grid`).toEqual(['red', 'green', 'blue', 'white']);
    await openPhoto(page, name);
    const opened = page.getByRole('img', { name });
    await expect(opened).toBeVisible();
    expect.soft(await cornersOf(opened), `${name} opened`).toEqual(['red', 'green', 'blue', 'white']);
    await closePhoto(page);
  }
});

test('a decoder that hangs costs only its file', async ({ page }) => {
  const [hanging, ...others] = ['formats/picture.png', 'formats/transparent.png', 'odd/16-bit.png'].map(
    fixture,
  );
  const size = statSync(hanging!).size;
  await openApp(page, byName);
  const inference = () => page.workers().filter((worker) => worker.url().includes('inference'));
  // Backends are no longer tried out, and all workers that will run do.
  await waitUntilKept(page);
  const hang = (worker: ReturnType<typeof inference>[number]) =>
    worker.evaluate((size) => {
      const decode = globalThis.createImageBitmap;
      globalThis.createImageBitmap = ((source: Blob, options: ImageBitmapOptions) =>
        source.size === size ? new Promise(() => {}) : decode(source, options)) as typeof createImageBitmap;
    }, size);
  // One that was tried out, and was ended just now, may still be among them.
  const tried = await Promise.allSettled(inference().map((worker) => hang(worker).then(() => worker)));
  const before = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(before.length).toBeGreaterThan(0);
  await addPhotos(page, [hanging!, ...others]);
  await waitForImport(page, 3);
  await expect(problems(page)).toHaveCount(1);
  await expect(problems(page)).toContainText('The picture was not decoded after 10 seconds');
  await waitForThumbnail(page, '16-bit.png');
  // The worker that it happened in is replaced, and what hung there may do better in the new one.
  await expect.poll(() => inference().filter((worker) => !before.includes(worker)).length).toBe(1);
});

test('photos in folders fifty deep, with names as long as disks allow, come in with their paths', async ({
  page,
}) => {
  const [long] = fixturesOf('hostile').filter(({ name }) => Buffer.byteLength(name) === 255);
  const deep = Array.from({ length: 50 }, (_, i) => `level ${i + 1}`).join('/');
  await answerPickers(page, 'Deep');
  await openApp(page, byName);
  await fillPickedFolder(page, 'Deep', {
    [`${deep}/${long!.name}`]: long!.file,
    'top.jpg': fixture('photos/hills-1.jpg'),
  });
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
  await waitForImport(page, 2);
  await expect(problems(page)).toHaveCount(0);
  await openPhoto(page, long!.name);
  expect(await detailOf(page, 'Path')).toContain('level 49/level 50');
});

test('photos are sorted by the date on which they were taken', async ({ page }) => {
  const photos = fixturesOf('photo').slice(0, 8);
  await openApp(page);
  await addPhotos(
    page,
    photos.map(({ file }) => file),
  );
  await waitForImport(page, photos.length);
  await page.getByRole('button', { name: 'Group by month' }).click();
  const takenAt = ({ expect: expected }: Fixture) =>
    expected.ok ? Number(expected.exif?.capturedAt) : Number.NaN;
  const oldestFirst = [...photos].sort((a, b) => takenAt(a) - takenAt(b)).map(({ name }) => name);
  await expect.poll(() => shownNames(page)).toEqual(oldestFirst.toReversed());
  await page.getByRole('button', { name: 'Descending' }).click();
  await expect.poll(() => shownNames(page)).toEqual(oldestFirst);
});

/** A photo with keywords in XMP and in IPTC, as other programs write them. `items`: XML. */
function withKeywords(
  items: readonly string[],
  iptc: readonly string[],
): { name: string; mimeType: string; buffer: Buffer } {
  const list = items.map((item) => `<rdf:li>${item}</rdf:li>`).join('');
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:subject><rdf:Bag>${list}</rdf:Bag></dc:subject></x:xmpmeta>`;
  const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const segment = (marker: number, data: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker]), u16(data.length + 2), data]);
  // Record 1 says that the text is UTF-8; each keyword is a dataset 25 of record 2.
  const dataset = (record: number, number: number, value: Buffer) =>
    Buffer.concat([Buffer.from([0x1c, record, number]), u16(value.length), value]);
  const records = Buffer.concat([
    dataset(1, 90, Buffer.from('\u001b%G')),
    ...iptc.map((word) => dataset(2, 25, Buffer.from(word))),
  ]);
  const resource = Buffer.concat([
    Buffer.from('Photoshop 3.0\u00008BIM\u0004\u0004\0\0\0\0'),
    u16(records.length),
    records,
    Buffer.alloc(records.length % 2),
  ]);
  const buffer = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`)),
    segment(0xed, resource),
    readFileSync(fixture('near/smaller.jpg')).subarray(2),
  ]);
  return { name: 'keywords.jpg', mimeType: 'image/jpeg', buffer };
}

test('hostile names and texts are only shown, wherever they appear; keywords of a file are tags', async ({
  page,
}) => {
  const hostile = fixturesOf('hostile').filter(({ name }) => !name.startsWith('exif'));
  await openApp(page, byName);
  const markup = '<img src=x onerror="globalThis.hacked=1">';
  const keywords = withKeywords(['Garden party', markup.replaceAll('<', '&lt;')], ['Großmutter', '外婆']);
  await page.getByLabel('Photo files').setInputFiles([keywords]);
  await waitForImport(page, 1);
  await addPhotos(page, [...hostile.map(({ file }) => file), fixture('hostile/exif.jpg')]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Photos${hostile.length + 2}`);
  await waitForThumbnail(page, 'exif.jpg');
  const before = await elementCount(page);
  for (const { name } of hostile) {
    await openPhoto(page, name);
    await expect(photoView(page).getByRole('heading', { level: 1 })).toHaveText(name);
    expect(await detailOf(page, 'File name')).toBe(name);
    // Text that runs from right to left does not turn round what stands beside it.
    const isolated = await photoView(page)
      .locator('h1 bdi')
      .evaluate((element) => getComputedStyle(element).unicodeBidi);
    expect(isolated).toBe('isolate');
    await page.keyboard.press('Delete');
    const isolatedName = name.includes('\u202e') ? `\u2068${name}\u2069` : name;
    const notice = page.getByText(`Removed “${isolatedName}” from the library.`);
    await expect(notice).toBeVisible();
    const [from, library] = await Promise.all(['from', 'library'].map((word) => leftOf(notice, word)));
    expect(from, `the sentence around ${name} runs from left to right`).toBeLessThan(library ?? 0);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await closePhoto(page);
    await search(page, name);
    await expect(page.getByRole('listbox')).toContainText(name);
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.keyboard.press('Escape');
  }
  await openPhoto(page, 'exif.jpg');
  expect(await detailOf(page, 'Camera')).toMatch(/^<script>globalThis\.hacked = 1<\/script> x{200}$/);
  expect(await detailOf(page, 'Lens')).toContain('<b>lens</b>');
  await closePhoto(page);

  // Tags of a kind of their own, which a person can agree to, and search by.
  await openPhoto(page, keywords.name);
  const tags = photoView(page).getByRole('list', { name: 'Tags', exact: true });
  await expect(tags.getByText(markup)).toBeVisible();
  const party = tags
    .getByRole('listitem', { name: 'a keyword of the file' })
    .filter({ hasText: 'Garden party' });
  for (const word of ['Großmutter', '外婆'])
    await expect(
      tags.getByRole('listitem', { name: 'a keyword of the file' }).filter({ hasText: word }),
    ).toBeVisible();
  await party.getByRole('button', { name: 'Accept Garden party' }).click();
  await expect(party).toHaveCount(0);
  await expect(tags.getByText('Garden party')).toBeVisible();
  await closePhoto(page);
  await page
    .getByRole('list', { name: 'Tags in view' })
    .getByRole('button', { name: /^Garden party/ })
    .click();
  await expect.poll(() => shownNames(page)).toEqual([keywords.name]);
  await page.getByRole('button', { name: 'Clear all' }).click();

  expect(await elementCount(page)).toEqual(before);
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  // No name pushes the page wider than the window.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

/** Where a word of a text with one text node is painted, pixels from the window's left side; its last mention counts. */
function leftOf(text: Locator, word: string): Promise<number> {
  return text.evaluate((element, wanted) => {
    const node = element.firstChild as Text;
    const range = document.createRange();
    const start = node.data.lastIndexOf(wanted);
    range.setStart(node, start);
    range.setEnd(node, start + wanted.length);
    return range.getBoundingClientRect().left;
  }, word);
}

/** Elements that only a name taken for markup could have made. */
function elementCount(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => ({
    images: document.querySelectorAll('img[src="x"], [onerror]').length,
    scripts: document.querySelectorAll('body script').length,
    bold: document.querySelectorAll('b').length,
  }));
}

test.describe('what failed can be tried again', () => {
  const names = ['hills-1.jpg', 'beach-1.jpg', 'portrait-1.jpg', 'city-1.jpg'];

  async function setLargest(page: Page, megapixels: number): Promise<void> {
    const settings = await openSettings(page);
    await settings.getByLabel('Largest picture, megapixels').fill(String(megapixels));
    await closeSettings(page);
  }

  test('one by one and all together, once the cause is gone', async ({ page }) => {
    const photos = fixturesOf('photo')
      .filter(({ expect: expected }) => expected.ok && expected.width * expected.height > 1.05e6)
      .slice(0, 3);
    expect(photos).toHaveLength(3);
    const [first] = photos as [Fixture, Fixture, Fixture];
    await openApp(page, byName);
    await setLargest(page, 1);
    await addPhotos(page, [...photos.map(({ file }) => file), fixture('broken/empty.jpg')]);
    await waitForImport(page, 4);
    await expect(problems(page)).toHaveCount(4);
    await expect(problems(page).filter({ hasText: first.name })).toContainText(
      /Too large: 1\.\d megapixels, the limit is 1\./,
    );
    // An empty file stays empty: trying again is not offered.
    await expect(page.getByRole('button', { name: 'Try empty.jpg again' })).toBeHidden();

    await setLargest(page, 120);
    await page.getByRole('button', { name: `Try ${first.name} again` }).click();
    await waitForThumbnail(page, first.name);
    await expect(problems(page)).toHaveCount(3);

    await page.getByRole('button', { name: 'Try all again' }).click();
    for (const { name } of photos) await waitForThumbnail(page, name);
    await waitForImport(page, 4);
    await expect(problems(page)).toHaveCount(1);
    await expect(problems(page)).toContainText('empty.jpg');
    // It became no photo: the panel says so, and counts none that cannot be read, as the sidebar does.
    const panel = page.getByRole('region', { name: 'Import progress' });
    await expect(panel).toContainText('3 photos processed · 1 not taken in');
    await expect(page.getByRole('button', { name: /Not readable/ })).toBeHidden();
  });

  test('a file that changed since it was chosen is read as it is now', async ({ page, site, watch }) => {
    watch.allow(/404/);
    site.setOverlay(tinyPackOverlay('missing'));
    await answerPickers(page, 'Holidays');
    await openApp(page, byName);
    await fillPickedFolder(page, 'Holidays', { 'a.jpg': fixture('photos/hills-1.jpg') });
    await page.getByRole('button', { name: 'More ways to add' }).click();
    await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
    await expect(page.getByText('Waiting for the model.')).toBeVisible();
    await fillPickedFolder(page, 'Holidays', { 'a.jpg': fixture('odd/cmyk.jpg') });
    site.setOverlay(overlay);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await waitForImport(page, 1);
    await openPhoto(page, 'a.jpg');
    expect(await detailOf(page, 'Dimensions')).toContain('240 × 160 pixels');
  });

  test('a file that was away for a while', async ({ page, site, watch }) => {
    watch.allow(/404/);
    site.setOverlay(tinyPackOverlay('missing'));
    await answerPickers(page, 'Holidays');
    await openApp(page, byName);
    const files = Object.fromEntries(names.slice(0, 2).map((name) => [name, fixture(`photos/${name}`)]));
    await fillPickedFolder(page, 'Holidays', files);
    await page.getByRole('button', { name: 'More ways to add' }).click();
    await page.getByRole('menuitem', { name: 'Choose a folder' }).click();
    await expect(page.getByText('Waiting for the model.')).toBeVisible();
    for (const name of names.slice(0, 2)) await expect(photoCell(page, name)).toHaveText(name);
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Holidays');
      await folder.removeEntry('beach-1.jpg');
    });
    site.setOverlay(overlay);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await waitForImport(page, 2);
    await expect(problems(page)).toHaveCount(1);
    await expect(problems(page)).toContainText('Holidays/beach-1.jpg');
    await expect(problems(page)).toContainText('The file is no longer where it was.');
    await waitForThumbnail(page, 'hills-1.jpg');

    await fillPickedFolder(page, 'Holidays', files);
    await page.getByRole('button', { name: 'Try beach-1.jpg again' }).click();
    await waitForThumbnail(page, 'beach-1.jpg');
    await expect(problems(page)).toHaveCount(0);
  });
});
