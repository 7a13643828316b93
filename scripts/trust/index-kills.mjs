// @ts-check
/**
 * The kill matrix of the index: page, workers or browser end in the middle of a build, or between the records of an index
 * that is being stored; afterwards searches must find what they find after a build that nobody disturbed.
 */

import { seedLargeLibrary } from '../bench/large-library/seed.mjs';
import { openEmptyPage } from '../empty-page.mjs';
import { isSurvived, kill } from './kill.mjs';
import { momentRandom } from './moment-random.mjs';
import { call, likePhoto, openProbed, patience, probeLibrary, untilOpen, within } from './probe.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('./kill.mjs').Victim} Victim */

const victims = /** @type {const} */ ([
  'page closed',
  'builder worker',
  'page crashed',
  'library worker',
  'browser',
]);
const activities = /** @type {const} */ (['index build', 'snapshot write']);

/** Just enough photos for a compressed index. */
const photos = 6000;
const queries = [17, 2600, 5999];
const hitsCompared = 20;

/**
 * @param {object} options
 * @param {() => Promise<BrowserContext>} options.launch a browser with an empty profile that outlives it
 * @param {string} options.url of the built app
 * @param {readonly number[]} options.numbers of moments
 * @param {number} options.seed
 * @param {(moment: import('./kill-matrix.mjs').Moment) => void} options.told
 */
export async function runIndexKills({ launch, url, numbers, seed, told }) {
  /** @type {BrowserContext | null} */
  let context = null;
  const open = async () => {
    if (context === null) {
      context = await launch();
      // Its photos are never processed again, and need no model to be searched.
      await context.route('**/models/**', () => {});
      await probeLibrary(context);
    }
    return openProbed(context, url);
  };
  const first = await launch();
  await seedLargeLibrary(await first.newPage(), url, photos);
  await first.close();
  let page = await open();
  const buildTime = await untilIndexed(page);
  const undisturbed = await recall(page);

  for (const n of numbers) {
    const random = momentRandom(seed, n);
    const victim = /** @type {Victim} */ (victims[n % victims.length]);
    const activity = activities[n % activities.length];
    const after = activity === 'index build' ? random.below(Math.max(200, buildTime)) : random.below(6);
    let hit = false;
    /** @type {string[]} */
    const wrong = [];
    try {
      await page.close();
      page = await withoutIndex(/** @type {BrowserContext} */ (/** @type {unknown} */ (context)), url);
      await page.goto(url, { timeout: patience });
      await untilOpen(page);
      if (activity === 'index build') await new Promise((resolve) => setTimeout(resolve, after));
      else await within(untilPut(page, after), patience);
      hit = await kill(page, victim);
      if (victim === 'browser') context = null;
      const stays = isSurvived(victim) || victim === 'library worker';
      if (!stays) page = await open();
      else await untilOpen(page);
      // Right before there is an index again, and with it.
      wrong.push(...differences(undisturbed, await recall(page)));
      await untilIndexed(page);
      wrong.push(...differences(undisturbed, await recall(page)));
      await page.reload({ timeout: patience });
      await untilOpen(page);
      wrong.push(...differences(undisturbed, await recall(page)));
    } catch (error) {
      wrong.push(String(error));
      const broken = /** @type {BrowserContext | null} */ (/** @type {unknown} */ (context));
      if (broken !== null) await within(broken.close(), 20_000).catch(() => {});
      context = null;
      page = await open();
    }
    told({ n, activity: activity ?? '', victim, hit, after, wrong });
  }
  await page.context().close();
}

/** A page of the app's origin, without the app, and without an index in the library. @param {BrowserContext} context @param {string} url */
async function withoutIndex(context, url) {
  const page = await context.newPage();
  await openEmptyPage(page, url);
  await page.evaluate(async () => {
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('picsift');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const transaction = database.transaction(['indexLists', 'indexChunks'], 'readwrite');
    transaction.objectStore('indexLists').clear();
    transaction.objectStore('indexChunks').clear();
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    database.close();
  });
  return page;
}

/** Resolves at the n-th record of an index that the library's worker writes. @param {Page} page @param {number} n */
async function untilPut(page, n) {
  const worker = page.workers().find((one) => one.url().includes('library'));
  await worker?.evaluate(
    (n) =>
      new Promise((resolve) => {
        let left = n;
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (/** @type {Parameters<typeof put>} */ ...values) {
          if (this.name.startsWith('index') && left-- <= 0) resolve(null);
          return put.apply(this, values);
        };
      }),
    n,
  );
}

/** Waits until a finished index is stored. @param {Page} page @returns {Promise<number>} milliseconds */
export async function untilIndexed(page) {
  const began = Date.now();
  for (;;) {
    const slots = await page.evaluate(async () => {
      const done = (/** @type {IDBRequest} */ request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      /** @type {IDBDatabase} */
      const database = await done(indexedDB.open('picsift'));
      const keys = await done(database.transaction('indexLists').objectStore('indexLists').getAllKeys());
      database.close();
      return keys.map((/** @type {string[]} */ [, slot]) => slot);
    });
    if (slots.length === 1 && slots[0] === 'live') return Date.now() - began;
    if (Date.now() - began > patience)
      throw new Error(`stored after ${patience} ms: ${slots.join(', ') || 'no index'}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** @typedef {{ query: number, found: number, wrongScores: number }[]} Recall */

/** How many of the nearest photos are found, and hits whose score is not that of brute force. @param {Page} page @returns {Promise<Recall>} */
async function recall(page) {
  const results = [];
  for (const query of queries) {
    /** @type {any} */
    let result = null;
    // A library that has just been opened reads its vectors first.
    for (
      const end = Date.now() + patience;
      Date.now() < end;
      await new Promise((next) => setTimeout(next, 100))
    ) {
      result = await call(page, 'similar', likePhoto(query), hitsCompared, hitsCompared);
      if (result.kind === 'hits' && result.searched === photos - 1) break;
    }
    if (result.kind !== 'hits') throw new Error(`search like ${query}: ${result.kind}`);
    const counted = await page.evaluate(
      async ({ query, hits, most }) => {
        /** @type {Map<number, number>} */
        const exact = await /** @type {any} */ (globalThis).exactNeighbours(query);
        exact.delete(query);
        const nearest = [...exact].sort(([, a], [, b]) => b - a).slice(0, most);
        const least = nearest.at(-1)?.[1] ?? 0;
        const scored = hits.filter(({ id, score }) => Math.abs((exact.get(id) ?? Number.NaN) - score) < 0.01);
        return {
          found: scored.filter(({ id }) => (exact.get(id) ?? 0) >= least - 1e-6).length,
          wrongScores: hits.length - scored.length,
        };
      },
      { query, hits: /** @type {{ id: number, score: number }[]} */ (result.hits), most: hitsCompared },
    );
    results.push({ query, ...counted });
  }
  return results;
}

/** @param {Recall} undisturbed @param {Recall} now */
function differences(undisturbed, now) {
  return now.flatMap(({ query, found, wrongScores }, i) => {
    const before = undisturbed[i]?.found ?? 0;
    const text = `search like ${query}: ${found} of ${hitsCompared} nearest found, ${before} by an undisturbed build, ${wrongScores} wrong scores`;
    return found < before || wrongScores > 0 ? [text] : [];
  });
}
