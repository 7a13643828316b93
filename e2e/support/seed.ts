import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Browser } from '@playwright/test';
import { openEmptyPage } from '../../scripts/empty-page.mjs';
import { serve } from '../../scripts/serve.mjs';
import { fixture, photoFiles } from './fixtures.ts';
import { madeOnce } from './made-once.ts';
import { addPhotos, openApp, waitForImport } from './person.ts';
import { libraryOf, type SeededLibrary } from './seeded-library.ts';
import { packed, readDatabase, unpacked, writeDatabase } from './stored-database.ts';
import { test as base, expect, keepNothingOffline, type Page } from './test.ts';

interface Seed {
  readonly library: SeededLibrary;
  /** Name of the file with the database: see `packed`. */
  readonly file: string;
}

/** What is imported: photos, near duplicates of one of them, equal bytes twice, other formats, and files that fail. */
const imported = [
  ...photoFiles(24),
  ...['recompressed.jpg', 'as-webp.webp', 'cropped.jpg', 'mirrored.jpg', 'smaller.jpg'].map((name) =>
    fixture(`near/${name}`),
  ),
  fixture('duplicates/hills copy.jpg'),
  fixture('formats/picture.png'),
  fixture('formats/picture.gif'),
  fixture('hostile/👩‍👩‍👧 🌅 à la plage.jpg'),
  fixture('broken/truncated.jpg'),
  fixture('broken/bomb.png'),
];

interface SeedFixtures {
  /** The library that the app finds, with the fixtures imported; it is there before the page is opened. */
  library: SeededLibrary;
}

interface SeedOptions {
  /** False: the model stays on its way, which costs no time; the library works all the same. Either way no service worker comes. */
  modelRuns: boolean;
}

/**
 * Playwright's test with a library of some 30 photos: imported once by the app itself, then copied for each test, also of
 * later runs as long as the built app is the same.
 */
export const test = base.extend<SeedFixtures & SeedOptions & { seed: Seed }>({
  modelRuns: [false, { option: true }],
  actionTimeout: 60_000,
  seed: [({ browser }, use) => seedOf(browser).then(use), { timeout: 400_000 }],
  library: [
    async ({ page, site, seed, modelRuns }, use) => {
      const context = page.context();
      if (!modelRuns) await context.route('**/models/**', () => {});
      // That would come after the model.
      else await keepNothingOffline(context);
      await openEmptyPage(page, site.url);
      await page.evaluate(writeDatabase, `${site.url}${seed.file}`);
      await use(seed.library);
    },
    { auto: true },
  ],
});

/** Of this process: all its tests share it. */
let made: Promise<Seed> | null = null;

function seedOf(browser: Browser): Promise<Seed> {
  made ??= madeOnce('seed', ['seed.ts', 'stored-database.ts'], () => importFixtures(browser)).then(
    (file) => ({
      file: basename(file),
      library: libraryOf(unpacked(readFileSync(file))),
    }),
  );
  return made;
}

/** What the app stores of the fixtures, packed. */
async function importFixtures(browser: Browser): Promise<Buffer> {
  const served = await serve({ root: process.env.PICSIFT_DIST ?? 'dist', port: 0 });
  const context = await browser.newContext({
    baseURL: served.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await openApp(page);
    await addPhotos(page, imported);
    await waitForImport(page, imported.length);
    await openEmptyPage(page, served.url);
    return packed(await page.evaluate(readDatabase));
  } finally {
    await context.close();
    await served.close();
  }
}

export { expect, type Locator, type Page } from './test.ts';

/** The title of the screen of photos, such as '31' or '4 of 31'. */
export async function expectCount(page: Page, shown: number, total?: number): Promise<void> {
  const words = total === undefined || total === shown ? `${shown}` : `${shown} of ${total}`;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    new RegExp(`^(Photos|Not readable|Recently removed)${words}$`),
  );
}
