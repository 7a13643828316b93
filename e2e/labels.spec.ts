import { expectAccessible } from './support/accessible.ts';
import { openApp, photoCell } from './support/person.ts';
import { expect, expectCount, test } from './support/seed.ts';

test('a label set is made, photos are labelled by keys, and what was said is counted, shown and taken back', async ({
  page,
  library,
}) => {
  await openApp(page, '#/?sort=name');
  await expectCount(page, library.present.length);
  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByRole('button', { name: 'New label set' }).click();
  const dialog = page.getByRole('dialog', { name: 'New label set' });
  await dialog.getByLabel('Name of the set').fill('Places');
  await dialog.getByLabel('Kind').selectOption('One of several');
  await dialog.getByLabel('Labels', { exact: true }).fill('town, sea');
  await expectAccessible(page, 'a new label set');
  await dialog.getByRole('button', { name: 'Make set' }).click();
  await expect(page.getByRole('heading', { name: 'Places' })).toBeVisible();
  const row = (name: string) =>
    page.getByRole('table', { name: 'Label dictionary' }).getByRole('row', { name });
  await expect(row('town')).toContainText('t');

  await page.getByRole('link', { name: 'Photos' }).click();
  await expectCount(page, library.present.length);
  const cities = library.present.filter(({ name }) => name.startsWith('city-'));
  await photoCell(page, cities[0]!.name).click({ modifiers: ['Control'] });
  await photoCell(page, cities[1]!.name).click({ modifiers: ['Control'] });
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Label' }).click();
  const labelling = page.getByRole('dialog', { name: 'Label 2 photos' });
  await expect(labelling.getByRole('button', { name: /^sea/ })).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('t');
  await expect(labelling.getByRole('button', { name: /^town/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(labelling.getByRole('button', { name: /^sea/ })).toHaveAttribute('aria-pressed', 'false');
  await expectAccessible(page, 'labelling');
  await labelling.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: 'Labels' }).click();
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');
  await expect(row('sea').getByRole('cell').nth(1)).toHaveText('0');
  await expectAccessible(page, 'a label set');
  await page.keyboard.press('Control+z');
  await expect(row('sea').getByRole('cell').nth(1)).toHaveText('2');
  await page.keyboard.press('Control+Shift+z');
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');

  await page.reload();
  await page.getByRole('button', { name: 'town', exact: true }).click();
  await expectCount(page, 2, library.present.length);
  await page.goBack();
  await page.getByRole('button', { name: 'Delete the set' }).click();
  await expect(page.getByRole('heading', { name: 'Labels of your own' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Places/ }).click();
  await expect(row('town').getByRole('cell').nth(1)).toHaveText('2');
});
