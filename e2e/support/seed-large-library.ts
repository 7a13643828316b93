import type { BrowserContext } from '@playwright/test';
import { seedLargeLibrary } from '../../scripts/bench/large-library/seed.mjs';
import { serve } from '../../scripts/serve.mjs';
import { test as base } from './test.ts';

/** A library of many photos in a browser of its own; one page at a time, since one tab at a time owns a library. */
export interface LargeLibrary {
  readonly context: BrowserContext;
  readonly url: string;
  readonly photos: number;
  /** What it took to write it. */
  readonly seconds: number;
}

/** Playwright's test with a large library, written once for all tests of a file. The model stays on its way. */
export const test = base.extend<object, { large: LargeLibrary; photos: number }>({
  photos: [100_000, { option: true, scope: 'worker' }],
  large: [
    async ({ browser, photos }, use) => {
      const served = await serve({ root: process.env.PICSIFT_DIST ?? 'dist', port: 0 });
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        viewport: { width: 1280, height: 800 },
      });
      try {
        await context.route('**/models/**', () => {});
        const page = await context.newPage();
        const began = performance.now();
        await seedLargeLibrary(page, served.url, photos);
        const seconds = (performance.now() - began) / 1000;
        await page.close();
        await use({ context, url: served.url, photos, seconds });
      } finally {
        await context.close();
        await served.close();
      }
    },
    { scope: 'worker', timeout: 400_000 },
  ],
});

export { expect, type Page } from './test.ts';
