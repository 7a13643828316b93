import { expectAccessible } from './support/accessible.ts';
import { openApp } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';

/** Asking with words, parts of photos and several photos at once. */

test.use({ viewport: { width: 1280, height: 900 } });

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search' });
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' }).getByRole('listitem');

test('a typed query becomes chips that can be changed, a link, and a search that is kept', async ({
  page,
  library,
}) => {
  const { present } = library;
  await openApp(page);
  await expectCount(page, present.length);
  const year = new Date(present[0]!.capturedAt).getUTCFullYear();
  const inYear = present.filter(({ capturedAt }) => new Date(capturedAt).getUTCFullYear() === year);
  const wanted = inYear.filter(({ tags, name }) => !tags.has('seashore') && !name.includes('night'));
  expect(wanted.length).toBeGreaterThan(0);
  // A synonym, a date, a file name that is not wanted; in whatever order.
  await searchBox(page).fill(`-beach ${year} -name:night`);
  await searchBox(page).press('Enter');
  await expectCount(page, wanted.length, present.length);
  await expect(chips(page)).toHaveCount(3);
  await expect(chips(page).nth(1)).toHaveText('not Seashore');

  // Backspace takes the last chip back as text; a chip that is pressed, too; Delete takes one away.
  await searchBox(page).press('Backspace');
  await expect(searchBox(page)).toHaveValue(`from:${year}-01-01 to:${year}-12-31`);
  await searchBox(page).press('Enter');
  await page.getByRole('button', { name: 'Edit filter: not Seashore' }).press('Enter');
  await expect(searchBox(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue('-Seashore');
  await searchBox(page).fill('-name:nothing tag:unicorn');
  await searchBox(page).press('Enter');
  await expect(page.getByText('There is no tag “unicorn”.')).toBeVisible();
  await page.getByRole('button', { name: 'Edit filter: Name contains “-nothing”' }).press('Delete');
  await expect(chips(page)).toHaveCount(1);
  await expectCount(page, inYear.length, present.length);

  await page.getByRole('button', { name: 'Save search' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('My year');
  await page.keyboard.press('Enter');
  const saved = page.getByRole('list', { name: 'Saved searches' });
  await expect(saved.getByRole('button', { name: 'My year', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expectAccessible(page, 'a saved search');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Rename “My year”' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('The year');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  await saved.getByRole('button', { name: 'The year', exact: true }).click();
  await expectCount(page, inYear.length, present.length);
  await page.getByRole('button', { name: 'Delete “The year”' }).click();
  await expect(saved).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(saved.getByRole('button', { name: 'The year', exact: true })).toBeVisible();
});
