import { basename } from 'node:path';
import { expect, type Locator, type Page } from './test.ts';

/** What a person does with Picsift, by the names that it gives to its controls (in English). */

/** Opens the app and waits until it can be used. */
export async function openApp(page: Page, fragment = ''): Promise<void> {
  await page.goto(`./${fragment}`);
  await expect(page.getByRole('button', { name: 'Add photos' }).first()).toBeVisible();
}

/** Gives files to the app, as the file picker does. `files`: paths. */
export async function addPhotos(page: Page, files: readonly string[]): Promise<void> {
  await page.getByLabel('Photo files').setInputFiles([...files]);
}

/** The cell of a photo in the grid. */
export function photoCell(page: Page, name: string): Locator {
  return page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell', { name: basename(name) });
}

/** Waits until `count` photos are through (ready or failed). */
export async function waitForImport(page: Page, count: number, timeout = 180_000): Promise<void> {
  await expect(page.getByRole('region', { name: 'Import progress' })).toContainText(`${count} / ${count}`, {
    timeout,
  });
}

/** Opens a photo from the grid by keyboard, as its name is the cell's name. */
export async function openPhoto(page: Page, name: string): Promise<Locator> {
  const cell = photoCell(page, name);
  await cell.focus();
  await cell.press('Enter');
  const view = photoView(page);
  await expect(view).toBeVisible();
  return view;
}

export function photoView(page: Page): Locator {
  return page
    .getByRole('dialog', { name: 'Photo', exact: true })
    .or(page.getByRole('region', { name: 'Photo', exact: true }));
}

/**
 * The labels and scores of the open photo, best first; scores 0..1 with two decimals. `least`: waits for so many, as the
 * end of a long list follows a moment after its beginning.
 */
export async function shownScores(
  page: Page,
  least = 1,
): Promise<readonly { text: string; score: number }[]> {
  const items = photoView(page).getByRole('list', { name: 'Labels' }).getByRole('listitem');
  await expect.poll(() => items.count()).toBeGreaterThanOrEqual(least);
  return (await items.allInnerTexts()).map((text) => ({
    text,
    score: Number(/[01]\.\d\d/.exec(text)?.[0] ?? Number.NaN),
  }));
}

export async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search' }).fill(text);
}

/** Names of the photos that the grid shows, in its order; only those near the window are there. */
export async function shownNames(page: Page): Promise<readonly string[]> {
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell');
  return cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label') ?? ''));
}

/** Waits until a photo's thumbnail is painted; answers its natural size. */
export async function waitForThumbnail(page: Page, name: string): Promise<{ width: number; height: number }> {
  const picture = photoCell(page, name).first().locator('img');
  await expect
    .poll(() =>
      picture
        .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)
        .catch(() => false),
    )
    .toBe(true);
  return picture.evaluate((image: HTMLImageElement) => ({
    width: image.naturalWidth,
    height: image.naturalHeight,
  }));
}

/** What the open photo's details say under a name such as 'Camera'; null if there is no such line. */
export async function detailOf(page: Page, term: string): Promise<string | null> {
  const details = photoView(page).locator('dl');
  await expect(details.first()).toBeVisible();
  return details.first().evaluate((list, wanted) => {
    const found = [...list.querySelectorAll('dt')].find((one) => one.textContent === wanted);
    return found?.nextElementSibling?.textContent ?? null;
  }, term);
}

export async function closePhoto(page: Page): Promise<void> {
  await photoView(page).getByRole('button', { name: 'Close' }).click();
  await expect(photoView(page)).toBeHidden();
}
