// @ts-check
import { judge } from './judge.mjs';

/** @typedef {import('./copies.mjs').Sample} Sample */
/** @typedef {import('./judge.mjs').Library} Library */

/**
 * Imports the samples into the app, has it look for duplicates, and prints what it made of them.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {readonly Sample[]} samples
 */
export async function measureQuality(browser, url, samples) {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
  await page.getByLabel('Photo files').setInputFiles(samples.map(({ file }) => file));
  const progress = page.getByRole('region', { name: 'Import progress' });
  const all = new RegExp(`\\b${samples.length} / ${samples.length}\\b`);
  await progress.getByText(all).first().waitFor({ timeout: 900_000 });
  await page.getByRole('link', { name: 'Duplicates' }).click();
  const began = performance.now();
  const searching = page.getByRole('progressbar', { name: 'Comparing photos' });
  await searching.waitFor({ timeout: 30_000 });
  await searching.waitFor({ state: 'detached', timeout: 900_000 });
  const seconds = (performance.now() - began) / 1000;
  /** @type {Library} */
  const library = await page.evaluate(readLibrary);
  await context.close();
  console.log(`${library.photos.length} photos; the search took ${seconds.toFixed(1)} s`);
  judge(samples, library);
}

/** In the page: what is stored of the photos. */
async function readLibrary() {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve) => {
    const request = indexedDB.open('picsift');
    request.onsuccess = () => resolve(request.result);
  });
  /** @param {string} name @returns {Promise<any[]>} */
  const all = (name) =>
    new Promise((resolve) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result);
    });
  const contents = new Map((await all('contents')).map(({ sha256, id }) => [sha256, id]));
  const names = (await all('photoNames')).flatMap(({ chunk, names: texts }) =>
    texts.map((/** @type {string} */ name, /** @type {number} */ row) => [chunk * 1024 + row, name]),
  );
  const nameOf = new Map(names);
  const vectors = new Map((await all('vectors')).map((chunk) => [chunk.chunk, chunk]));
  const signatures = new Map((await all('signatures')).map((chunk) => [chunk.chunk, chunk]));
  const rowsOfSignatures = Math.max(...[...signatures.values()].map(({ rows }) => rows));
  const photos = (await all('photoRecords'))
    .filter(({ sha256 }) => contents.has(sha256))
    .map(({ id, sha256 }) => {
      const content = contents.get(sha256);
      const { records, dim } = vectors.get(Math.floor(content / 32));
      const size = 4 + Math.ceil(dim / 4) * 4;
      const bytes = new Int8Array(records.buffer, records.byteOffset + (content % 32) * size + 4, dim);
      const length = Math.hypot(...bytes);
      const signed = signatures.get(Math.floor(content / rowsOfSignatures));
      const each = signed.records.length / signed.rows;
      const view = new DataView(
        signed.records.buffer,
        signed.records.byteOffset + (content % rowsOfSignatures) * each,
      );
      return {
        name: nameOf.get(id),
        content,
        vector: Array.from(bytes, (value) => value / length),
        hash: [view.getUint32(0, true), view.getUint32(4, true)],
      };
    });
  const pairs = (await all('duplicatePairs')).flatMap(({ first, second, tiers, scores }) =>
    [...first].map((a, n) => [a, second[n], tiers[n], scores[n]]),
  );
  return /** @type {any} */ ({ photos, pairs });
}
