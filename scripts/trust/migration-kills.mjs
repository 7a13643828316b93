// @ts-check
/**
 * Browsers that end in the middle of bringing a library of the first release up to date: afterwards it must be as it was,
 * or wholly up to date; opened again, every photo is there and searches answer as brute force does.
 */

import { seedLargeLibrary } from '../bench/large-library/seed.mjs';
import { openEmptyPage } from '../empty-page.mjs';
import { kill } from './kill.mjs';
import { momentRandom } from './moment-random.mjs';
import { makeOld } from './old-library.mjs';
import { call, likePhoto, openProbed, patience, probeLibrary, within } from './probe.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */

const victims = /** @type {const} */ (['browser', 'page crashed', 'browser', 'page closed']);
const hitsCompared = 20;

/** What the library worker's script begins with: it tells when an update of the database begins and ends. */
const tellUpdates = `
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...values) {
  const request = open.apply(this, values);
  request.addEventListener('upgradeneeded', (event) => {
    const channel = new BroadcastChannel('updates');
    channel.postMessage('begins ' + event.oldVersion);
    request.transaction.addEventListener('complete', () => channel.postMessage('ends'));
  });
  return request;
};
`;

/** In the page, before the app: what is told of updates, with the time. */
function hearUpdates() {
  /** @type {{ what: string, at: number }[]} */
  const updates = [];
  new BroadcastChannel('updates').onmessage = ({ data }) =>
    updates.push({ what: data, at: performance.now() });
  Object.assign(globalThis, { updates });
}

/**
 * @param {object} options
 * @param {() => Promise<BrowserContext>} options.launch a browser with an empty profile that outlives it, without service workers
 * @param {string} options.url of the built app
 * @param {readonly number[]} options.numbers of moments
 * @param {number} options.photos of the library: the more, the longer its update takes
 * @param {number} options.seed
 * @param {(moment: import('./kill-matrix.mjs').Moment) => void} options.told
 */
export async function runMigrationKills({ launch, url, numbers, photos, seed, told }) {
  /** @type {BrowserContext | null} */
  let context = null;
  const opened = async () => {
    if (context !== null) return context;
    context = await launch();
    await context.route('**/models/**', () => {});
    await context.route(/library\.worker/, async (route) => {
      // The server may end a kept connection just as it is used.
      const script = await route.fetch({ maxRetries: 3 });
      await route.fulfill({ response: script, body: tellUpdates + (await script.text()) });
    });
    await probeLibrary(context);
    await context.addInitScript(hearUpdates);
    return context;
  };
  const seeding = await (await opened()).newPage();
  await seedLargeLibrary(seeding, url, photos);
  await seeding.close();
  await makeOldIn(await opened(), url);
  const duration = await undisturbed(await opened(), url);
  for (const n of numbers) {
    const random = momentRandom(seed, n);
    const victim = /** @type {import('./kill.mjs').Victim} */ (victims[n % victims.length]);
    const after = random.below(Math.max(1, Math.round(duration)));
    let [hit, inside] = [false, false];
    /** @type {string[]} */
    const wrong = [];
    try {
      await makeOldIn(await opened(), url);
      const page = await (await opened()).newPage();
      await page.goto(url, { timeout: patience });
      await heard(page, /^begins 1$/);
      await new Promise((resolve) => setTimeout(resolve, after));
      hit = await kill(page, victim);
      if (victim === 'browser') context = null;
      const version = await versionIn(await opened(), url);
      inside = version === 1;
      wrong.push(...(await differences(await opened(), url, photos, version)));
    } catch (error) {
      wrong.push(String(error));
    }
    told({ n, activity: 'update of the database', victim, hit, after, inside, wrong });
  }
  await (await opened()).close();
}

/** How long an update takes that nobody disturbs, milliseconds. @param {BrowserContext} context @param {string} url */
async function undisturbed(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  const [began, ended] = [await heard(page, /^begins 1$/), await heard(page, /^ends$/)];
  await page.close();
  return ended - began;
}

/** When a word came about the update. @param {Page} page @param {RegExp} word @returns {Promise<number>} */
async function heard(page, word) {
  const end = Date.now() + patience;
  for (;;) {
    const all = await page.evaluate(
      () =>
        /** @type {{ updates: { what: string, at: number }[] }} */ (/** @type {unknown} */ (globalThis))
          .updates,
    );
    const found = all.find(({ what }) => word.test(what));
    if (found !== undefined) return found.at;
    if (Date.now() > end)
      throw new Error(`told of the update until now: ${all.map(({ what }) => what).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** @param {BrowserContext} context @param {string} url */
async function emptyPage(context, url) {
  const page = await context.newPage();
  await openEmptyPage(page, url);
  return page;
}

/** @param {BrowserContext} context @param {string} url */
async function makeOldIn(context, url) {
  const page = await emptyPage(context, url);
  await page.evaluate(makeOld);
  await page.close();
}

/** In the page. */
async function storedVersion() {
  return (await indexedDB.databases()).find(({ name }) => name === 'picsift')?.version;
}

/** @param {BrowserContext} context @param {string} url */
async function versionIn(context, url) {
  const page = await emptyPage(context, url);
  const version = await page.evaluate(storedVersion);
  await page.close();
  return version;
}

/**
 * What is missing or wrong in the library when it is opened again.
 *
 * @param {BrowserContext} context
 * @param {string} url
 * @param {number} photos
 * @param {number | undefined} before its version
 */
async function differences(context, url, photos, before) {
  const page = await openProbed(context, url);
  const wrong = [];
  const after = await page.evaluate(storedVersion);
  if (before !== 1 && before !== after) wrong.push(`left at version ${before}, neither 1 nor ${after}`);
  const count = await page.evaluate(async () => {
    const { callLibrary, pageQuery } = /** @type {any} */ (globalThis);
    for (;;) {
      const view = await callLibrary('view', { ...pageQuery, show: 'present' });
      if (view !== 'superseded') return view.ids.length;
    }
  });
  if (count !== photos) wrong.push(`${count} of ${photos} photos`);
  for (const query of [17, Math.floor(photos / 2)]) {
    /** @type {any} */
    let result = null;
    await within(
      (async () => {
        while (result?.kind !== 'hits' || result.searched !== photos - 1)
          result = await call(page, 'similar', likePhoto(query), hitsCompared, hitsCompared);
      })(),
      patience,
    ).catch(() => {});
    const scores = await page.evaluate(
      async ({ query, hits }) => {
        /** @type {Map<number, number>} */
        const exact = await /** @type {any} */ (globalThis).exactNeighbours(query);
        return hits.map(({ id, score }) => ({ id, score, exact: exact.get(id) ?? Number.NaN }));
      },
      { query, hits: /** @type {{ id: number, score: number }[]} */ (result?.hits ?? []) },
    );
    if (scores.length < hitsCompared) wrong.push(`search like ${query}: ${scores.length} hits`);
    for (const { id, score, exact } of scores)
      if (!(Math.abs(score - exact) < 0.01))
        wrong.push(`search like ${query}: photo ${id} has ${score}, not ${exact}`);
  }
  await page.close();
  return wrong.slice(0, 5);
}
