import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { fixturesOf } from './support/fixtures.ts';
import {
  addPhotos,
  openApp,
  photoCell,
  shownNames,
  waitForImport,
  waitForThumbnail,
} from './support/person.ts';
import { storedIn } from './support/stored.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

const size = { width: 1280, height: 1600 };
test.use({ viewport: size, serveOptions: { overlay: tinyPackOverlay() } });

const byName = '#/?sort=name';
const photos = [...fixturesOf('photo'), ...fixturesOf('orientation')];
const files = photos.map(({ file }) => file);
const names = photos.map(({ name }) => name).sort();
const progress = (page: Page) => page.getByRole('region', { name: 'Import progress' });

/** Waits until at least `count` photos of the import are through. */
async function waitUntilDone(page: Page, count: number): Promise<void> {
  await expect
    .poll(async () => Number(/(\d+) \/ \d+/.exec((await progress(page).textContent()) ?? '')?.[1]), {
      intervals: [20],
    })
    .toBeGreaterThanOrEqual(count);
}

/** All photos are there once, each with its own thumbnail and results, and none is left to do. */
async function expectWhole(page: Page): Promise<void> {
  await expect.poll(() => shownNames(page), { timeout: 30_000 }).toHaveLength(names.length);
  expect([...(await shownNames(page))].sort()).toEqual(names);
  const count = names.length;
  await expect
    .poll(() => storedIn(page), { timeout: 30_000 })
    .toMatchObject({ photos: count, contents: count, blobs: count, thumbnails: count });
  for (const name of names) {
    await expect(photoCell(page, name)).not.toHaveAttribute('aria-description', { timeout: 30_000 });
  }
  await waitForThumbnail(page, names[0] as string);
  await waitForThumbnail(page, names.at(-1) as string);
}

/** Moments of an import at which it is cut off: so many photos are through. Drawn once, kept for good. */
const moments = [1, 7, 18, 26];

for (const moment of moments) {
  test(`the page is closed after ${moment} photos: the next one goes on`, async ({ page, context }) => {
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, moment);
    await page.close();

    const next = await context.newPage();
    await openApp(next, byName);
    // What was accepted is all there at once, before anything is processed.
    await expect.poll(() => shownNames(next)).toHaveLength(names.length);
    await expectWhole(next);
    // Adding them once more changes nothing.
    await addPhotos(next, files);
    await expect(next.getByText(`${files.length} were already there.`)).toBeVisible();
    await expectWhole(next);
  });
}

test('the page is closed at once: what was accepted is processed, what was not can be added again', async ({
  page,
  context,
}) => {
  await openApp(page, byName);
  await addPhotos(page, files);
  await page.close();
  const next = await context.newPage();
  await openApp(next, byName);
  await addPhotos(next, files);
  await expectWhole(next);
});

test('the page is reloaded again and again', async ({ page }) => {
  await openApp(page, byName);
  await addPhotos(page, files);
  await expect.poll(async () => (await storedIn(page)).photos).toBe(files.length);
  for (let i = 0; i < 3; i++) {
    await page.reload();
    await expect(progress(page)).toBeVisible();
  }
  await expectWhole(page);
});

test.describe('a worker that dies', () => {
  async function killWorker(page: Page, url: RegExp): Promise<void> {
    const worker = page.workers().find((one) => url.test(one.url()));
    if (worker === undefined) throw new Error(`no worker ${url}: ${page.workers().map((one) => one.url())}`);
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    });
  }

  test('while it has photos in hand is replaced', async ({ page, watch }) => {
    watch.allow(/killed by the test/);
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, 5);
    await killWorker(page, /inference/);
    await expectWhole(page);
    await expect(progress(page)).not.toContainText('problem');
  });

  test('with the library in it is started again, and goes on from what is stored', async ({
    page,
    watch,
  }) => {
    watch.allow(/killed by the test/);
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, 5);
    await killWorker(page, /library/);
    await expectWhole(page);
    await expect(page.getByText('Picsift stopped unexpectedly')).toBeHidden();
  });
});

test('the browser is killed in the middle: the next one finds all that was accepted', async ({
  site,
}, info) => {
  const profile = mkdtempSync(join(tmpdir(), 'picsift-profile-'));
  const { executablePath, args = [] } = info.project.use.launchOptions ?? {};
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      ...(executablePath === undefined ? {} : { executablePath }),
      args,
      baseURL: site.url,
      viewport: size,
      locale: 'en-GB',
    });
  try {
    const first = await launch();
    const page = first.pages()[0] ?? (await first.newPage());
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, 9);
    const gone = new Promise((resolve) => first.once('close', resolve));
    const session = await first.newCDPSession(page);
    // The answer never comes.
    session.send('Browser.crash').catch(() => {});
    await gone;

    const second = await launch();
    const next = second.pages()[0] ?? (await second.newPage());
    await openApp(next, byName);
    await expectWhole(next);
    await second.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test.describe('two tabs', () => {
  const elsewhere = (page: Page) => page.getByText('Picsift is open in another tab');
  const takeOver = (page: Page) => page.getByRole('button', { name: 'Use it here' });

  test('the second says so; it can take over in the middle of an import, and the first one says it then', async ({
    page,
    context,
  }) => {
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, 4);

    const second = await context.newPage();
    await second.goto(`./${byName}`);
    await expect(elsewhere(second)).toBeVisible();
    await expect(second.getByRole('grid')).toBeHidden();
    // The first one has not been disturbed.
    await expect(elsewhere(page)).toBeHidden();

    await takeOver(second).click();
    await expect(elsewhere(page)).toBeVisible();
    await expectWhole(second);

    // And back again.
    await takeOver(page).click();
    await expect(elsewhere(second)).toBeVisible();
    await expectWhole(page);
    await second.close();
    await page.reload();
    await expectWhole(page);
  });

  test('a tab that is closed leaves the library to the next one', async ({ page, context }) => {
    await openApp(page, byName);
    await addPhotos(page, files.slice(0, 2));
    await waitForImport(page, 2);
    const second = await context.newPage();
    await second.goto(`./${byName}`);
    await expect(elsewhere(second)).toBeVisible();
    await page.close();
    await takeOver(second).click();
    await expect.poll(() => shownNames(second)).toHaveLength(2);
  });
});
