import { readFileSync } from 'node:fs';
import { fixture } from './support/fixtures.ts';
import { openApp, openPhoto, photoCell, photoView } from './support/person.ts';
import { expect, expectCount, type Locator, type Page, test } from './support/seed.ts';
import { nearest } from './support/seeded-library.ts';

// All photos of the library are in sight.
test.use({ viewport: { width: 1280, height: 3000 } });

const cutOff = 0.65;

const hits = (page: Page): Locator =>
  page.getByRole('list', { name: 'Similar photos' }).getByRole('listitem');

/** Name and score of each photo in the list. */
async function shownHits(page: Page): Promise<readonly { name: string; score: number }[]> {
  await expect(hits(page).first()).toBeVisible();
  const texts = await hits(page).evaluateAll((items) => items.map((item) => item.textContent ?? ''));
  return texts.map((text) => {
    const [, name = text, score = 'NaN'] = /^(.*?)\s*similarity\s*(\d+)$/.exec(text) ?? [];
    return { name, score: Number(score) };
  });
}

function hundredths(hits: readonly { name: string; score: number }[]) {
  return hits.map(({ name, score }) => ({ name, score: 100 * score }));
}

/** The same names with the same scores, 0 to 100; photos with equal scores may change places. */
function expectSame(
  shown: readonly { name: string; score: number }[],
  expected: readonly { name: string; score: number }[],
): void {
  const text = (list: typeof shown) =>
    list.map(({ name, score }) => `${Math.round(Math.max(0, score))} ${name}`).sort();
  expect(text(shown)).toEqual(text(expected));
  const scores = shown.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
}

test('the photos most like the open one, best first: near duplicates lead, scores are cosines, in hundredths', async ({
  page,
  library,
}) => {
  const query = library.photo('city-1.jpg');
  const expected = nearest(library, query.vector, query.name).filter(({ score }) => score >= cutOff);
  await openApp(page);
  await openPhoto(page, query.name);
  await photoView(page).getByRole('button', { name: 'Find similar' }).click();
  await expect(photoView(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Photos like this one' })).toBeFocused();
  await expect(hits(page)).toHaveCount(expected.length);
  const shown = await shownHits(page);
  expectSame(shown, hundredths(expected));
  const near = ['recompressed.jpg', 'as-webp.webp', 'cropped.jpg', 'mirrored.jpg', 'smaller.jpg'];
  expect(
    shown
      .slice(0, near.length)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(near.sort());
  await expect(page.getByRole('status', { name: 'Nothing else is similar' })).toBeVisible();
  await expect(page.getByText(`Searched ${library.present.length - 1} photos`)).toBeVisible();

  // A hit opens, its neighbours are the other hits, and the way back is the list, then the photos.
  await hits(page).first().getByRole('button').first().click();
  await expect(photoView(page)).toContainText(`1 of ${expected.length}`);
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  await expect(hits(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  await expectCount(page, library.present.length);
});

test('equal bytes are alike to the last digit, and what lies below the cut-off is a press away', async ({
  page,
  library,
}) => {
  const query = library.photo('hills-1.jpg');
  const all = nearest(library, query.vector, query.name);
  const near = all.filter(({ score }) => score >= cutOff);
  await openApp(page);
  await photoCell(page, query.name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find similar' }).click();
  await expect(hits(page)).toHaveCount(near.length);
  expect((await shownHits(page))[0]).toEqual({ name: 'hills copy.jpg', score: 100 });

  await page.getByRole('button', { name: 'Show a few more' }).click();
  const beyond = page.getByRole('list', { name: 'Less alike than 65' });
  await expect(beyond.getByRole('listitem')).toHaveCount(Math.min(24, all.length - near.length));

  // A stricter cut-off leaves fewer, at last only the closest ones, which are said not to be similar.
  const slider = page.getByRole('slider', { name: 'Similar from' });
  await slider.focus();
  await slider.press('End');
  const strict = all.filter(({ score }) => score >= 0.95);
  await expect(hits(page)).toHaveCount(strict.length);
  await expect(page.getByText(`${strict.length} similar photo`)).toBeVisible();
});

test('where nothing is similar enough, that is said, and the closest are shown with their scores', async ({
  page,
  library,
}) => {
  const alone = library.present.find(
    ({ name, vector }) => nearest(library, vector, name)[0]!.score < cutOff - 0.01,
  );
  test.skip(alone === undefined, 'every fixture has a neighbour');
  await openApp(page);
  await photoCell(page, alone!.name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find similar' }).click();
  await expect(page.getByText('Nothing is similar enough.')).toBeVisible();
  const [closest] = nearest(library, alone!.vector, alone!.name);
  const [first] = await shownHits(page);
  expect(first?.score).toBeCloseTo(100 * Math.max(0, closest!.score), -1);
  expect(first?.name).toBe(closest!.name);
});

test('filters narrow what is searched', async ({ page, library }) => {
  const query = library.photo('city-1.jpg');
  const building = library.label('building');
  const expected = nearest(library, query.vector, query.name).filter(
    ({ name, score }) => score >= cutOff && !library.photo(name).tags.has(building.id),
  );
  const withTag = nearest(library, query.vector, query.name).filter(
    ({ name, score }) => score >= cutOff && library.photo(name).tags.has(building.id),
  );
  await openApp(page);
  await openPhoto(page, query.name);
  await page.keyboard.press('s');
  await expect(hits(page)).toHaveCount(expected.length + withTag.length);
  const tags = page.getByRole('list', { name: 'Tags in view' });
  await tags.getByRole('button', { name: new RegExp(`^${building.en} `) }).click();
  await expect(hits(page)).toHaveCount(withTag.length);
  expectSame(await shownHits(page), hundredths(withTag));
  await expect(page.getByText('Only photos that match the filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(hits(page)).toHaveCount(expected.length + withTag.length);
});

test('a file to search for that is no picture leaves no broken image', async ({ page }) => {
  await openApp(page);
  const queryPicture = page.getByRole('img', { name: 'Photo searched for' });
  await page.getByLabel('Photo to search for').setInputFiles(fixture('formats/picture.png'));
  await expect(queryPicture).toBeVisible();
  await page.getByLabel('Photo to search for').setInputFiles(fixture('broken/text.jpg'));
  await expect(page.getByRole('heading', { name: 'Photos like this picture' })).toBeVisible();
  await expect(queryPicture).toHaveCount(0);
});

test.describe('with a model', () => {
  test.use({ modelRuns: true });

  test('a picture that is not in the library is searched for when it is dropped on the search box', async ({
    page,
    library,
  }) => {
    await openApp(page);
    await expectCount(page, library.present.length);
    const bytes = readFileSync(fixture('formats/lossless.webp')).toString('base64');
    const transfer = await page.evaluateHandle((text) => {
      const content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([content], 'dropped.webp', { type: 'image/webp' }));
      return data;
    }, bytes);
    const box = page.getByRole('searchbox', { name: 'Search' });
    for (const type of ['dragenter', 'dragover', 'drop'])
      await box.dispatchEvent(type, { dataTransfer: transfer });
    await expect(page.getByRole('heading', { name: 'Photos like this picture' })).toBeVisible();
    await expect(hits(page).first()).toBeVisible();
    const shown = await shownHits(page);
    // The same drawing in another format.
    expect(shown[0]?.name).toBe('picture.png');
    expect(shown[0]?.score).toBeGreaterThan(95);

    // Picked instead of dropped, and another one.
    await page.getByLabel('Photo to search for').setInputFiles(fixture('orientation/orientation-6.jpg'));
    await expect.poll(async () => (await shownHits(page))[0]?.name).toMatch(/^hills/);
    await page.keyboard.press('Escape');
    // It was searched for, not added.
    await expectCount(page, library.present.length);
  });
});
