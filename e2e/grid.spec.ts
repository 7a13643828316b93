import { openApp, openPhoto, photoCell, photoView } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededPhoto } from './support/seeded-library.ts';

// All photos of the library are in sight.
const tall = { width: 1280, height: 3000 };

const grid = (page: Page) => page.getByRole('grid', { name: 'Photos' });

const selection = (page: Page) => page.getByRole('region', { name: 'Selection' });

const place = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Library' }).getByRole('button', { name });

/** Names of the cells in the page, in the order of the grid. */
async function namesInGrid(page: Page): Promise<string[]> {
  return grid(page)
    .getByRole('gridcell')
    .evaluateAll((cells) =>
      cells
        .map((cell) => ({
          index: Number((cell as HTMLElement).dataset.index),
          name: cell.getAttribute('aria-label') ?? '',
        }))
        .sort((a, b) => a.index - b.index)
        .map(({ name }) => name),
    );
}

async function expectOrder(page: Page, photos: readonly SeededPhoto[]): Promise<void> {
  await expect.poll(() => namesInGrid(page)).toEqual(photos.map(({ name }) => name));
}

const by = (key: (photo: SeededPhoto) => number) => (a: SeededPhoto, b: SeededPhoto) =>
  key(a) - key(b) || a.id - b.id;

test.describe('with all photos in sight', () => {
  test.use({ viewport: tall });

  test('photos are sorted by date taken, date added, name and size, both ways', async ({ page, library }) => {
    const names = new Intl.Collator('en', { numeric: true });
    const orders = [
      ['Date added', [...library.present].sort(by(({ id }) => id)).reverse()],
      ['Name', [...library.present].sort((a, b) => names.compare(a.name, b.name))],
      ['File size', [...library.present].sort(by(({ size }) => size)).reverse()],
      ['Date taken', [...library.present].sort(by(({ capturedAt }) => capturedAt)).reverse()],
    ] as const;
    await openApp(page);
    for (const [label, expected] of orders) {
      await page.getByRole('combobox', { name: 'Sort by' }).selectOption(label);
      await expectOrder(page, expected);
      const way = page.getByRole('button', { name: /^(A|De)scending$/ });
      const first = await way.getAttribute('aria-label');
      await way.click();
      await expect(way).not.toHaveAccessibleName(first ?? '');
      await expectOrder(page, [...expected].reverse());
    }
    // The order is part of the address.
    await page.reload();
    await expectOrder(page, [...library.present].sort(by(({ capturedAt }) => capturedAt)));
  });

  test('dates are grouped by month, a month is selected at once, and groups can be switched off', async ({
    page,
    library,
  }) => {
    const months = new Map<string, number>();
    const format = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', timeZone: 'UTC' });
    for (const { capturedAt } of [...library.present].sort(by((photo) => photo.capturedAt)).reverse()) {
      const month = format.format(capturedAt);
      months.set(month, (months.get(month) ?? 0) + 1);
    }
    await openApp(page);
    const headings = grid(page).getByRole('rowheader');
    await expect(headings).toHaveText(
      [...months].map(([month, count]) => new RegExp(`^${month}\\s*${count}\\b|^${month}${count}Select`)),
    );
    const [month, count] = [...months].find(([, photos]) => photos > 1)!;
    await grid(page)
      .getByRole('button', { name: `Select ${month}` })
      .click();
    await expect(selection(page)).toContainText(`${count} selected`);
    await expect(grid(page).getByRole('gridcell', { selected: true })).toHaveCount(count);

    await page.getByRole('button', { name: 'Group by month' }).click();
    await expect(headings).toHaveCount(0);
    await page.reload();
    await expectCount(page, library.present.length);
    await expect(headings).toHaveCount(0);
  });

  test('photos are selected with Ctrl, Shift and the check mark, and only those are acted upon', async ({
    page,
    library,
  }) => {
    await openApp(page);
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name');
    await expect.poll(async () => (await namesInGrid(page))[0]).not.toBe('Loading');
    const names = await namesInGrid(page);
    await photoCell(page, names[2]!).click({ modifiers: ['Control'] });
    await photoCell(page, names[6]!).click({ modifiers: ['Shift'] });
    await expect(selection(page)).toContainText('5 selected');
    await photoCell(page, names[4]!).click({ modifiers: ['Control'] });
    await expect(selection(page)).toContainText('4 selected');
    await photoCell(page, names[10]!).hover();
    await photoCell(page, names[10]!).locator('[data-check]').click();
    await expect(selection(page)).toContainText('5 selected');
    const wanted = [2, 3, 5, 6, 10].map((index) => names[index]!);
    await expect
      .poll(() =>
        grid(page)
          .getByRole('gridcell', { selected: true })
          .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label'))),
      )
      .toEqual(wanted);

    await selection(page).getByRole('button', { name: 'Remove' }).click();
    await expectCount(page, library.present.length - 5);
    await expect(selection(page)).toBeHidden();
    for (const name of wanted) await expect(photoCell(page, name)).toHaveCount(0);
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
    await expectCount(page, library.present.length);
    for (const name of wanted) await expect(photoCell(page, name)).toBeVisible();
  });

  test('removed photos wait, can be restored, and are deleted for good', async ({ page, library }) => {
    const [first, second, third] = ['beach-1.jpg', 'city-1.jpg', 'hills-1.jpg'];
    await openApp(page);
    for (const name of [first, second, third]) {
      await photoCell(page, name!).click({ modifiers: ['Control'] });
    }
    await page.keyboard.press('Delete');
    await expectCount(page, library.present.length - 3);
    await place(page, 'Recently removed').click();
    await expectCount(page, 3);
    await page.reload();
    await expectCount(page, 3);

    await photoCell(page, first!).click({ modifiers: ['Control'] });
    await selection(page).getByRole('button', { name: 'Restore' }).click();
    await expectCount(page, 2);
    await photoCell(page, second!).click({ modifiers: ['Control'] });
    await selection(page).getByRole('button', { name: 'Delete for good' }).click();
    const question = page.getByRole('alertdialog', { name: 'Delete this photo for good?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expectCount(page, 2);
    await selection(page).getByRole('button', { name: 'Delete for good' }).click();
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await expectCount(page, 1);
    await expect(photoCell(page, third!)).toBeVisible();

    // Nothing brings it back: the step before it, the restoring, is what is taken back.
    await page.keyboard.press('Control+z');
    await expectCount(page, 2);
    await expect(photoCell(page, first!)).toBeVisible();
    await place(page, 'All photos').click();
    await expectCount(page, library.present.length - 3);
    await expect(photoCell(page, second!)).toHaveCount(0);
    const left = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('picsift');
        opening.onsuccess = () => resolve(opening.result);
      });
      const names = await new Promise<string[]>((resolve) => {
        const asking = database.transaction('photoNames').objectStore('photoNames').getAll();
        asking.onsuccess = () => resolve(asking.result.flatMap((chunk) => chunk.names));
      });
      database.close();
      return names;
    });
    expect(left).toContain(first);
    expect(left).toContain(third);
    expect(left).not.toContain(second);
  });

  test('what could not be read has a place of its own, with the reason', async ({ page, library }) => {
    const failed = library.photos.filter((photo) => photo.failed);
    await openApp(page);
    await place(page, 'Not readable').click();
    await expectCount(page, failed.length);
    await openPhoto(page, 'bomb.png');
    await expect(photoView(page)).toContainText('Too large: 900 megapixels, the limit is 120.');
    await page.keyboard.press('Escape');
    await openPhoto(page, 'truncated.jpg');
    await expect(photoView(page)).toContainText('damaged or incomplete');
    await page.keyboard.press('Escape');
    await place(page, 'All photos').click();
    await expectCount(page, library.present.length);
  });

  test('layout and size are chosen and remembered', async ({ page, library }) => {
    await openApp(page);
    await expectCount(page, library.present.length);
    const box = async (name: string) => (await photoCell(page, name).boundingBox())!;
    // A portrait keeps its shape in the one layout and is cut to a square in the other.
    await expect.poll(async () => (await box('mirrored.jpg')).height).toBeGreaterThan(150);
    const whole = await box('mirrored.jpg');
    expect(whole.height / whole.width).toBeCloseTo(4 / 3, 1);
    await page.getByRole('radio', { name: 'Squares' }).check();
    await expect
      .poll(async () => {
        const { width, height } = await box('mirrored.jpg');
        return width / height;
      })
      .toBeCloseTo(1, 2);
    const before = (await box('mirrored.jpg')).width;
    const size = page.getByRole('slider', { name: 'Photo size' });
    await size.focus();
    await size.press('Home');
    await expect.poll(async () => (await box('mirrored.jpg')).width).toBeLessThan(before * 0.6);
    const small = (await box('mirrored.jpg')).width;
    await page.reload();
    await expectCount(page, library.present.length);
    await expect(page.getByRole('radio', { name: 'Squares' })).toBeChecked();
    await expect.poll(async () => (await box('mirrored.jpg')).width).toBeCloseTo(small, 0);
  });
});

test('only what is near the window is in the page, and the window keeps its place', async ({
  page,
  library,
}) => {
  await openApp(page);
  await expectCount(page, library.present.length);
  const last = [...library.present].sort(by((photo) => photo.capturedAt))[0]!;
  expect(await grid(page).getByRole('gridcell').count()).toBeLessThan(library.present.length);
  await expect(photoCell(page, last.name)).toHaveCount(0);
  await grid(page).hover();
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 2000);
      return photoCell(page, last.name).isVisible();
    })
    .toBe(true);
  const top = () => grid(page).evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const scrolled = await top();
  await openPhoto(page, last.name);
  await page.keyboard.press('Escape');
  await expect(photoCell(page, last.name)).toBeFocused();
  expect(await top()).toBe(scrolled);
});

test.describe('with fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a tap opens, a long press selects, and taps go on selecting', async ({ page, library }) => {
    await openApp(page);
    await expectCount(page, library.present.length);
    const cells = grid(page).getByRole('gridcell');
    const middle = async (index: number) => {
      const box = (await cells.nth(index).boundingBox())!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    await expect(cells.first()).not.toHaveAccessibleName('Loading');
    const session = await page.context().newCDPSession(page);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [await middle(0)] });
    await expect(selection(page)).toContainText('1 selected');
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await cells.nth(1).tap();
    await expect(selection(page)).toContainText('2 selected');
    await expect(photoView(page)).toBeHidden();
    await selection(page).getByRole('button', { name: 'Clear selection' }).tap();
    await expect(selection(page)).toBeHidden();
    await cells.nth(1).tap();
    await expect(photoView(page)).toBeVisible();
  });
});
