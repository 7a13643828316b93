import { openApp, openPhoto, photoCell, photoView } from './support/person.ts';
import { expect, expectCount, type Locator, type Page, test } from './support/seed.ts';

/** Tags and what the person says about them. */

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

const tags = (page: Page): Locator => photoView(page).getByRole('list', { name: 'Tags', exact: true });

const tag = (page: Page, name: string): Locator => tags(page).getByRole('listitem').filter({ hasText: name });

const score = (page: Page, label: string): Locator =>
  photoView(page)
    .getByRole('list', { name: 'Labels' })
    .getByRole('listitem')
    .filter({ has: page.getByText(label, { exact: true }) });

const notices = (page: Page): Locator => page.getByRole('region', { name: 'Notices' });

/** The count that the list of tags beside the photos shows; 0 if the tag is not in it. */
async function expectTagCount(page: Page, name: string, count: number): Promise<void> {
  const facet = page
    .getByRole('list', { name: 'Tags in view' })
    .getByRole('button', { name: new RegExp(`^${name} `) });
  if (count === 0) await expect(facet).toHaveCount(0);
  else await expect(facet).toHaveAccessibleName(`${name} ${count}`);
}

async function closePhoto(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
}

/** Every score byte that is stored, as text, and how many decisions there are. */
function storedOpinions(page: Page): Promise<{ scores: string; decisions: number }> {
  return page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('picsift'));
    try {
      const all = (name: string) => done(database.transaction(name).objectStore(name).getAll());
      const scores = (await all('scores')) as { scores: Uint8Array }[];
      const verdicts = (await all('verdicts')) as { triples: Uint32Array }[];
      return {
        scores: scores.map((chunk) => chunk.scores.join()).join(';'),
        decisions: verdicts.reduce((sum, { triples }) => sum + triples.length / 3, 0),
      };
    } finally {
      database.close();
    }
  });
}

test('a suggested tag can be rejected, accepted and given back; all of it survives a reload', async ({
  page,
  library,
}) => {
  const { count, label } = library.counts[0]!;
  const photo = library.present.find(({ tags: carried }) => carried.has(label.id))!;
  const shown = (photo.scores.get(label.id) ?? 0).toFixed(2);
  await openApp(page);
  await expectTagCount(page, label.en, count);
  const before = await storedOpinions(page);

  await openPhoto(page, photo.name);
  await expect(tag(page, label.en)).toContainText('suggested by the model');
  await expect(score(page, label.en)).toContainText(shown);
  await tags(page)
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('rejected by you');
  // What the model says stays what it says.
  await expect(score(page, label.en)).toContainText(shown);
  await closePhoto(page);
  await expectTagCount(page, label.en, count - 1);

  await page.reload();
  await expectTagCount(page, label.en, count - 1);
  await openPhoto(page, photo.name);
  await expect(tag(page, label.en)).toContainText('rejected by you');
  await expect(score(page, label.en)).toContainText(shown);
  expect(await storedOpinions(page)).toEqual({ scores: before.scores, decisions: before.decisions + 1 });

  await tags(page)
    .getByRole('button', { name: `Take back the decision on ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('suggested by the model');
  await tags(page)
    .getByRole('button', { name: `Accept ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('confirmed by you');
  await closePhoto(page);
  await expectTagCount(page, label.en, count);
  await page.reload();
  await openPhoto(page, photo.name);
  await expect(tag(page, label.en)).toContainText('confirmed by you');
});

test('a label that the model did not suggest can be accepted from the list of all labels', async ({
  page,
  library,
}) => {
  const photo = library.photo('hills-1.jpg');
  const label = library.labels.find(({ id }) => id === 'mountain')!;
  const count = library.counts.find((one) => one.label === label)?.count ?? 0;
  expect(photo.tags.has(label.id)).toBe(false);
  await openApp(page);
  await openPhoto(page, photo.name);
  await score(page, label.en)
    .getByRole('button', { name: `Accept ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('confirmed by you');
  await closePhoto(page);
  await expectTagCount(page, label.en, count + 1);
});

test('what was said is taken back by the notice, by Ctrl+Z, and said again by Ctrl+Shift+Z', async ({
  page,
  library,
}) => {
  const { count, label } = library.counts[0]!;
  const [first, second] = library.present.filter(({ tags: carried }) => carried.has(label.id));
  await openApp(page);
  await openPhoto(page, first!.name);
  await tags(page)
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('rejected by you');
  await notices(page).getByRole('button', { name: 'Undo' }).click();
  await expect(tag(page, label.en)).toContainText('suggested by the model');

  await tags(page)
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('rejected by you');
  await closePhoto(page);
  await openPhoto(page, second!.name);
  await tags(page)
    .getByRole('button', { name: `Reject ${label.en}` })
    .click();
  await expect(tag(page, label.en)).toContainText('rejected by you');
  await closePhoto(page);
  await expectTagCount(page, label.en, count - 2);
  await page.keyboard.press('Control+z');
  await expectTagCount(page, label.en, count - 1);
  await page.keyboard.press('Control+z');
  await expectTagCount(page, label.en, count);
  await page.keyboard.press('Control+Shift+z');
  await expectTagCount(page, label.en, count - 1);
  await page.keyboard.press('Control+y');
  await expectTagCount(page, label.en, count - 2);
});

test('a tag of one’s own is made, found and kept', async ({ page, library }) => {
  const name = 'Grandma’s <b>garden</b>';
  const photo = library.photo('flowers-1.jpg');
  await openApp(page);
  await openPhoto(page, photo.name);
  await page.getByRole('combobox', { name: 'Add a tag' }).fill(`  ${name} `);
  await page.getByRole('option', { name: `Create “${name}”` }).click();
  await expect(tag(page, name)).toContainText('confirmed by you');
  await expect(score(page, name)).toContainText('not scored');
  await closePhoto(page);
  await expectTagCount(page, name, 1);

  await page.reload();
  await page.getByRole('searchbox', { name: 'Search' }).fill('grandma');
  await page.getByRole('option', { name }).click();
  await expectCount(page, 1, library.present.length);
  await expect(photoCell(page, photo.name)).toBeVisible();

  // The same name again is the same tag.
  await openPhoto(page, photo.name);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await openPhoto(page, 'flowers-2.jpg');
  await page.getByRole('combobox', { name: 'Add a tag' }).fill(name.toUpperCase());
  await expect(page.getByRole('option', { name: /^Create/ })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(tag(page, name)).toContainText('confirmed by you');
  await closePhoto(page);
  await expectTagCount(page, name, 2);
});

test('a selection is tagged at once, and stays so', async ({ page, library }) => {
  const mountain = library.label('mountain');
  const count = library.counts.find(({ label }) => label === mountain)?.count ?? 0;
  const names = ['hills-1.jpg', 'hills-3.jpg', 'beach-1.jpg'];
  for (const name of names) expect(library.photo(name).tags.has(mountain.id)).toBe(false);
  await openApp(page);
  for (const name of names) await photoCell(page, name).click({ modifiers: ['Control'] });
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toContainText('3 selected');
  await selection.getByRole('button', { name: 'Tag…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tag 3 photos' });
  await dialog.getByRole('combobox', { name: 'Tag name' }).fill('mount');
  await dialog.getByRole('option', { name: mountain.en }).first().click();
  await expect(dialog.getByRole('list', { name: 'Done' })).toContainText(`${mountain.en}: added`);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expectTagCount(page, mountain.en, count + 3);

  await page.reload();
  await expectTagCount(page, mountain.en, count + 3);
  await openPhoto(page, names[1]!);
  await expect(tag(page, mountain.en)).toContainText('confirmed by you');
  await closePhoto(page);
});

test('tagging a selection is taken back in one step; a tag can be taken from many', async ({
  page,
  library,
}) => {
  const { count, label } = library.counts[0]!;
  const names = library.present.filter(({ tags: carried }) => carried.has(label.id)).map(({ name }) => name);
  await openApp(page);
  for (const name of names.slice(0, 3)) await photoCell(page, name).click({ modifiers: ['Control'] });
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tag 3 photos' });
  await dialog.getByRole('radio', { name: 'Does not have it' }).check();
  await dialog.getByRole('combobox', { name: 'Tag name' }).fill(label.zh);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('list', { name: 'Done' })).toContainText(`${label.en}: taken away`);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expectTagCount(page, label.en, count - 3);
  await page.keyboard.press('Control+z');
  await expectTagCount(page, label.en, count);
});

test('Enter takes the tag that is typed, never one that merely begins like it or is the commonest', async ({
  page,
  library,
}) => {
  const mountain = library.label('mountain');
  const beginning = mountain.en.slice(0, -2);
  await openApp(page);
  for (const name of ['hills-1.jpg', 'hills-3.jpg'])
    await photoCell(page, name).click({ modifiers: ['Control'] });
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tag 2 photos' });
  const field = dialog.getByRole('combobox', { name: 'Tag name' });
  const done = dialog.getByRole('list', { name: 'Done' });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await expect(dialog.getByRole('option', { selected: true })).toHaveCount(0);
  await field.press('Enter');
  await field.fill(beginning);
  await expect(dialog.getByRole('option', { selected: true })).toHaveText(`New tag “${beginning}”`);
  await field.press('Enter');
  await expect(done.getByRole('listitem')).toHaveText([`${beginning}: added`]);
  // What is said about it, with the offer to undo, does not cover the dialog.
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    const undo = notices(page).getByRole('button', { name: 'Undo' });
    const gap = async () => (await undo.boundingBox())!.y - bottomOf(await dialog.boundingBox());
    await undo.hover(); // it stays while it is pointed at
    await expect.poll(gap, { message: `${width} x ${height}` }).toBeGreaterThan(0);
  }
  await field.fill(mountain.zh);
  await expect(dialog.getByRole('option', { selected: true })).toContainText(mountain.en);
  await field.press('Enter');
  await expect(done.getByRole('listitem')).toHaveText([`${mountain.en}: added`, `${beginning}: added`]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();

  await openPhoto(page, 'beach-1.jpg');
  const add = page.getByRole('combobox', { name: 'Add a tag' });
  await add.fill(mountain.en.slice(0, -3));
  await expect(page.getByRole('option', { name: mountain.en })).toBeVisible();
  await add.press('Enter');
  await expect(tag(page, mountain.en.slice(0, -3))).toContainText('confirmed by you');
});

function bottomOf(box: { readonly y: number; readonly height: number } | null): number {
  return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
}
