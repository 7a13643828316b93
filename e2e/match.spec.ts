import { expectAccessible } from './support/accessible.ts';
import { openApp } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';

/** Three ways to match a picture: similar, the same picture, the same product. */

test.use({ viewport: { width: 1280, height: 900 }, modelRuns: true });

const group = (page: Page) => page.getByRole('group', { name: 'Match' });
const hit = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Similar photos' }).getByRole('listitem').filter({ hasText: name });

test('the same picture: copies are found, what was done is said, and where it is in both is shown', async ({
  page,
  library,
}) => {
  await openApp(page, `#/?similar=${library.photo('city-1.jpg').id}`);
  await expect(group(page).getByRole('radio', { name: 'Similar' })).toBeChecked();
  // Why each score is what it is, and another order by what counts.
  const scores = page.getByRole('list', { name: 'Similar photos' }).locator('.hit');
  await expect(scores.nth(1)).toHaveAttribute(
    'data-parts',
    /^Content \d+ · Kind \d+ · Colours \d+ · Layout \d+$/,
  );
  const before = await scores.allInnerTexts();
  await page.getByRole('combobox', { name: 'What counts' }).selectOption('Layout first');
  await expect.poll(() => scores.allInnerTexts()).not.toEqual(before);
  await page.getByRole('slider', { name: 'Content' }).press('End');
  await expect(page.getByRole('combobox', { name: 'What counts' })).toHaveValue('presetOwn');
  // It is part of the link.
  const own = await scores.allInnerTexts();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'What counts' })).toHaveValue('presetOwn');
  await expect.poll(() => scores.allInnerTexts()).toEqual(own);
  await page.getByRole('combobox', { name: 'What counts' }).selectOption('Content');
  await expect.poll(() => scores.allInnerTexts()).toEqual(before);
  await expectAccessible(page, 'similar photos with parts');
  await group(page).getByRole('radio', { name: 'Same picture' }).check();
  await expect(page.getByText(/photos show the same picture/)).toBeVisible();
  for (const name of ['recompressed.jpg', 'as-webp.webp'])
    await expect(hit(page, name).getByText('Same picture', { exact: true })).toBeVisible();
  await expect(hit(page, 'mirrored.jpg').getByText('Edited copy')).toBeVisible();
  await expect(hit(page, 'mirrored.jpg')).toContainText('mirrored');
  const cropped = hit(page, 'cropped.jpg');
  await expect(cropped).toContainText('this photo is a part of it');
  await expect(cropped.getByRole('img', { name: 'in the picture searched with' })).toBeVisible();
  // The outline on the picture searched with leaves out what was cropped away.
  const outline = await cropped.locator('polygon').first().getAttribute('points');
  const xs = outline!.split(' ').map((pair) => Number(pair.split(',')[0]));
  expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(0.98);
  await expect(hit(page, 'city-2.jpg')).toHaveCount(0);
  await expectAccessible(page, 'same picture');

  // To the pixel: nothing was added or painted over in these.
  const strict = page.getByRole('switch', { name: 'To the pixel' });
  await strict.check();
  await expect(hit(page, 'recompressed.jpg')).toContainText('The same to the pixel');
  await expect(hit(page, 'mirrored.jpg')).toContainText('The same to the pixel');
  await expect(page).toHaveURL(/match=strict/);
  await expectAccessible(page, 'same picture, to the pixel');
  await strict.uncheck();

  // The mode is part of the link; a hit opens its photo.
  await expect(page).toHaveURL(/match=same/);
  await page.reload();
  await expect(hit(page, 'mirrored.jpg')).toBeVisible();
  await hit(page, 'mirrored.jpg').getByRole('button', { name: 'Open mirrored.jpg' }).click();
  await expect(
    page.getByRole('region', { name: 'Photo', exact: true }).or(page.getByRole('dialog')),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  // A part of it is compared by what lies in it: in a copy the outline is where that part lies. In Chinese as well.
  await page.goto(`./#/?similar=${library.photo('hills-1.jpg').id}&match=same&region=250,300,500,400`);
  const inCopy = hit(page, 'hills copy.jpg').locator('polygon').nth(2);
  await expect(hit(page, 'hills copy.jpg')).toContainText('a crop of this photo');
  const corners = (await inCopy.getAttribute('points'))!
    .split(' ')
    .map((pair) => pair.split(',').map(Number));
  for (const [axis, from, to] of [
    [0, 0.25, 0.75],
    [1, 0.3, 0.7],
  ] as const) {
    const along = corners.map((corner) => corner[axis]!);
    expect(Math.abs(Math.min(...along) - from)).toBeLessThan(0.03);
    expect(Math.abs(Math.max(...along) - to)).toBeLessThan(0.03);
  }
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('list', { name: '相似照片' })).toContainText('是这张照片的裁剪');
  await page.getByRole('button', { name: 'English' }).click();
  await page.goBack();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(hit(page, 'mirrored.jpg')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

test('products: names from a file with a wrong row, an answer with its support, colour, the catalogue', async ({
  page,
  library,
}) => {
  await openApp(page, `#/?similar=${library.photo('city-1.jpg').id}&match=product`);
  await expect(page.getByText(/things? like this/)).toBeVisible();
  // Likeness ends somewhere in this mode, too, and the line moves with the limit.
  const things = page.getByRole('list', { name: 'Similar photos' }).getByRole('listitem');
  const usual = await things.count();
  await page.getByRole('slider', { name: 'Similar from' }).press('End');
  await expect.poll(() => things.count()).toBeLessThan(usual);
  await expect(page.getByRole('status', { name: 'Nothing else is similar' })).toBeVisible();
  await expect(things.first().getByRole('button').first()).toHaveAccessibleDescription(
    /^Content \d+ · Colours \d+$/,
  );
  const near = await things.count();
  await expect(page.getByText(new RegExp(`${near} things? like this`))).toBeVisible();
  await page.getByRole('button', { name: 'Show a few more' }).click();
  const beyond = page.getByRole('list', { name: /^Less alike than \d+$/ }).getByRole('listitem');
  await expect(beyond.first()).toBeVisible();
  await page.getByRole('button', { name: 'Make automatic' }).click();
  await expect.poll(() => things.count()).toBe(usual);
  await page.getByRole('button', { name: 'Hide them' }).click();
  // The newest first, as in the other modes.
  await page.getByRole('radio', { name: 'Date' }).check();
  const opened = await things.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''));
  const dates = opened.map((name) => library.photo(name.replace('Open ', '')).capturedAt);
  expect(dates[0]).toBe(Math.max(...dates));
  await page.getByRole('radio', { name: 'Score' }).check();
  await page.getByRole('button', { name: 'Catalogue' }).click();
  const dialog = page.getByRole('dialog', { name: 'Catalogue' });
  await expect(dialog.getByText('No photo has a name yet.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import names' })).toBeVisible();
  const csv =
    'file,name,price\nrecompressed.jpg,Green city,12\nsmaller.jpg,Green city,12\nnowhere.jpg,Ghost,1\n';
  const give = (text: string) =>
    dialog
      .getByLabel('Choose a CSV file')
      .setInputFiles({ name: 'names.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await give('a,b\n1,2\n');
  await expect(dialog.getByRole('alert')).toContainText('The first line must name');
  await give(csv);
  await expect(dialog.getByText('Photos that get a name: 2; things named: 1.')).toBeVisible();
  await expect(dialog.getByText('Row 4, nowhere.jpg: no photo of the library is called that')).toBeVisible();
  await expectAccessible(page, 'a dry run of names');
  // Pressed twice it is done once, and can be undone.
  await dialog.getByRole('button', { name: 'Give these names' }).dblclick();
  await expect(dialog.getByText('1 named thing')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Catalogue' }).click();
  await expect(dialog.getByText('No photo has a name yet.')).toBeVisible();
  await give(csv);
  await dialog.getByRole('button', { name: 'Give these names' }).click();
  await expect(dialog.getByText('1 named thing')).toBeVisible();
  await expect(dialog.getByRole('list')).toContainText('Green city');
  await page.keyboard.press('Escape');

  await expect(page.getByText('This is: Green city')).toBeVisible();
  await expect(page.getByText(/of the \d+ nearest photos with a name say so/)).toBeVisible();
  await expect(page.getByRole('definition')).toHaveText('12');
  // Photos of one name, and those that can hardly be told from them, are one result.
  await expect(hit(page, 'Green city')).toHaveCount(1);
  await expect(hit(page, 'Green city').getByRole('button')).toHaveCount(4);
  // Selected as in the grid.
  await hit(page, 'Green city').getByRole('checkbox', { name: 'Select Green city' }).check({ force: true });
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText(/[4-9] selected/);
  await hit(page, 'Green city').getByRole('checkbox', { name: 'Select' }).uncheck({ force: true });
  await page.getByRole('group', { name: 'Colour' }).getByRole('radio', { name: 'Must match' }).check();
  await expect(hit(page, 'Green city')).toBeVisible();
  await expectAccessible(page, 'products');

  // A thing of the catalogue opens its photos.
  await page.getByRole('button', { name: 'Catalogue' }).click();
  await dialog.getByRole('button', { name: 'Take all names away' }).click();
  await expect(dialog.getByText('No photo has a name yet.')).toBeVisible();
  // The button that was pressed is gone: the dialog takes the focus back, for its keys.
  await expect.poll(() => dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('This is: Green city')).toBeVisible();
  // It is among what can be added, too.
  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('menuitem', { name: 'Names of things (catalogue)' }).click();
  await dialog.getByRole('button', { name: /^Green city/ }).click();
  await expectCount(page, 2, library.present.length);
  await expect(page.getByRole('gridcell')).toHaveCount(2);
  // Back to the catalogue, from where it was left.
  await page.goBack();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // The name finds its photos when it is typed; a photo is named by hand, and unnamed again.
  await page.goto('./#/');
  const box = page.getByRole('searchbox', { name: 'Search' });
  await box.fill('green ci');
  await page.getByRole('option', { name: 'Green city' }).click();
  await expectCount(page, 2, library.present.length);
  await page.getByRole('gridcell').first().press('Enter');
  await page.getByRole('button', { name: 'Name what it shows' }).click();
  const naming = page.getByRole('dialog', { name: 'Name what it shows' });
  await expect(naming.getByLabel('Name of the thing')).toHaveValue('Green city');
  await naming.getByLabel('Name of the thing').fill('Blue  town ');
  await expectAccessible(page, 'naming what a photo shows');
  await naming.getByLabel('Name of the thing').press('Enter');
  await expect(page.getByRole('definition').filter({ hasText: 'Blue town' })).toBeVisible();
  await expect(naming).toBeHidden();
  await page.goBack();
  await expectCount(page, 1, library.present.length);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectCount(page, 2, library.present.length);

  await page.goto(`./#/?similar=${library.photo('city-1.jpg').id}&match=product`);
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByText('这是：Green city')).toBeVisible();
  await expect(page.getByRole('group', { name: '匹配方式' })).toBeVisible();
});
