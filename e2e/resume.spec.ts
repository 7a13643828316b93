import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { fixturesOf } from './support/fixtures.ts';
import { addPhotos, openApp, photoCell, waitForImport, waitForThumbnail } from './support/person.ts';
import { launchProfile } from './support/profile.ts';
import { storedIn } from './support/stored.ts';
import { temporaryFolder } from './support/temporary.ts';
import { expect, type Page, test } from './support/test.ts';
import { tinyPackOverlay } from './support/tiny-pack.ts';

const size = { width: 1280, height: 1600 };
test.use({ viewport: size, serveOptions: { overlay: tinyPackOverlay() }, keptOffline: false });

const byName = '#/?sort=name';
const progress = (page: Page) => page.getByRole('region', { name: 'Import progress' });

/** So many photos that an import of them has a middle: each fixture several times, made different by bytes at its end. */
const folder = temporaryFolder();
const files = [1, 2].flatMap((copy) =>
  fixturesOf('photo').map(({ file, name }) => {
    const path = join(folder, `${copy}-${name}`);
    writeFileSync(path, Buffer.concat([readFileSync(file), Buffer.from(`copy ${copy}`)]));
    return path;
  }),
);
const names = files.map((file) => basename(file)).sort();

test.beforeEach(async ({ context }) => {
  await workSlowly(context);
});

/** One worker at a time, so that a test has time to interrupt it. */
async function workSlowly(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 1 });
  });
}

/** Waits until at least `count` photos of the import are through. */
async function waitUntilDone(page: Page, count: number): Promise<void> {
  await expect
    .poll(async () => Number(/(\d+) \/ \d+/.exec((await progress(page).textContent()) ?? '')?.[1]), {
      intervals: [10],
    })
    .toBeGreaterThanOrEqual(count);
}

/**
 * What an import that was cut off has left, looked at without the app: all photos are accepted, and some are still to do
 * (else the test came too late to say anything).
 */
async function expectCutOff(context: BrowserContext, site: string, least: number): Promise<void> {
  const plain = await context.newPage();
  await plain.goto(`${site}models/starter/pack.json`);
  const { names: found, contents, blobs } = await storedIn(plain);
  expect(found).toEqual(names);
  expect(blobs).toBe(names.length);
  expect(contents).toBeGreaterThanOrEqual(least);
  expect(contents).toBeLessThan(names.length);
  await plain.close();
}

/** All photos are there once, each with its own thumbnail and results, and none is left to do. */
async function expectWhole(page: Page): Promise<void> {
  const count = names.length;
  await expect
    .poll(() => storedIn(page))
    .toMatchObject({ photos: count, names, contents: count, blobs: count, thumbnails: count });
  await expect(page.getByRole('heading', { name: `Photos ${count}` })).toBeVisible();
  const first = names[0] as string;
  await waitForThumbnail(page, first);
  await expect(photoCell(page, first)).not.toHaveAttribute('aria-description');
  await expect(page.getByText('Adding photos', { exact: true })).toBeHidden();
}

/** Moments of an import at which it is cut off: so many photos are through. Drawn once, kept for good. */
const moments = [1, 20];

for (const moment of moments) {
  test(`the page is closed after ${moment} photos: the next one goes on`, async ({
    page,
    context,
    site,
    watch,
  }) => {
    watch.allow(/404/); // the browser looks for an icon of a page that has none
    await openApp(page, byName);
    await addPhotos(page, files);
    await waitUntilDone(page, moment);
    await page.close();
    await expectCutOff(context, site.url, moment);

    const next = await context.newPage();
    await openApp(next, byName);
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
    expect((await storedIn(page)).contents).toBeLessThan(files.length);
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
    expect((await storedIn(page)).contents).toBeLessThan(files.length);
    await expectWhole(page);
    await expect(page.getByText('Picsift stopped unexpectedly')).toBeHidden();
  });
});

test('the browser is killed in the middle: the next one finds all that was accepted', async ({
  site,
}, info) => {
  const profile = temporaryFolder();
  const launch = async (): Promise<BrowserContext> => {
    const context = await launchProfile(info, profile, { baseURL: site.url, viewport: size });
    await workSlowly(context);
    return context;
  };
  const first = await launch();
  const page = await first.newPage();
  await openApp(page, byName);
  await addPhotos(page, files);
  await waitUntilDone(page, 20);
  const gone = new Promise((resolve) => first.once('close', resolve));
  const session = await first.newCDPSession(page);
  session.send('Browser.crash').catch(() => {}); // never answered
  await gone;

  const second = await launch();
  // Results are written as they come, so the last ones before a crash may be lost; what was accepted never is.
  await expectCutOff(second, site.url, 0);
  const next = await second.newPage();
  await openApp(next, byName);
  await expectWhole(next);
  await second.close();
});

test.describe('two tabs', () => {
  const elsewhere = (page: Page) => page.getByText('Picsift is open in another tab');

  /** Scrolls the photos up and down, so that the page has questions under way at any moment. */
  const keepAsking = (page: Page) =>
    page.getByRole('grid', { name: 'Photos' }).evaluate((grid) => {
      let box: Element | null = grid;
      while (box !== null && box.scrollHeight <= box.clientHeight) box = box.parentElement;
      if (box === null) throw new Error('nothing scrolls');
      const scrolled = box;
      let turn = 0;
      setInterval(() => scrolled.scrollTo(0, turn++ % 2 === 0 ? 1e6 : 0), 20);
    });

  const takeOver = (page: Page) => page.getByRole('button', { name: 'Use it here' });

  test('the second says so; it can take over in the middle of an import, and the first one says it then', async ({
    page,
    context,
  }) => {
    await openApp(page, byName);
    const second = await context.newPage();
    await second.goto(`./${byName}`);
    await expect(elsewhere(second)).toBeVisible();
    await expect(second.getByRole('grid')).toBeHidden();

    // The first one has not been disturbed.
    await page.bringToFront();
    await expect(elsewhere(page)).toBeHidden();
    await addPhotos(page, files);
    await waitUntilDone(page, 4);
    await keepAsking(page);
    await takeOver(second).click();
    await expect(elsewhere(page)).toBeVisible();
    expect((await storedIn(second)).contents).toBeLessThan(files.length);
    await expectWhole(second);

    // And back again.
    await takeOver(page).click();
    await expect(elsewhere(second)).toBeVisible();
    await expectWhole(page);
    await second.close();
    await page.reload();
    await expectWhole(page);
  });

  test('a tab that is frozen is noticed; one that is closed leaves the library to the next one', async ({
    page,
    context,
  }) => {
    await openApp(page, byName);
    await addPhotos(page, files.slice(0, 2));
    await waitForImport(page, 2);
    const second = await context.newPage();
    await second.goto(`./${byName}`);
    await expect(elsewhere(second)).toBeVisible();
    const silence = second.getByText('The other tab does not answer.');
    await expect(silence).toBeHidden();
    // It answers no questions any more, as a frozen tab.
    const owner = page.workers().find((worker) => worker.url().includes('library'));
    void owner?.evaluate(() => {
      const end = Date.now() + 9000;
      while (Date.now() < end);
    });
    await expect(silence).toBeVisible();
    await expect(silence).toBeHidden();

    await page.close();
    await expect(second.getByRole('heading', { name: 'Photos 2' })).toBeVisible();
    await second.close();
  });
});
