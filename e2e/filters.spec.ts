import { openApp, photoCell, photoView } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededPhoto } from './support/seeded-library.ts';

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

const facets = (page: Page) => page.getByRole('list', { name: 'Tags in view' });

const facet = (page: Page, name: string) =>
  facets(page).getByRole('button', { name: new RegExp(`^${name} `) });

const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' });

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search' });

async function expectPhotos(page: Page, photos: readonly SeededPhoto[], total: number): Promise<void> {
  await expectCount(page, photos.length, total);
  const shown = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell');
  await expect
    .poll(() => shown.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')).sort()))
    .toEqual(photos.map(({ name }) => name).sort());
}

test('photos are filtered by all, any and none of some tags; the counts are those of what is left', async ({
  page,
  library,
}) => {
  const { present } = library;
  const has = (photo: SeededPhoto, id: string) => photo.tags.has(id);
  const [plant, insect, building] = ['plant', 'insect', 'building'].map((id) => library.label(id));
  await openApp(page);
  await facet(page, plant!.en).click();
  await expectPhotos(
    page,
    present.filter((photo) => has(photo, 'plant')),
    present.length,
  );
  for (const { label } of library.counts) {
    const count = present.filter((photo) => has(photo, 'plant') && has(photo, label.id)).length;
    if (count > 0) await expect(facet(page, label.en)).toHaveAccessibleName(`${label.en} ${count}`);
    else await expect(facet(page, label.en)).toHaveCount(0);
  }

  await facet(page, insect!.en).click();
  const both = present.filter((photo) => has(photo, 'plant') && has(photo, 'insect'));
  expect(both.length).toBeGreaterThan(0);
  await expectPhotos(page, both, present.length);

  await page.getByRole('radio', { name: 'Any' }).check();
  await expectPhotos(
    page,
    present.filter((photo) => has(photo, 'plant') || has(photo, 'insect')),
    present.length,
  );
  // Tags that would add photos are offered, though no photo in sight carries them.
  for (const { label, count } of library.counts.slice(0, 10))
    await expect(facet(page, label.en)).toHaveAccessibleName(`${label.en} ${count}`);
  await facet(page, building!.en).click();
  await expectPhotos(
    page,
    present.filter((photo) => ['plant', 'insect', 'building'].some((id) => has(photo, id))),
    present.length,
  );
  await facet(page, building!.en).click();
  await facet(page, insect!.en).click(); // no longer asked for
  await facets(page)
    .getByRole('button', { name: `Without ${insect!.en}` })
    .click();
  await expectPhotos(
    page,
    present.filter((photo) => has(photo, 'plant') && !has(photo, 'insect')),
    present.length,
  );
  await expect(chips(page).getByRole('listitem')).toHaveText([plant!.en, `not ${insect!.en}`]);

  await chips(page)
    .getByRole('button', { name: `Remove filter: ${plant!.en}` })
    .click();
  await expectPhotos(
    page,
    present.filter((photo) => !has(photo, 'insect')),
    present.length,
  );
  await expect(facet(page, building!.en)).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expectCount(page, present.length);
  await expect(chips(page)).toHaveCount(0);
});

test('the search box completes tags in English and in Chinese, and file names', async ({ page, library }) => {
  const { present } = library;
  const seashore = library.label('seashore');
  const withSea = present.filter(({ tags }) => tags.has('seashore'));
  await openApp(page);
  await expect(facet(page, seashore.en)).toBeVisible();

  await searchBox(page).fill('seash');
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options.first()).toHaveAccessibleName(new RegExp(`^${seashore.en}\\s*${withSea.length}$`));
  await searchBox(page).press('ArrowDown');
  await searchBox(page).press('Enter');
  await expectPhotos(page, withSea, present.length);
  await expect(searchBox(page)).toHaveValue('');
  await page.getByRole('button', { name: 'Clear all' }).click();

  await searchBox(page).fill(seashore.zh);
  await expect(options.first()).toContainText(`${seashore.en} · ${seashore.zh}`);
  await searchBox(page).press('Enter');
  await expectPhotos(page, withSea, present.length);
  await page.getByRole('button', { name: 'Clear all' }).click();

  // Of tags that begin alike, those of most photos come first.
  const begun = library.counts.filter(({ label }) => label.en.startsWith('P')).slice(0, 7);
  expect(new Set(begun.map(({ count }) => count)).size).toBeGreaterThan(1);
  await searchBox(page).fill('p');
  for (const [at, { label, count }] of begun.entries()) {
    await expect(options.nth(at)).toHaveAccessibleName(new RegExp(`^${label.en}\\s*${count}$`));
  }

  // What is no tag is looked for in file names, whatever the case.
  const named = present.filter(({ name }) => name.includes('hills'));
  await searchBox(page).fill('HILLS');
  await expect(options.filter({ hasText: 'Name contains “HILLS”' })).toContainText(String(named.length));
  await searchBox(page).press('Enter');
  await expectPhotos(page, named, present.length);
  await page
    .getByRole('button', { name: /^Remove filter: / })
    .first()
    .click();
  await expectCount(page, present.length);

  // A photo of the list is opened at once.
  await searchBox(page).fill('à la plage');
  await options.filter({ hasText: '👩‍👩‍👧 🌅 à la plage.jpg' }).click();
  await expect(photoView(page)).toContainText('👩‍👩‍👧 🌅 à la plage.jpg');
});

test('a search that finds nothing says so and offers the way back', async ({ page, library }) => {
  await openApp(page);
  await searchBox(page).fill('no such thing');
  await searchBox(page).press('Enter');
  await expect(page.getByText('No photos match')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expectCount(page, library.present.length);
});

test('days taken are filtered, first and last day included', async ({ page, library }) => {
  const { present } = library;
  const day = (photo: SeededPhoto) => new Date(photo.capturedAt).toISOString().slice(0, 10);
  const first = day(library.photo('flowers-1.jpg'));
  const last = day(library.photo('night-3.jpg'));
  await openApp(page);
  await page.getByLabel('From', { exact: true }).fill(first);
  await expectPhotos(
    page,
    present.filter((photo) => day(photo) >= first),
    present.length,
  );
  await page.getByLabel('To', { exact: true }).fill(last);
  const between = present.filter((photo) => day(photo) >= first && day(photo) <= last);
  expect(between.map(({ name }) => name)).toEqual(expect.arrayContaining(['flowers-1.jpg', 'night-3.jpg']));
  await expectPhotos(page, between, present.length);
  await expect(chips(page).getByRole('listitem')).toHaveText([/23 Mar 2023|Mar 23, 2023/]);
  await page.getByLabel('From', { exact: true }).fill('');
  await expectPhotos(
    page,
    present.filter((photo) => day(photo) <= last),
    present.length,
  );
});

test('what is looked at is in the fragment: a link brings it back, and Back goes back', async ({
  page,
  library,
  site,
}) => {
  const { present } = library;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await openApp(page);
  await facet(page, library.label('plant').en).click();
  const plants = present.filter(({ tags }) => tags.has('plant'));
  await expectPhotos(page, plants, present.length);
  await searchBox(page).fill('name:flowers');
  await expect(page.getByRole('option', { name: /Name contains/ })).toBeVisible();
  await searchBox(page).press('Escape');
  await searchBox(page).press('Enter');
  const wanted = plants.filter(({ name }) => name.includes('flowers'));
  await expectPhotos(page, wanted, present.length);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name');
  const link = page.url();
  expect(new URL(link).pathname + new URL(link).search).toBe(new URL(site.url).pathname);
  expect(new URL(link).hash).toContain('plant');

  await page.goto('about:blank');
  await page.goto(link);
  await expectPhotos(page, wanted, present.length);
  await expect(chips(page).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('combobox', { name: 'Sort by' })).toHaveValue('name');

  await page.goBack(); // the blank page
  await page.goBack();
  await expectPhotos(page, wanted, present.length);
  await page.goBack();
  await expectPhotos(page, plants, present.length);
  await page.goBack();
  await expectCount(page, present.length);
  await page.goForward();
  await expectPhotos(page, plants, present.length);

  // Nothing of it was told to the host.
  expect(
    requests.filter((url) => /plant|flowers|sort/.test(new URL(url).pathname + new URL(url).search)),
  ).toEqual([]);
});

test('`or` joins names, days and tags; after a negation neither is wanted, and the chips say so', async ({
  page,
  library,
}) => {
  const { present } = library;
  await openApp(page);
  await expectCount(page, present.length);
  const type = async (text: string) => {
    await searchBox(page).fill(text);
    await searchBox(page).press('Enter');
  };
  await type('name:hills or name:beach or is:favourite');
  const named = ({ name }: SeededPhoto) => /hills|beach/.test(name);
  await expectPhotos(page, present.filter(named), present.length);
  await expect(chips(page)).toContainText('Name contains “hills” or Name contains “beach” or ');
  // As a link, and back in the box.
  await page.reload();
  await expectPhotos(page, present.filter(named), present.length);
  await chips(page)
    .getByRole('button', { name: /^Edit filter/ })
    .click();
  await expect(searchBox(page)).toHaveValue('name:hills or name:beach or is:favourite');
  await expectCount(page, present.length);
  await type('没有plant 或 insect');
  const neither = present.filter(({ tags }) => !tags.has('plant') && !tags.has('insect'));
  await expectPhotos(page, neither, present.length);
  for (const id of ['plant', 'insect'])
    await expect(chips(page).getByText(`not ${library.label(id).en}`)).toBeVisible();
});

test('a malformed link shows what it can', async ({ page, library }) => {
  await openApp(page, '#/?all=no-such-tag,%E0%A4%A&from=yesterday&sort=colour&photo=-3&q=hills');
  await expectPhotos(
    page,
    library.present.filter(({ name }) => name.includes('hills')),
    library.present.length,
  );
  await openApp(page, '#/?photo=99999');
  await page.reload();
  await expect(photoView(page)).toContainText('This photo is not in the library any more.');
  await page.keyboard.press('Escape');
  await expect(photoCell(page, 'hills-2.jpg')).toBeVisible();
});
