// @ts-check
/**
 * What a person waits for in a library of 100,000 photos, in the built app in Chromium: the first screen, the counts of
 * the tags, a filter, orders, similar photos, the way to the end. Medians; the longest where it says so.
 *
 * PICSIFT_BENCH_LIBRARY: photos in the library (default 100000). PICSIFT_BENCH_ROUNDS: turns (default 5).
 */
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { median } from './core/figures.mjs';
import { scrollThrough, startTimes, timeOf, watchStart } from './large-library/measure.mjs';
import { seedLargeLibrary } from './large-library/seed.mjs';

const photos = Number(process.env.PICSIFT_BENCH_LIBRARY ?? 100_000);
const rounds = Number(process.env.PICSIFT_BENCH_ROUNDS ?? 5);

/**
 * One visit. The model loads and starts beside it, as it does for a person.
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {(name: string, milliseconds: number) => void} note
 */
async function visit(context, url, note) {
  const page = await context.newPage();
  await watchStart(page);
  await page.goto(url);
  const { screen, counts } = await startTimes(page);
  note('first screen, from the navigation on', screen);
  note('counts of the tags, from the navigation on', counts);
  // From here on nothing is fetched, cached or started any more.
  await page.getByText('Ready offline', { exact: true }).waitFor({ timeout: 120_000 });

  const facets = page.getByRole('list', { name: 'Tags in view' }).getByRole('listitem');
  const clear = page.getByRole('button', { name: 'Clear all' });
  const box = page.getByRole('searchbox', { name: 'Search' });
  for (let turn = 1; turn <= 3; turn++) {
    const facet = facets.nth(turn).getByRole('button').first();
    note('filter by a tag', await timeOf(page, () => facet.click()));
    note('filter taken away', await timeOf(page, () => clear.click()));
    await box.fill(`holiday/img_0${turn}`);
    note('filter by file name', await timeOf(page, () => box.press('Enter')));
    note('filter taken away', await timeOf(page, () => clear.click()));
  }
  const sort = page.getByRole('combobox', { name: 'Sort by' });
  note('order by name, first time', await timeOf(page, () => sort.selectOption('Name')));
  note('order by size, first time', await timeOf(page, () => sort.selectOption('File size')));
  note('order by date', await timeOf(page, () => sort.selectOption('Date taken')));
  await page.locator('[data-index="0"]').focus();
  note('to the last photo', await timeOf(page, () => page.keyboard.press('Control+End')));
  note('to the first photo', await timeOf(page, () => page.keyboard.press('Control+Home')));
  const scrolled = await scrollThrough(page, 300);
  note('scrolled through in 300 frames: longest task', scrolled.longest);
  note('  the same in time of the thread itself', scrolled.longestOwn);

  const similar = async () => {
    await page.locator('[data-index]').first().click({ button: 'right' });
    const find = page.getByRole('menuitem', { name: 'Find similar' });
    return timeOf(page, () => find.click(), '[aria-label="Similar photos"] li');
  };
  note('similar photos, first time (reads all vectors)', await similar());
  await page.getByRole('button', { name: 'Back to all photos' }).click();
  note('similar photos', await similar());
  await page.close();
}

export async function run() {
  const served = await serve({ port: 0 });
  const browser = await chromium.launch(await launchOptions());
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const began = performance.now();
    await seedLargeLibrary(page, served.url, photos);
    await page.close();
    console.log(`${photos} photos written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    /** @type {Map<string, number[]>} */
    const figures = new Map();
    for (let round = 0; round < rounds; round++) {
      await visit(context, served.url, (name, milliseconds) => {
        figures.set(name, [...(figures.get(name) ?? []), milliseconds]);
      });
    }
    const width = Math.max(...[...figures.keys()].map(({ length }) => length));
    for (const [name, values] of figures) {
      const range = `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
      console.log(`${name.padEnd(width)}  ${median(values).toFixed(0).padStart(6)} ms   (${range})`);
    }
  } finally {
    await browser.close();
    await served.close();
  }
}
