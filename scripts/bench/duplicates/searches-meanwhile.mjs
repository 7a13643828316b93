// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../chromium.mjs';
import { serve } from '../../serve.mjs';
import { median } from '../core/figures.mjs';
import { buildersDone, timeOf } from '../large-library/measure.mjs';
import { seedLargeLibrary } from '../large-library/seed.mjs';
import { seedSignatures } from '../large-library/seed-signatures.mjs';
import { forgetPairs } from './first-search.mjs';

/** Searches of each kind, before and meanwhile. */
const searches = 12;

/**
 * How fast the built app answers searches while the builder compares `count` generated photos, beside how fast it answers
 * them before. The library is seeded once and kept in a folder of the system's temporary ones.
 *
 * @param {number} count
 */
export async function measureSearchesMeanwhile(count) {
  const folder = join(tmpdir(), `picsift-bench-duplicates-seeded-${count}`);
  const seeded = join(folder, 'seeded');
  if (!existsSync(seeded)) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const app = await serve({ port: 41_576 });
  const options = { ...(await launchOptions()), locale: 'en-GB', viewport: { width: 1280, height: 800 } };
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), options);
  try {
    const page = await context.newPage();
    const ready = async () => {
      await page.goto(app.url);
      await page.getByText('Ready offline', { exact: true }).waitFor({ timeout: 120_000 });
      await buildersDone(page);
    };
    if (!existsSync(seeded)) {
      await seedLargeLibrary(page, app.url, count);
      await seedSignatures(page, count);
      await ready(); // the index is built
      writeFileSync(seeded, '');
    }
    await forgetPairs(page, app.url);
    await ready();
    const before = await search(page);
    const duplicates = page.getByRole('link', { name: 'Duplicates' });
    const comparing = page.getByRole('progressbar', { name: 'Comparing photos' });
    await duplicates.click();
    await comparing.waitFor({ timeout: 60_000 });
    const began = performance.now();
    await page.getByRole('link', { name: 'Photos', exact: true }).click();
    const meanwhile = await search(page);
    await duplicates.click();
    await page.waitForTimeout(1000);
    if (!(await comparing.isVisible())) throw new Error('the comparison was over before the searches were');
    await comparing.waitFor({ state: 'detached', timeout: 600_000 });
    const seconds = (performance.now() - began) / 1000;
    const all = count.toLocaleString('en');
    console.log(`${all} generated photos compared in the app, searched meanwhile: ${seconds.toFixed(0)} s`);
    for (const [name, times] of meanwhile) {
      const figures = (/** @type {readonly number[]} */ ms) =>
        `median ${median(ms).toFixed(0)} ms, worst ${Math.max(...ms).toFixed(0)} ms`;
      console.log(`  ${name}: ${figures(times)}; before: ${figures(before.get(name) ?? [])}`);
    }
  } finally {
    await context.close();
    await app.close();
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Map<string, number[]>>} milliseconds from the person's press to the result on the screen
 */
async function search(page) {
  /** @type {number[]} */
  const similar = [];
  /** @type {number[]} */
  const named = [];
  const box = page.getByRole('searchbox', { name: 'Search' });
  await page.locator('[data-index="0"]').waitFor();
  for (let n = 0; n < searches; n++) {
    await page.locator(`[data-index="${n % 8}"]`).click({ button: 'right' });
    const find = page.getByRole('menuitem', { name: 'Find similar' });
    similar.push(await timeOf(page, () => find.click(), '[aria-label="Similar photos"] li'));
    await page.getByRole('button', { name: 'Back to all photos' }).click();
    await page.locator('[data-index="0"]').waitFor();
    await box.fill(`holiday/img_0${n % 10}`);
    named.push(await timeOf(page, () => box.press('Enter')));
    await timeOf(page, () => page.getByRole('button', { name: 'Clear all' }).click());
  }
  return new Map([
    ['similar photos', similar],
    ['file names', named],
  ]);
}
