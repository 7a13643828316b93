import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { allFixtures, fixture } from './support/fixtures.ts';
import { openApp, openPhoto, photoCell, photoView, shownScores } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededLibrary } from './support/seeded-library.ts';

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

const byDate = ({ present }: SeededLibrary) =>
  [...present].sort((a, b) => b.capturedAt - a.capturedAt || b.id - a.id);

const title = (page: Page) => photoView(page).getByRole('heading', { level: 1 });

test('a photo opens by click and by Enter, its neighbours by keys and buttons; Escape goes back to its cell', async ({
  page,
  library,
}) => {
  const order = byDate(library).map(({ name }) => name);
  const total = order.length;
  await openApp(page);
  await photoCell(page, order[2]!).click();
  await expect(title(page)).toHaveText(order[2]!);
  await expect(photoView(page)).toContainText(`3 of ${total}`);
  await page.keyboard.press('ArrowRight');
  await expect(title(page)).toHaveText(order[3]!);
  await photoView(page).getByRole('button', { name: 'Next photo' }).click();
  await expect(title(page)).toHaveText(order[4]!);
  await page.keyboard.press('ArrowLeft');
  await expect(title(page)).toHaveText(order[3]!);
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  // The cell of the photo seen last, not of the one that was opened.
  await expect(photoCell(page, order[3]!)).toBeFocused();

  await page.keyboard.press('Home');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText(order[0]!);
  await expect(photoView(page).getByRole('button', { name: 'Previous photo' })).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(title(page)).toHaveText(order[0]!);
  await photoView(page).getByRole('button', { name: 'Close' }).click();
  await expect(photoCell(page, order[0]!)).toBeFocused();
});

test('closing a photo leaves nothing behind at which Back would stand still', async ({ page, library }) => {
  const order = byDate(library).map(({ name }) => name);
  await openApp(page);
  await page.getByRole('button', { name: 'Not readable' }).click();
  await page.getByRole('button', { name: 'All photos' }).click();
  await expect(photoCell(page, order[2]!)).toBeVisible();
  await photoCell(page, order[2]!).click();
  await expect(photoView(page)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(title(page)).toHaveText(order[3]!);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Not readable');
  await page.goForward();
  await page.goForward();
  await expect(photoView(page)).toBeVisible();

  // A link led to the photo: there is no way back to go.
  await page.goto('about:blank');
  await page.goto(`./#/?photo=${library.photo(order[2]!).id}`);
  await expect(photoView(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(photoCell(page, order[2]!)).toBeVisible();
  await expect(photoView(page)).toBeHidden();
});

test('every label is listed with its score, best first, and the list can be searched in both languages', async ({
  page,
  library,
}) => {
  const photo = library.photo('flowers-2.jpg');
  await openApp(page);
  await openPhoto(page, photo.name);
  const list = photoView(page).getByRole('list', { name: 'Labels' });
  const items = list.getByRole('listitem');
  await expect(items).toHaveCount(library.labels.length);
  expect(library.labels.length).toBe(690);
  const shown = await shownScores(page);
  const expected = library.labels.map(({ id, en }) => `${en} ${photo.scores.get(id)!.toFixed(2)}`).sort();
  expect(
    shown.map(({ text }) => /^(.*\S)\s+([01]\.\d\d)/s.exec(text)?.slice(1, 3).join(' ') ?? text).sort(),
  ).toEqual(expected);
  const scores = shown.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));

  const find = photoView(page).getByRole('searchbox', { name: 'Search labels' });
  const seashore = library.label('seashore');
  await find.fill('SEASH');
  await expect(items).toHaveCount(1);
  await expect(items).toContainText(seashore.en);
  await find.fill(seashore.zh);
  await expect(items.first()).toContainText(`${seashore.en}`);
  await find.fill('no such label');
  await expect(photoView(page)).toContainText('No label is called that.');
  await find.fill('');
  await expect(items).toHaveCount(library.labels.length);
});

test('the best scores are a chart, which is fetched with the first photo', async ({ page, library }) => {
  const charts: string[] = [];
  page.on('request', (request) => {
    if (/Chart/.test(request.url())) charts.push(request.url());
  });
  await openApp(page);
  await expectCount(page, library.present.length);
  expect(charts).toEqual([]);
  const photo = library.photo('flowers-2.jpg');
  await openPhoto(page, photo.name);
  const chart = photoView(page).getByRole('img', { name: 'Bar chart of the 10 highest scores' });
  await expect(chart).toBeVisible();
  expect(charts.length).toBeGreaterThan(0);
  const best = [...photo.scores].sort((a, b) => b[1] - a[1]).slice(0, 10);
  await expect
    .poll(async () => (await chart.innerHTML()).match(/\b[01]\.\d\d(?=<)/g)?.sort())
    .toEqual(best.map(([, score]) => score.toFixed(2)).sort());
  await expect(chart).toContainText(library.label(best[0]![0]).en);
});

test('the picture is zoomed by buttons, keys, wheel and double click, and starts fitted again', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openApp(page, '#/?q=beach-1');
  await openPhoto(page, 'beach-1.jpg');
  const view = photoView(page);
  const picture = view.getByRole('img', { name: 'beach-1.jpg' });
  await expect(picture).toBeVisible();
  const width = async () => (await picture.boundingBox())!.width;
  const fitted = await width();
  await view.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(width).toBeCloseTo(fitted * 1.5, 0);
  await page.keyboard.press('+');
  await expect.poll(width).toBeCloseTo(fitted * 2.25, 0);
  await view.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(width).toBeCloseTo(fitted * 1.5, 0);
  // The arrows move the zoomed picture instead of going to another photo.
  const left = async () => (await picture.boundingBox())!.x;
  const before = await left();
  await page.keyboard.press('ArrowRight');
  await expect.poll(left).toBeLessThan(before);
  await expect(title(page)).toHaveText('beach-1.jpg');
  await page.keyboard.press('1');
  await expect.poll(width).toBeCloseTo(await naturalWidth(page), 0);
  await expect(view.getByRole('button', { name: 'Actual size (100%)' })).toBeVisible();
  await view.getByRole('button', { name: 'Fit to the screen' }).click();
  await expect.poll(width).toBeCloseTo(fitted, 0);
  await picture.hover();
  await page.mouse.wheel(0, -300);
  await expect.poll(width).toBeGreaterThan(fitted * 1.1);
  await page.keyboard.press('0');
  await expect.poll(width).toBeCloseTo(fitted, 0);
  await picture.dblclick();
  await expect.poll(width).toBeGreaterThan(fitted * 1.1);
  await page.keyboard.press('0');
  await expect.poll(width).toBeCloseTo(fitted, 0);
});

function naturalWidth(page: Page): Promise<number> {
  return photoView(page)
    .getByRole('img', { name: 'beach-1.jpg' })
    .evaluate((image) => (image as HTMLImageElement).naturalWidth);
}

test('what the camera wrote is shown as text, without a link', async ({ page }) => {
  const { expect: wanted } = allFixtures.find(({ name }) => name === 'flowers-1.jpg')!;
  if (!wanted.ok || !wanted.exif) throw new Error('the fixture has no EXIF');
  const exif = wanted.exif as {
    make: string;
    model: string;
    fNumber: number;
    iso: number;
    focalLength: number;
    exposureTime: number;
    gps: { latitude: number; longitude: number };
  };
  await openApp(page);
  await openPhoto(page, 'flowers-1.jpg');
  const details = photoView(page).getByRole('region', { name: 'Details' });
  for (const text of [
    `${exif.make} ${exif.model}`,
    `1/${Math.round(1 / exif.exposureTime)} s`,
    `f/${exif.fNumber}`,
    `ISO ${exif.iso}`,
    `${exif.focalLength} mm`,
    `${exif.gps.latitude.toFixed(5)}, ${exif.gps.longitude.toFixed(5)}`,
    `${new Intl.NumberFormat('en').format(wanted.width)} × ${new Intl.NumberFormat('en').format(wanted.height)}`,
    '2023',
    'flowers-1.jpg',
    'stored in this browser',
  ]) {
    await expect(details).toContainText(text);
  }
  await expect(photoView(page).getByRole('link')).toHaveCount(0);
  // The panel can be put away, which is remembered.
  await page.keyboard.press('i');
  await expect(details).toHaveCount(0);
  await page.reload();
  await expect(photoView(page)).toBeVisible();
  await expect(details).toHaveCount(0);
});

test('the original can be taken out again, byte by byte', async ({ page }) => {
  const { file, sha256 } = allFixtures.find(({ name }) => name === 'night-2.jpg')!;
  await openApp(page);
  await openPhoto(page, 'night-2.jpg');
  await photoView(page).getByRole('button', { name: 'Download original' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Keep it in the copy' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('night-2.jpg');
  const bytes = readFileSync((await download.path())!);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  expect(bytes.equals(readFileSync(file))).toBe(true);
});

test('a photo is removed from its view, even before all about it is there, and the next one takes its place', async ({
  page,
  library,
}) => {
  // The page asks for an opened photo, and the answer is slow, as on a busy device: the question waits until it is let go.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    let held: (() => void)[] | null = [];
    Worker.prototype.postMessage = function (this: Worker, message: { path?: string[] }, ...rest: never[]) {
      const send = () => post.call(this, message, ...rest);
      if (held !== null && message?.path?.[0] === 'photo') held.push(send);
      else send();
    };
    const letGo = () => {
      for (const send of held ?? []) send();
      held = null;
    };
    Object.assign(globalThis, { letGo });
  });
  const order = byDate(library).map(({ name }) => name);
  await openApp(page);
  await openPhoto(page, order[5]!);
  await expect(title(page)).not.toHaveText(order[5]!);
  await page.keyboard.press('Delete');
  await page.evaluate(() => (globalThis as unknown as { letGo(): void }).letGo());
  await expect(title(page)).toHaveText(order[6]!);
  await expect(photoView(page)).toContainText(`6 of ${order.length - 1}`);
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await expect(photoView(page)).toContainText(`7 of ${order.length}`);
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  await expectCount(page, order.length);
});

test('a file that was refused for its size is never given to the browser to decode', async ({ page }) => {
  // Sizes of all that is made into an address that pictures can be loaded from.
  await page.addInitScript(() => {
    const make = URL.createObjectURL.bind(URL);
    const sizes: number[] = [];
    Object.assign(globalThis, { shownSizes: sizes });
    URL.createObjectURL = (object) => {
      if (object instanceof Blob) sizes.push(object.size);
      return make(object);
    };
  });
  const shownSizes = () =>
    page.evaluate(() => (globalThis as unknown as { shownSizes: number[] }).shownSizes);
  const sizeOf = (path: string) => statSync(fixture(path)).size;
  await openApp(page, '#/?show=failed');
  await openPhoto(page, 'truncated.jpg');
  await expect.poll(shownSizes).toContain(sizeOf('broken/truncated.jpg'));
  // Its neighbour.
  const isFirst = await photoView(page).getByText('1 of 2').isVisible();
  await page.keyboard.press(isFirst ? 'ArrowRight' : 'ArrowLeft');
  await expect(title(page)).toHaveText('bomb.png');
  const problem = photoView(page).getByRole('alert');
  await expect(problem).toContainText('Too large: 900 megapixels');
  await expect(problem.getByRole('button')).toHaveCount(0);
  expect(await shownSizes()).not.toContain(sizeOf('broken/bomb.png'));

  await page.reload();
  await expect(problem).toContainText('Too large: 900 megapixels');
  await expect.poll(shownSizes).toContain(sizeOf('broken/truncated.jpg'));
  expect(await shownSizes()).not.toContain(sizeOf('broken/bomb.png'));
});

test('a link to a photo that is not there says so and offers nothing to do with it', async ({ page }) => {
  for (const id of ['9999', '4294967295']) {
    await page.goto('about:blank');
    await page.goto(`./#/?photo=${id}`);
    await expect(photoView(page).getByRole('alert')).toHaveText('This photo is not in the library any more.');
    for (const name of ['Find similar', 'Remove'])
      await expect(photoView(page).getByRole('button', { name })).toBeDisabled();
    await page.keyboard.press('Delete');
    await expect(page.getByText('from the library.')).toHaveCount(0);
  }
});

test('a picture smaller than the stage opens pixel by pixel', async ({ page }) => {
  const { name, expect: expected } = allFixtures.find((one) => one.name === 'picture.png')!;
  await openApp(page);
  await openPhoto(page, name);
  const picture = photoView(page).getByRole('img', { name });
  await expect(picture).toBeVisible();
  await expect(photoView(page).getByRole('button', { name: 'Actual size (100%)' })).toBeVisible();
  expect((await picture.boundingBox())?.width).toBe(expected.ok ? expected.width : 0);
});
