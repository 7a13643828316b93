// @ts-check
/** A library of 100,000 photos in the built app: first screen, counts of tags, filter. Medians of five visits. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, launchArguments } from '../chromium.mjs';
import { seedLargeLibrary, timeFilter, timeScrolling, watchFirstScreen } from '../fixtures/large-library.mjs';
import { serve } from '../serve.mjs';
import { projectRoot, runInProject } from '../setup.mjs';

const photos = 100_000;
const visits = 5;

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

export async function run() {
  const executablePath = await findChromium();
  if (executablePath === null) throw new Error('No Chromium: run `npm test` once, or set PICSIFT_CHROMIUM.');
  runInProject('node', ['scripts/fixtures/generate.mjs']);
  const site = await serve({ port: 0 });
  const browser = await chromium.launch({ executablePath, args: launchArguments });
  try {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await page.goto(site.url);
    const photo = join(projectRoot, 'e2e', '.fixtures', 'edge', 'small-photo.jpg');
    await page.getByLabel('Photo files', { exact: true }).setInputFiles([photo]);
    await page.getByRole('region', { name: 'Import progress' }).getByText('1 / 1').first().waitFor();
    await page.goto(`${site.url}manifest.webmanifest`);
    await seedLargeLibrary(page, photos);
    await watchFirstScreen(page);
    /** @type {{ photos: number, facets: number, filter: number, longest: number }[]} */
    const figures = [];
    for (let visit = 0; visit < visits; visit++) {
      await page.goto('about:blank');
      await page.goto(site.url);
      await page.locator('.facet').first().waitFor();
      await page.waitForTimeout(3000); // the model has started by then
      const filter = await timeFilter(page);
      const seen = await page.evaluate(() => /** @type {any} */ (window).seen);
      figures.push({ ...seen, filter, longest: await timeScrolling(page) });
    }
    const of = (/** @type {'photos' | 'facets' | 'filter' | 'longest'} */ name) =>
      median(figures.map((figure) => figure[name])).toFixed(0);
    console.log(`${photos} photos, medians of ${visits} visits`);
    console.log(`  first photos on the screen after navigation ${of('photos')} ms (to reach: 2000)`);
    console.log(`  counts of tags ${of('facets')} ms (to reach: 4000)`);
    console.log(`  filter by a tag, from click to new count ${of('filter')} ms (to reach: 100)`);
    console.log(`  longest task while scrolling from end to end ${of('longest')} ms (0: none over 50)`);
  } finally {
    await browser.close();
    await site.close();
  }
}
