import { png } from '../scripts/fixtures/picture-writers.mjs';
import { expectAccessible } from './support/accessible.ts';
import { fixture } from './support/fixtures.ts';
import { openApp, photoView } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';
import type { SeededLabel } from './support/seeded-library.ts';

/** Asking with words, parts of photos and several photos at once. */

test.use({ viewport: { width: 1280, height: 900 } });

const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search', exact: true });
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
  // One of each lot of alternatives.
  const [a, b, c, d] = library.counts.map(({ label }) => label) as [SeededLabel, ...SeededLabel[]];
  await searchBox(page).fill(`"${a.en}" or "${b!.en}" "${c!.en}" or "${d!.en}"`);
  await searchBox(page).press('Enter');
  const either = inYear.filter(
    ({ tags }) => (tags.has(a.id) || tags.has(b!.id)) && (tags.has(c!.id) || tags.has(d!.id)),
  );
  await expectCount(page, either.length, present.length);
  const lot = `${c!.en} or ${d!.en}`;
  await expect(chips(page)).toHaveText([a.en, `or${b!.en}`, lot, /2/]);
  await page.reload();
  await expectCount(page, either.length, present.length);
  for (const filter of [lot, b!.en, a.en])
    await page.getByRole('button', { name: `Remove filter: ${filter}` }).click();
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
  // Days can be what photos must not be of, too; in Chinese as well.
  await searchBox(page).fill(`-${year} 不要今年`);
  await searchBox(page).press('Enter');
  const thisYear = new Date().getFullYear();
  const years = present.map(({ capturedAt }) => new Date(capturedAt).getUTCFullYear());
  await expectCount(page, years.filter((one) => one !== year && one !== thisYear).length, present.length);
  await expect(chips(page)).toHaveText([/^not .* – /, /^not .* – /]);
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

/** Drags with a finger. */
async function swipe(
  page: Page,
  from: { readonly x: number; readonly y: number },
  by: { readonly x: number; readonly y: number },
): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
    client.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: from.x + by.x * share, y: from.y + by.y * share, id: 1 }],
    });
  await touch('touchStart', 0);
  for (const share of [0.3, 0.6, 1]) await touch('touchMove', share);
  await touch('touchEnd', 1);
  await client.detach();
}

const hits = (page: Page) =>
  page.getByRole('list', { name: 'Similar photos' }).getByRole('button', { name: /similarity/ });

test.describe('with a model', () => {
  test.use({ modelRuns: true });

  test('a part of a photo is searched for, chosen by mouse and by keyboard; several photos, liked and not', async ({
    page,
    library,
  }) => {
    const query = library.photo('city-1.jpg');
    await page.goto(`./#/?photo=${query.id}`);
    await photoView(page).getByRole('button', { name: 'Select region' }).click();
    await expect(page.getByRole('button', { name: 'Select region' })).toHaveAttribute('aria-pressed', 'true');
    await expect(hits(page).first()).toBeVisible();
    const whole = await hits(page).allInnerTexts();
    const part = page.getByRole('group', { name: 'Part of the photo to search for' });
    await expect(part.getByRole('status')).toHaveText('Whole photo');
    await expect
      .poll(() => part.evaluate((element) => element.parentElement!.clientWidth))
      .toBeGreaterThan(200);

    // Drawn with the mouse: the result is that of the part, and the link says which one it is.
    const box = (await part.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.7, { steps: 4 });
    await page.mouse.up();
    await expect(part.getByRole('status')).toContainText('30% wide, 50% high');
    await expect(page).toHaveURL(/region=(100|99)%2C(200|199|201)%2C(300|299|301)%2C(500|499|501)/);
    await expect.poll(() => hits(page).allInnerTexts()).not.toEqual(whole);

    // Moved with a finger; moved and resized by keys.
    await swipe(
      page,
      { x: box.x + box.width * 0.25, y: box.y + box.height * 0.45 },
      { x: box.width * 0.2, y: 0 },
    );
    await expect(part.getByRole('status')).toContainText('30% from the left');
    await part.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await expect(part.getByRole('status')).toContainText('32% from the left');
    await expect(part.getByRole('status')).toContainText('52% high');
    // What speaks for the strongest labels is one press away.
    const suggested = page.getByRole('list', { name: 'Suggested parts' }).getByRole('button');
    await expect(suggested.first()).toBeVisible();
    await suggested.first().click();
    await expect(part.getByRole('status')).not.toContainText('32% from the left');
    await expect(page).toHaveURL(/region=/);
    await expectAccessible(page, 'the choice of a part');
    await page.getByRole('button', { name: 'Whole photo' }).click();
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(whole);

    // Escape ends the choice, not the search.
    await part.press('Escape');
    await expect(part).toBeHidden();
    await expect(page.getByRole('button', { name: 'Select region' })).toBeFocused();

    // What is least alike, without what is most alike, by keys on the photos; a weight moves the result at once.
    await hits(page).first().focus();
    await page.keyboard.press('-');
    const tray = page.getByRole('region', { name: 'More like these, less like those' });
    await expect(tray.getByText('50% less')).toBeVisible();
    // It has left the list, and the one in its place has the focus.
    await expect(page.locator('.hit:focus')).toHaveCount(1);
    // How like each of them a result is, for who points at it and for who listens.
    await expect(hits(page).first()).toHaveAccessibleDescription(/^city-1\.jpg \d+ · .+ \d+$/);
    await hits(page).first().hover();
    await expect
      .poll(() =>
        hits(page)
          .first()
          .evaluate((hit) => getComputedStyle(hit, '::after').content),
      )
      .toMatch(/city-1\.jpg \d+ · /);
    await expect.poll(() => hits(page).allInnerTexts()).not.toEqual(whole);
    await tray.getByRole('slider').press('Home');
    await expect(tray.getByText('100% less')).toBeVisible();
    await tray.getByRole('combobox', { name: 'Add a tag' }).fill('plant');
    await page.keyboard.press('Enter');
    await expect(tray.getByRole('slider', { name: 'Weight of Plant' })).toBeVisible();
    // The same picture is looked for of all photos to be like; what else is in the tray is told to count for likeness.
    await page.getByRole('radio', { name: 'Same picture' }).check();
    await expect(page.getByText(/Tags, and what to be unlike, count for/)).toBeVisible();
    await expect(page.getByText(/candidates compared closely/)).toBeVisible();
    await page.getByRole('radio', { name: 'Similar' }).check();
    await expect(page).toHaveURL(/like=/);
    await expectAccessible(page, 'the tray');
    const mixed = await hits(page).allInnerTexts();
    await page.getByRole('button', { name: 'Save search' }).click();
    const name = page.getByRole('dialog').getByLabel('Name');
    await expect(name).toHaveValue('Like city-1.jpg, Plant');
    await name.press('Enter');
    await expect(page.getByRole('button', { name: 'Save search' })).toBeDisabled();
    await page.reload();
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(mixed);
    await tray.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(whole);
    await page.getByRole('button', { name: 'Like city-1.jpg, Plant', exact: true }).click();
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(mixed);
    await tray.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(whole);

    // The cut-off is learned until it is moved, and learned again.
    const cutOff = page.getByRole('slider', { name: 'Similar from' });
    await expect(page.getByText('automatic', { exact: true })).toBeVisible();
    const learned = await cutOff.inputValue();
    await cutOff.press('End');
    await expect.poll(() => hits(page).count()).toBeLessThan(whole.length);
    await page.getByRole('button', { name: 'Make automatic' }).click();
    await expect(cutOff).toHaveValue(learned);
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(whole);

    // Selected and tagged as in the grid; ordered by date.
    await hits(page).nth(1).focus();
    await page.keyboard.press('Space');
    const bar = page.getByRole('region', { name: 'Selection' });
    await expect(bar).toContainText('1 selected');
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await page.getByRole('radio', { name: 'Date' }).check();
    const names = await hits(page).evaluateAll((all) => all.map((hit) => hit.getAttribute('title')!));
    const dates = names.map((name) => library.photo(name).capturedAt);
    expect(dates).toEqual(dates.toSorted((a, b) => b - a));

    // A link holds what the photo's file holds: with another number it leads to the same photo, and it says when there is none.
    await page.goto(`./#/?similar=${query.id}`);
    await expect(page).toHaveURL(/as=\d+\.[0-9a-f]{24}/);
    const hash = /as=\d+\.([0-9a-f]{24})/.exec(page.url())![1]!;
    await page.goto('about:blank');
    await page.goto(`./#/?similar=4000&as=4000.${hash}`);
    await expect(page).toHaveURL(new RegExp(`similar=${query.id}&as=${query.id}.${hash}`));
    await expect.poll(() => hits(page).allInnerTexts()).toEqual(whole);
    await page.goto(`./#/?similar=${query.id}&as=${query.id}.${'0'.repeat(24)}`);
    await expect(page.getByText('The photo that this link is about is not in this library.')).toBeVisible();
    await expect(
      page.getByRole('region', { name: 'Photos like this one' }).getByText('city-1.jpg'),
    ).toBeHidden();

    // A part of a photo that its file holds turned is the part that is seen.
    const ofPart = async (name: string, region: string) => {
      await page.getByLabel('Photo to search for').setInputFiles(fixture(`orientation/${name}`));
      await expect(page).toHaveURL(/similar=file/);
      await page.evaluate((part) => {
        location.hash = `#/?similar=file&region=${part}`;
      }, region);
      await expect(page.locator('.similar__answer')).toHaveAttribute('aria-busy', 'false');
      const titles = await hits(page).evaluateAll((all) => all.map((hit) => hit.getAttribute('title')));
      return titles.slice(0, 3);
    };
    const upright = await ofPart('orientation-1.jpg', '0,0,300,400');
    await expect.poll(() => ofPart('orientation-6.jpg', '700,600,300,400')).not.toEqual(upright);
    await expect.poll(() => ofPart('orientation-6.jpg', '0,0,300,400')).toEqual(upright);

    // A panorama on a phone: shares of the frame are shares of the picture.
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = png(800, 200, (x: number) => [x % 256, 90, 60]);
    await page
      .getByLabel('Photo to search for')
      .setInputFiles({ name: 'wide.png', mimeType: 'image/png', buffer: Buffer.from(wide) });
    await page.getByRole('button', { name: 'Select region' }).click();
    await expect
      .poll(() => part.evaluate(({ clientWidth, clientHeight }) => clientWidth / clientHeight))
      .toBeGreaterThan(3.7);
    // The part of one file is not that of the next one.
    await part.press('ArrowRight');
    await expect(page).toHaveURL(/region=\d/);
    await page
      .getByLabel('Photo to search for', { exact: true })
      .setInputFiles(fixture('photos/hills-1.jpg'));
    await expect(part.getByRole('status')).toHaveText('Whole photo');
    await expect(page).not.toHaveURL(/region=\d/);
  });
});

test('favourites: by key and by heart, filtered, counted, taken back', async ({ page, library }) => {
  const { present } = library;
  await openApp(page);
  const cells = page.getByRole('grid', { name: 'Photos' }).getByRole('gridcell');
  await cells.first().focus();
  const name = (await cells.first().getAttribute('aria-label'))!;
  // Without any favourite, what was tagged is enough, and asked about at once.
  const forYou = page.getByRole('region', { name: 'For you' });
  const recommended = forYou.getByRole('list', { name: 'For you' }).getByRole('button');
  for (let n = 0; n < 7; n++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('t');
  await page.getByRole('dialog').getByRole('combobox').fill('mine');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(recommended.first()).toHaveAccessibleName(/because you tagged/);
  await page.keyboard.press('Control+z');
  await expect(forYou).toBeHidden();
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await cells.first().focus();
  await page.keyboard.press('f');
  await expect(cells.first()).toHaveAccessibleDescription('Favourite');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await photoView(page).getByRole('button', { name: 'Favourite' }).click();
  await expect(photoView(page).getByRole('button', { name: 'Favourite' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.keyboard.press('Escape');
  await expect(photoView(page)).toBeHidden();
  await searchBox(page).fill('is:liked');
  await searchBox(page).press('Enter');
  await expectCount(page, 2, present.length);
  await page.keyboard.press('Control+z');
  await expectCount(page, 1, present.length);
  await expect(cells.first()).toHaveAccessibleName(name);
  await page.getByRole('button', { name: 'Clear all' }).click();
  // What is like the favourite is recommended for its sake, unless that is switched off.
  await expect(recommended.first()).toHaveAccessibleName(new RegExp(`because you liked .*${name}`));
  await expectAccessible(page, 'recommendations');
  await page.getByRole('button', { name: 'Settings' }).click();
  const recommends = page.getByRole('switch', { name: 'Recommend photos and tags' });
  // It shows what is stored, which takes a moment.
  // By key: the settings may still be sliding in.
  await recommends.focus();
  await page.keyboard.press('Space');
  await expect(recommends).not.toBeChecked();
  await page.getByRole('button', { name: 'Close' }).first().click();
  await expect(forYou).toBeHidden();
  await page.getByRole('button', { name: 'Favourites 1' }).click();
  await expectCount(page, 1, present.length);

  // Several that are selected are searched with together, without the menu that a finger may not have.
  await page.getByRole('button', { name: 'Clear all' }).click();
  await cells.first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page
    .getByRole('region', { name: 'Selection' })
    .getByRole('button', { name: 'More like these' })
    .click();
  await expect(
    page.getByRole('list', { name: 'Photos and tags to compare with' }).getByRole('listitem'),
  ).toHaveCount(2);
  await expect(hits(page).first()).toBeVisible();
});
