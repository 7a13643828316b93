import { openApp, photoCell, photoView } from './support/person.ts';
import { expect, expectCount, type Page, test } from './support/seed.ts';

/** The main job without a mouse. After every key the focus is somewhere, in sight, and shown. */

/** What has the focus and what is wrong with that; '' if nothing is. */
function focusProblem(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'the focus is lost';
    const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`;
    const box = element.getBoundingClientRect();
    const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!inSight) return `${name}: out of sight`;
    // What takes the focus by itself, so that screen readers begin there, needs no ring.
    if (element.matches('[role="dialog"], [role="alertdialog"], h1, h2, main')) return '';
    const isRinged = (one: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    };
    // The ring may be drawn around the field that an input stands in, or on the face of a hidden radio button.
    const candidates = [
      element,
      ...element.querySelectorAll('*'),
      element.parentElement,
      element.parentElement?.parentElement,
      element.nextElementSibling,
    ];
    const ringed = candidates.some((one) => one != null && isRinged(one));
    // Items of menus are marked by their colour.
    const marked = element.matches('[role="menuitem"]') && element.hasAttribute('data-focus-visible');
    return ringed || marked ? '' : `${name}: no ring`;
  });
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await expect.poll(() => focusProblem(page), { message: `after ${key}` }).toBe('');
  }
}

const focusedPhoto = (page: Page) =>
  page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset.index ?? -1));

async function tabTo(page: Page, name: string | RegExp, limit = 60): Promise<void> {
  const wanted = page.getByRole('button', { name }).or(page.getByRole('gridcell', { name }));
  for (let i = 0; i < limit; i++) {
    await press(page, 'Tab');
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return;
  }
  throw new Error(`Tab does not reach ${String(name)}`);
}

test('every control of the screen is reached by Tab, and the skip link leads to the photos', async ({
  page,
  library,
}) => {
  await openApp(page);
  await expectCount(page, library.present.length);
  await press(page, 'Tab');
  await expect(page.getByRole('button', { name: 'Skip to the photos' })).toBeFocused();
  await press(page, 'Enter', 'Tab');
  await expect(page.getByRole('combobox', { name: 'Sort by' })).toBeFocused();

  await page.goto('about:blank');
  await openApp(page);
  await expectCount(page, library.present.length);
  // Its menu is a chunk of its own; until that is there, the button is disabled.
  await expect(page.getByRole('button', { name: 'More ways to add' })).toBeEnabled();
  const reached = new Set<string>();
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) break; // the browser's own controls
    await expect.poll(() => focusProblem(page)).toBe('');
    reached.add(
      await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement;
        return (
          element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? ''
        );
      }),
    );
  }
  const first = await page.locator('[data-index="0"]').getAttribute('aria-label');
  for (const name of [
    'Filters',
    'Search',
    'Search by photo',
    'Settings',
    'Add photos',
    'More ways to add',
    'Find a tag',
    'From',
    'To',
    'Sort by',
    'Descending',
    'Group by month',
    'Photo size',
    first ?? '',
  ]) {
    expect([...reached].join('\n')).toContain(name);
  }
});

test('the grid is gone through, selected from, emptied and filled again by keys', async ({
  page,
  library,
}) => {
  const total = library.present.length;
  const selection = page.getByRole('region', { name: 'Selection' });
  await openApp(page, '#/?sort=name');
  await expectCount(page, total);
  await tabTo(page, /\.(gif|jpg|png|webp)$/);
  expect(await focusedPhoto(page)).toBe(0);
  await press(page, 'ArrowRight', 'ArrowRight');
  expect(await focusedPhoto(page)).toBe(2);
  await press(page, 'ArrowLeft');
  expect(await focusedPhoto(page)).toBe(1);
  await press(page, 'Home');
  expect(await focusedPhoto(page)).toBe(0);
  await press(page, 'End');
  const rowEnd = await focusedPhoto(page);
  expect(rowEnd).toBeGreaterThan(1);
  await press(page, 'ArrowDown');
  expect(await focusedPhoto(page)).toBeGreaterThan(rowEnd);
  await press(page, 'ArrowUp');
  expect(await focusedPhoto(page)).toBeLessThanOrEqual(rowEnd);
  await press(page, 'PageDown');
  const pageDown = await focusedPhoto(page);
  expect(pageDown).toBeGreaterThan(rowEnd + 3);
  await press(page, 'PageUp');
  expect(await focusedPhoto(page)).toBeLessThan(pageDown);
  await press(page, 'Control+End');
  expect(await focusedPhoto(page)).toBe(total - 1);
  await press(page, 'Control+Home');
  expect(await focusedPhoto(page)).toBe(0);

  await press(page, 'Space');
  await expect(selection).toContainText('1 selected');
  await press(page, 'Space');
  await expect(selection).toBeHidden();
  await press(page, 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await expect(selection).toContainText('4 selected');
  await press(page, 'Shift+ArrowLeft');
  await expect(selection).toContainText('3 selected');
  await press(page, 'Shift+Control+End');
  await expect(selection).toContainText(`${total} selected`);
  await press(page, 'Escape');
  await expect(selection).toBeHidden();
  await press(page, 'Control+a');
  await expect(selection).toContainText(`${total} selected`);
  await press(page, 'Escape', 'Control+Home');

  // Removing leaves the focus in the place of what was removed.
  await press(page, 'ArrowRight', 'ArrowRight', 'Delete');
  await expectCount(page, total - 1);
  await expect.poll(() => focusedPhoto(page)).toBe(2);
  expect(await focusProblem(page)).toBe('');
  await press(page, 'Control+z');
  await expectCount(page, total);
  expect(await focusProblem(page)).toBe('');
  const place = await focusedPhoto(page);
  await press(page, 'Control+a', 'Delete');
  await expectCount(page, 0);
  await expect.poll(() => focusProblem(page)).toBe('');
  await press(page, 'Control+z');
  await expectCount(page, total);
  // The photos that are back have the focus again.
  await expect.poll(() => focusedPhoto(page)).toBe(place);
  await press(page, 'ArrowRight');
  expect(await focusedPhoto(page)).toBe(place + 1);
});

test('a photo is opened, tagged, searched like and left by keys; so are the settings', async ({
  page,
  library,
}) => {
  const total = library.present.length;
  await openApp(page, '#/?sort=name');
  await expectCount(page, total);
  await tabTo(page, /\.(gif|jpg|png|webp)$/);
  await press(page, 'ArrowRight', 'Enter');
  const title = photoView(page).getByRole('heading', { level: 1 });
  await expect(title).toBeVisible();
  const first = await title.textContent();
  await press(page, 'ArrowRight');
  await expect(title).not.toHaveText(first ?? '');
  const name = (await title.textContent()) ?? '';
  await press(page, 't');
  await expect(page.getByRole('combobox', { name: 'Add a tag' })).toBeFocused();
  await page.keyboard.type('By keys alone');
  await expect(page.getByRole('option', { name: 'Create “By keys alone”' })).toBeVisible();
  await press(page, 'Enter');
  const tags = photoView(page).getByRole('list', { name: 'Tags', exact: true });
  await expect(tags).toContainText('By keys alone');
  // The field that was emptied has nothing of its own to take back.
  await press(page, 'Control+z');
  await expect(page.getByText('Undone: the tag “By keys alone” on 1 photo')).toBeVisible();
  await expect(tags).not.toContainText('By keys alone');
  await press(page, 'Control+Shift+z');
  await expect(tags).toContainText('By keys alone');
  await expect(page.getByText('Done again: the tag “By keys alone” on 1 photo')).toBeVisible();
  await expect(page.getByText('Undone')).toHaveCount(0);

  // The tag is taken away by its button: the focus goes on, not nowhere.
  const takeBack = tags.getByRole('button', { name: 'Reject By keys alone' });
  for (let i = 0; i < 8 && !(await takeBack.evaluate((one) => one === document.activeElement)); i++) {
    await press(page, 'Shift+Tab');
  }
  await press(page, 'Enter');
  await expect(takeBack).toHaveCount(0);
  await expect.poll(() => focusProblem(page)).toBe('');
  await press(page, 'Control+z');
  await expect(tags).toContainText('By keys alone');

  await press(page, 'Escape');
  await expect(photoCell(page, name)).toBeFocused();
  // The menu of the photo, as the menu key opens it.
  await press(page, 'Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Open/ })).toBeFocused();
  await press(page, 'ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Find similar' })).toBeFocused();
  await press(page, 'Enter');
  const hits = page.getByRole('list', { name: 'Similar photos' }).getByRole('button', { name: /similarity/ });
  await expect(hits.first()).toBeVisible();
  for (let i = 0; i < 12 && !(await hits.first().evaluate((hit) => hit === document.activeElement)); i++) {
    await press(page, 'Tab');
  }
  await expect(hits.first()).toBeFocused();
  if ((await hits.count()) > 1) {
    await press(page, 'ArrowRight');
    await expect(hits.nth(1)).toBeFocused();
    await press(page, 'ArrowLeft');
  }
  await press(page, 'Enter');
  await expect(photoView(page)).toBeVisible();
  await press(page, 'Escape');
  await expect(hits.first()).toBeFocused();
  await press(page, 'Escape');
  await expectCount(page, total);
  await expect(photoCell(page, name)).toBeFocused();

  await page.reload();
  await expectCount(page, total);
  await tabTo(page, 'Settings');
  await press(page, 'Enter');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  // The focus stays inside.
  for (let i = 0; i < 25; i++) {
    await press(page, 'Tab');
    expect(await settings.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  }
  await press(page, 'Escape');
  await expect(settings).toBeHidden();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();
});

test('searching and filtering by keys', async ({ page, library }) => {
  const total = library.present.length;
  const seashore = library.label('seashore');
  await openApp(page);
  await expectCount(page, total);
  await press(page, '/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await page.keyboard.type('seash');
  await expect(page.getByRole('option', { name: new RegExp(`^${seashore.en}`) })).toBeVisible();
  await press(page, 'ArrowDown', 'Enter');
  const found = library.present.filter(({ tags }) => tags.has('seashore')).length;
  await expectCount(page, found, total);
  await tabTo(page, `Remove filter: ${seashore.en}`);
  await press(page, 'Enter');
  await expectCount(page, total);
  await expect.poll(() => focusProblem(page)).toBe('');
});
