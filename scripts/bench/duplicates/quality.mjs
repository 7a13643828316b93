// @ts-check
import { transformations } from './copies.mjs';

/** @typedef {import('./copies.mjs').Sample} Sample */
/** @typedef {{ name: string, content: number, vector: number[], hash: [number, number] }} Stored */
/** @typedef {{ photos: Stored[], pairs: [number, number, number][] }} Library */

const tierNames = ['exact', 'same picture', 'edited copy', 'same shot', 'same scene'];

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
  const all = new RegExp(
    `\\b${samples.length.toLocaleString('en')} / ${samples.length.toLocaleString('en')}\\b`,
  );
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
  print(samples, library, seconds);
}

/**
 * @param {readonly Sample[]} samples
 * @param {Library} library
 * @param {number} seconds
 */
function print(samples, { photos, pairs }, seconds) {
  const sampleOf = new Map(samples.map((sample) => [sample.name, sample]));
  const known = photos.flatMap((photo) => {
    const sample = sampleOf.get(photo.name);
    return sample === undefined ? [] : [{ ...photo, ...sample }];
  });
  /** @type {Map<number, (typeof known)[number][]>} */
  const byContent = new Map();
  for (const photo of known) byContent.set(photo.content, [...(byContent.get(photo.content) ?? []), photo]);
  /** @type {Map<string, number>} tier by pair of names */
  const found = new Map();
  const key = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  for (const same of byContent.values()) {
    for (const [n, a] of same.entries()) {
      for (const b of same.slice(n + 1)) found.set(key(a.name, b.name), 0);
    }
  }
  for (const [first, second, tier] of pairs) {
    for (const a of byContent.get(first) ?? [])
      for (const b of byContent.get(second) ?? []) found.set(key(a.name, b.name), tier);
  }
  const copiesBy = {
    picsift: (/** @type {typeof known[number]} */ a, /** @type {typeof known[number]} */ b) =>
      (found.get(key(a.name, b.name)) ?? 9) <= 2,
    'pHash, 10 bits': (/** @type {typeof known[number]} */ a, /** @type {typeof known[number]} */ b) =>
      bits(a.hash, b.hash) <= 10,
    'cosine 0.9': (/** @type {typeof known[number]} */ a, /** @type {typeof known[number]} */ b) =>
      dot(a.vector, b.vector) >= 0.9,
    'cosine 0.95': (/** @type {typeof known[number]} */ a, /** @type {typeof known[number]} */ b) =>
      dot(a.vector, b.vector) >= 0.95,
  };
  console.log(`${known.length} photos; the search took ${seconds.toFixed(1)} s`);
  const pairsOfPhotos = known.flatMap((a, n) => known.slice(n + 1).map((b) => /** @type {const} */ ([a, b])));
  for (const [name, isCopy] of Object.entries(copiesBy)) {
    /** @type {Map<string, { right: number, all: number }>} */
    const rows = new Map(transformations.map((made) => [made, { right: 0, all: 0 }]));
    let [right, wrong, all, products, productPairs, bursts] = [0, 0, 0, 0, 0, 0];
    for (const [a, b] of pairsOfPhotos) {
      const isFamily = a.family === b.family;
      const says = isCopy(a, b);
      if (a.made === 'product' && b.made === 'product') {
        productPairs++;
        if (says) products++;
        continue;
      }
      const isBurst = a.made === 'burst' && b.made === 'burst';
      if (isBurst && says) bursts++;
      // A burst is drawn on an original: it counts neither way against that.
      if (isBurst || a.made === 'burst' || b.made === 'burst') continue;
      if (says && isFamily) right++;
      if (says && !isFamily) wrong++;
      if (isFamily) all++;
      const copy = a.made === 'original' ? b : b.made === 'original' ? a : null;
      const row = isFamily && copy !== null ? rows.get(copy.made) : undefined;
      if (row !== undefined) {
        row.all++;
        if (says) row.right++;
      }
    }
    const precision = right + wrong === 0 ? 1 : right / (right + wrong);
    const recall = right / all;
    const f1 = (2 * precision * recall) / (precision + recall);
    console.log(
      `${name.padEnd(15)} precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}; ` +
        `products ${products} of ${productPairs} (${((100 * products) / Math.max(1, productPairs)).toFixed(3)} %), bursts ${bursts}`,
    );
    console.log(
      `                ${[...rows].map(([made, { right: hit, all: of }]) => `${made} ${((100 * hit) / Math.max(1, of)).toFixed(0)} %`).join(', ')}`,
    );
  }
  /** @type {Map<string, number[]>} */
  const tiers = new Map();
  for (const [a, b] of pairsOfPhotos) {
    const copy = a.made === 'original' ? b : b.made === 'original' ? a : null;
    if (a.family !== b.family || copy === null) continue;
    const row = tiers.get(copy.made) ?? [0, 0, 0, 0, 0, 0];
    const tier = found.get(key(a.name, b.name)) ?? 5;
    row[tier] = (row[tier] ?? 0) + 1;
    tiers.set(copy.made, row);
  }
  console.log('lists that copies come to:');
  for (const [made, row] of tiers) {
    const text = row
      .map((n, tier) => `${tierNames[tier] ?? 'none'} ${n}`)
      .filter((_, tier) => (row[tier] ?? 0) > 0);
    console.log(`  ${made.padEnd(10)} ${text.join(', ')}`);
  }
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function bits(a, b) {
  let count = 0;
  a.forEach((word, n) => {
    for (let rest = (word ^ (b[n] ?? 0)) >>> 0; rest !== 0; rest &= rest - 1) count++;
  });
  return count;
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
  const pairs = (await all('duplicatePairs')).flatMap(({ first, second, tiers }) =>
    [...first].map((a, n) => [a, second[n], tiers[n]]),
  );
  return /** @type {any} */ ({ photos, pairs });
}
