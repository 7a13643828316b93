// @ts-check
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../chromium.mjs';
import { openEmptyPage } from '../../empty-page.mjs';
import { serve } from '../../serve.mjs';
import { makeManyPictures } from './many-pictures.mjs';

/**
 * How long the built app takes to find all duplicates of a library of `count` photos that were never compared, and how
 * soon after an import all new ones are compared where duplicates were looked for before. The library is imported once
 * and kept in a folder of the system's temporary ones, so that the figures can be taken again at a quiet moment.
 *
 * @param {number} count
 */
export async function measureFirstSearch(count) {
  const folder = join(tmpdir(), `picsift-bench-duplicates-${count}`);
  const profile = join(folder, 'profile');
  const app = await serve({ port: 41_575 });
  const options = { ...(await launchOptions()), locale: 'en-GB' };
  try {
    const [added, imported] = [join(folder, 'added'), join(folder, 'imported')];
    if (!existsSync(imported)) {
      const browser = await chromium.launch(await launchOptions());
      const context = await chromium.launchPersistentContext(profile, options);
      const page = await context.newPage();
      // Cut off, it goes on by itself.
      const files = existsSync(added) ? [] : await makeManyPictures(browser, count, folder);
      await importAll(page, app.url, files, count, () => writeFileSync(added, ''));
      writeFileSync(imported, '');
      await browser.close();
      await context.close();
    }
    const context = await chromium.launchPersistentContext(profile, options);
    const page = await context.newPage();
    await forgetPairs(page, app.url);
    await page.goto(app.url);
    await page.getByText('Ready offline', { exact: true }).waitFor({ timeout: 120_000 });
    await page.waitForTimeout(5000);
    const began = performance.now();
    await page.getByRole('link', { name: 'Duplicates' }).click();
    const searching = page.getByRole('progressbar', { name: 'Comparing photos' });
    await searching.waitFor({ timeout: 30_000 });
    await searching.waitFor({ state: 'detached', timeout: 1_800_000 });
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `${count.toLocaleString('en')} photos never compared before: all tiers after ${seconds.toFixed(1)} s`,
    );
    await context.close();
  } finally {
    await app.close();
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @param {readonly string[]} files
 * @param {number} count
 * @param {() => void} added called when all are in the library
 */
async function importAll(page, url, files, count, added) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
  // From now on new photos are compared as they come.
  await page.getByRole('link', { name: 'Duplicates' }).click();
  await page.getByRole('tab', { name: 'Exact' }).waitFor();
  await page.getByRole('link', { name: 'Photos', exact: true }).click();
  const began = performance.now();
  const all = count.toLocaleString('en');
  const progress = page.getByRole('region', { name: 'Import progress' });
  if (files.length > 0) {
    await page.getByLabel('Photo files').setInputFiles([...files]);
    await progress
      .getByText(new RegExp(`/ ${count}\\b`))
      .first()
      .waitFor({ timeout: 3_600_000 });
    added();
  }
  while (!(await page.evaluate(isThrough))) await page.waitForTimeout(200);
  const imported = performance.now();
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const searching = page.getByRole('progressbar', { name: 'Comparing photos' });
  await searching.waitFor({ timeout: 5000 }).catch(() => {}); // it may be through already
  await searching.waitFor({ state: 'detached', timeout: 1_800_000 });
  const seconds = (performance.now() - imported) / 1000;
  const how = files.length > 0 ? `in ${((imported - began) / 1000).toFixed(0)} s` : 'with a break';
  console.log(
    `${all} photos imported ${how}, compared as they came: all tiers ${seconds.toFixed(1)} s later`,
  );
}

/** In the page: the import is through. */
function isThrough() {
  // The count alone: what the panel says after it begins with a digit too.
  const text = document.querySelector('[aria-label="Import progress"] .numeric')?.textContent ?? '';
  const [, done, all] = /^([\d,]+) \/ ([\d,]+)$/.exec(text) ?? [];
  return done !== undefined && done === all;
}

/**
 * So that all are compared anew. The page is left on an empty document of the app's origin.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 */
export async function forgetPairs(page, url) {
  await openEmptyPage(page, url);
  await page.evaluate(async () => {
    // The app of the build that imported would be started, else.
    for (const registration of await navigator.serviceWorker.getRegistrations())
      await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve) => {
      const request = indexedDB.open('picsift');
      request.onsuccess = () => resolve(request.result);
    });
    await new Promise((resolve) => {
      const transaction = database.transaction('duplicatePairs', 'readwrite');
      transaction.objectStore('duplicatePairs').clear();
      transaction.oncomplete = resolve;
    });
    database.close();
  });
}
