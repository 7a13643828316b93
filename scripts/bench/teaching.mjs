// @ts-check
/**
 * Teaching in the built app, in Chromium: a library of 200,000 photos, 10,000 of them labelled with any number of 20
 * labels (made of the stored vectors, so that they can be learned). What is printed is what a person waits for: teaching with the
 * regularisation chosen among five and with a fixed one, scoring the whole library, and the tags of taught labels at the
 * next start.
 *
 * PICSIFT_BENCH_LIBRARY: photos in the library (default 200000). PICSIFT_BENCH_LABELLED: labelled ones (default 10000).
 */
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { buildersDone } from './large-library/measure.mjs';
import { seedLargeLibrary } from './large-library/seed.mjs';
import { seedSignatures } from './large-library/seed-signatures.mjs';

const photos = Number(process.env.PICSIFT_BENCH_LIBRARY ?? 200_000);
const labelled = Number(process.env.PICSIFT_BENCH_LABELLED ?? 10_000);
const labels = 20;

/**
 * In the page, on an empty document of the app: rows of a label file for the first photos. Label l is on a photo whose
 * vector lies to one side of a plane of its own.
 * @param {{ labelled: number, labels: number }} plan
 */
async function labelRows({ labelled: count, labels: width }) {
  /** @type {IDBDatabase} */
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('picsift');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  /** @type {(name: string, range: IDBKeyRange | null, most?: number) => Promise<any[]>} */
  const all = (name, range, most) =>
    new Promise((resolve, reject) => {
      const request = database.transaction(name).objectStore(name).getAll(range, most);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const names = (await all('photoNames', IDBKeyRange.upperBound(Math.ceil(count / 1024)))).flatMap(
    (chunk) => chunk.names,
  );
  const [first] = await all('vectors', null, 1);
  const chunks = await all(
    'vectors',
    IDBKeyRange.bound([first.model, 0], [first.model, Math.ceil(count / 32)]),
  );
  database.close();
  const { dim } = first;
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const planes = Array.from({ length: width }, () => Float32Array.from({ length: dim }, random));
  const rows = [];
  for (const { chunk, rows: inChunk, records } of chunks) {
    const size = 4 + Math.ceil(dim / 4) * 4;
    const bytes = new Int8Array(records.buffer, records.byteOffset, records.byteLength);
    for (let row = 0; row < inChunk; row++) {
      const content = chunk * 32 + row;
      if (content >= count) continue;
      const own = planes.flatMap((plane, l) => {
        let side = 0;
        let length = 0;
        for (let i = 0; i < dim; i++) {
          const value = bytes[row * size + 4 + i] ?? 0;
          side += value * (plane[i] ?? 0);
          length += value * value;
        }
        // Some noise, so that no plane parts them without a mistake; one photo in five or so has a label.
        return side / Math.sqrt(length) + random() * 0.3 > 0.28 ? [`label ${l}`] : [];
      });
      rows.push({ name: names[content + 1], labels: own, fullyLabelled: true });
    }
  }
  return rows;
}

/** @param {import('@playwright/test').Page} page */
async function teach(page) {
  const began = performance.now();
  await page.getByRole('button', { name: 'Teach', exact: true }).click();
  const teaching = page.getByRole('region', { name: 'Teaching' });
  const stop = teaching.getByRole('button', { name: /^Stop/ });
  await stop.waitFor();
  const scoring = teaching.getByRole('button', { name: 'Stop labelling' });
  const again = teaching.getByRole('button', { name: 'Teach', exact: true });
  // A small library is labelled before the button that would stop it is seen.
  await scoring.or(again).first().waitFor({ timeout: 300_000 });
  const taught = performance.now();
  await again.waitFor({ timeout: 300_000 });
  const scored = performance.now();
  const said = (await page.getByText(/^Taught on/).textContent()) ?? '';
  return { taught: taught - began, scored: scored - taught, inWorker: /([\d.]+) s\)/.exec(said)?.[1] };
}

export async function run() {
  const served = await serve({ port: 0 });
  const browser = await chromium.launch(await launchOptions());
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await seedLargeLibrary(page, served.url, photos);
    const rows = await page.evaluate(labelRows, { labelled, labels });
    await seedSignatures(page, photos);
    await page.goto(`${served.url}#/labels`);
    await page.getByRole('button', { name: 'Import labels' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import labels' });
    await dialog.getByLabel('Files of labels').setInputFiles({
      name: 'bench.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ name: 'bench', kind: 'multi-label', photos: rows })),
    });
    await dialog.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 120_000 });
    await page.getByRole('heading', { name: 'bench' }).waitFor({ timeout: 120_000 });
    // The index is built beside it at the first start, once: it must not take part.
    await page.getByText('Ready offline', { exact: true }).waitFor({ timeout: 120_000 });
    const waited = await buildersDone(page);
    console.log(`workers that build were done ${(waited / 1000).toFixed(0)} s after the start`);

    const say = (/** @type {string} */ what, /** @type {number} */ ms, beside = '') =>
      console.log(`${what.padEnd(62)} ${(ms / 1000).toFixed(2).padStart(7)} s  ${beside}`);
    const chosen = await teach(page);
    say(
      `teach ${labelled} x ${labels}, choosing among five`,
      chosen.taught,
      `${chosen.inWorker} s in the worker`,
    );
    say(`score ${photos} photos`, chosen.scored);
    await page.getByText('Learn as strictly as last time').click();
    for (let round = 0; round < 2; round++) {
      const fixed = await teach(page);
      say(`teach again, fixed regularisation`, fixed.taught, `${fixed.inWorker} s in the worker`);
      say(`score ${photos} photos`, fixed.scored);
    }
    const again = await context.newPage();
    await page.close();
    const began = performance.now();
    await again.goto(`${served.url}#/`);
    await again
      .getByRole('list', { name: 'Tags in view' })
      .getByRole('listitem')
      .filter({ hasText: 'label ' })
      .first()
      .waitFor({ timeout: 120_000 });
    say('next start: taught labels among the tags in view', performance.now() - began);
  } finally {
    await browser.close();
    await served.close();
  }
}
