// @ts-check
/**
 * The kill matrix: page, workers or the whole browser end at seeded random moments of what a person does; afterwards the
 * library must hold every file that it had accepted once, every decision that it had confirmed, and answer searches as
 * exact ones do.
 */
import { readFileSync } from 'node:fs';
import { auditStorage } from './audit-storage.mjs';
import { ExpectedLibrary } from './expected-library.mjs';
import { isSurvived, kill } from './kill.mjs';
import { momentRandom } from './moment-random.mjs';
import { makeBackup, readLibrary, restoreBackup, Work } from './person-work.mjs';
import { call, likePhoto, openProbed, patience, probeLibrary, untilOpen, within } from './probe.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */
/** @typedef {import('../fuzz/mutate.mjs').Random} Random */
/** @typedef {import('./expected-library.mjs').Step} Step */

/** What ends, and how. */
export const victims = /** @type {const} */ ([
  'page closed',
  'page crashed',
  'library worker',
  'inference worker',
  'browser',
]);
/** @typedef {typeof victims[number]} Victim */
/** What is being done then. */
export const activities = /** @type {const} */ ([
  'import',
  'tagging',
  'delete',
  'undo',
  'restore',
  'all at once',
]);
/** @typedef {typeof activities[number]} Activity */

/**
 * @typedef {object} Moment
 * @property {number} n the same seed and number: the same victim, activity and time
 * @property {string} activity
 * @property {string} victim
 * @property {boolean} hit false: there was no such worker to end
 * @property {number} after milliseconds after the activity began; of a 'snapshot write', records written before
 * @property {boolean} [inside] of an update of the database: it was not yet committed
 * @property {string[]} wrong empty: survived
 */

/** Kills happen within so many milliseconds: long enough for an import to be in its middle or through. */
const window = 1200;

/** Photos of a batch. */
const batchSize = 12;

export class KillMatrix {
  #seed;
  #random = momentRandom(0, 0);
  #launch;
  #url;
  #bases;
  /** @type {BrowserContext | null} */
  #context = null;
  /** @type {Page | null} */
  #page = null;
  #batches = 0;
  /** What is waited for. */
  #step = '';
  /** Being restored. @type {string | null} */
  #backup = null;
  /** @type {readonly number[]} */
  #labels = [];
  expected = new ExpectedLibrary();
  /** @type {Moment[]} */
  moments = [];

  /**
   * @param {object} options
   * @param {() => Promise<BrowserContext>} options.launch a browser with a profile that outlives it
   * @param {string} options.url of the built app, with a pack that works
   * @param {readonly string[]} options.photos paths of JPEGs: all photos are made of them
   * @param {number} options.seed
   */
  constructor({ launch, url, photos, seed }) {
    this.#seed = seed;
    this.#launch = launch;
    this.#url = url;
    this.#bases = photos.map((path) => readFileSync(path).toString('base64'));
  }

  /**
   * Moments by their numbers; every victim and every activity has its turn.
   *
   * @param {readonly number[]} numbers
   * @param {(moment: Moment) => void} [told]
   */
  async run(numbers, told = () => {}) {
    for (const n of numbers) {
      this.#random = momentRandom(this.#seed, n);
      const victim = /** @type {Victim} */ (victims[n % victims.length]);
      // Five and six: after thirty moments each has met each.
      const activity = /** @type {Activity} */ (activities[n % activities.length]);
      /** @type {Moment} */
      let moment = { n, activity, victim, hit: false, after: 0, wrong: [] };
      try {
        if (this.#page === null) await this.#open();
        moment = await this.#moment(n, activity, victim);
      } catch (error) {
        moment.wrong.push(`${error} (${this.#step})`);
      }
      if (moment.wrong.length > 0) await this.#leave();
      this.moments.push(moment);
      told(moment);
    }
    await this.#leave();
  }

  /** Whatever state it is in: what comes next begins with a browser of its own. */
  async #leave() {
    const context = this.#context;
    this.#context = null;
    this.#page = null;
    if (context !== null) await within(context.close(), 20_000).catch(() => {});
  }

  async #open() {
    this.#step = 'opening';
    if (this.#context === null) {
      this.#context = await this.#launch();
      await probeLibrary(this.#context);
    }
    this.#page = await openProbed(this.#context, this.#url);
    /** @type {any} */
    const labels = await call(this.#page, 'labels');
    this.#labels = labels.map((/** @type {{ number: number }} */ { number }) => number);
    return this.#page;
  }

  /** @param {number} n @param {Activity} activity @param {Victim} victim @returns {Promise<Moment>} */
  async #moment(n, activity, victim) {
    const page = /** @type {Page} */ (this.#page);
    const after = this.#random.below(window);
    const work = new Work(page, this.expected, this.#random, this.#labels);
    this.#step = 'making ready';
    // There is something to decide about.
    if (activity !== 'import' && this.expected.photos.size < batchSize) await this.#addBatch(work);
    if (activity === 'restore') this.#backup = await this.#backUpAndPurge(page, work);
    const doing =
      activity === 'import' || activity === 'all at once' ? this.#addBatch(work) : Promise.resolve();
    const deciding =
      activity === 'restore'
        ? page.evaluate(restoreBackup, this.#backup ?? '')
        : activity === 'import'
          ? Promise.resolve()
          : work.decide(activity);
    // Listened to from now on: calls fail when their page ends.
    const ended = Promise.allSettled([doing, deciding]);
    // On a busy machine the moment comes later, after three decisions: else there were nothing yet to lose.
    const least = this.expected.committed + (activity === 'import' || activity === 'restore' ? 0 : 3);
    await new Promise((resolve) => setTimeout(resolve, after));
    for (let wait = 0; wait < 200 && this.expected.committed < least; wait++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    if (isSurvived(victim)) work.stop();
    else work.abandon();
    this.#step = 'killing';
    const hit = await kill(page, victim);
    if (victim === 'browser') this.#context = null;
    /** @type {string[]} */
    const refused = [];
    if (isSurvived(victim)) {
      for (const end of await ended) if (end.status === 'rejected') refused.push(String(end.reason));
    } else {
      // Calls to what is dead are never answered.
      await within(ended, 500).catch(() => {});
    }
    const wrong = await within(this.#check(victim, work.cutOff), 2 * patience).catch((error) => [
      `${error} (${this.#step})`,
    ]);
    return { n, activity, victim, hit, after, wrong: [...refused, ...wrong] };
  }

  /**
   * A backup of all, and then some photos are deleted for good, which restoring brings back.
   *
   * @param {Page} page
   * @param {Work} work
   * @returns {Promise<string>} the backup, in base64
   */
  async #backUpAndPurge(page, work) {
    const failed = await untilProcessed(page);
    if (failed.length > 0) throw new Error(failed.join('; '));
    this.expected.compare(await readLibrary(page), null);
    const backup = await page.evaluate(makeBackup);
    const present = [...this.expected.photos].filter(([, { removed }]) => !removed).map(([id]) => id);
    const ids = present.filter(() => this.#random.below(2) === 0);
    const names = [...this.expected.accepted].flatMap(([name, id]) =>
      id !== null && ids.includes(id) ? [name] : [],
    );
    await work.ask({ verb: 'remove', ids });
    await work.ask({ verb: 'remove', ids });
    await work.ask({ verb: 'deleteForGood', ids });
    for (const name of names) this.expected.restorable.add(name);
    return backup;
  }

  /** @param {Work} work */
  #addBatch(work) {
    const batch = this.#batches++;
    return work.add(
      this.#bases,
      Array.from({ length: batchSize }, (_, i) => `batch ${batch} photo ${i}.jpg`),
    );
  }

  /** Opens again and looks. @param {Victim} victim @param {Step | null} cutOff */
  async #check(victim, cutOff) {
    this.#step = 'opening again';
    // The page starts another library worker by itself.
    if (victim === 'library worker') await untilOpen(/** @type {Page} */ (this.#page));
    const isHere = isSurvived(victim) || victim === 'library worker';
    const page = isHere ? /** @type {Page} */ (this.#page) : await this.#open();
    this.#step = 'looking';
    const wrong = this.expected.compare(await readLibrary(page), cutOff);
    if (!isSurvived(victim)) this.expected.reopened();
    if (this.#backup !== null) {
      this.#step = 'restoring again';
      // Restoring goes on; nothing of it comes twice, and all of it is there.
      await page.evaluate(restoreBackup, this.#backup);
      this.#backup = null;
      this.expected.restored();
      wrong.push(...this.expected.compare(await readLibrary(page), null));
    }
    this.#step = 'adding again';
    // What was cut off is added again; nothing of it comes twice.
    if (this.expected.unsure.size > 0) {
      const work = new Work(page, this.expected, this.#random, this.#labels);
      await work.add(this.#bases, [...this.expected.unsure]);
    }
    this.#step = 'processing';
    wrong.push(...(await untilProcessed(page)));
    wrong.push(...this.expected.compare(await readLibrary(page), null));
    this.#step = 'searching';
    wrong.push(...(await page.evaluate(auditStorage)));
    wrong.push(...(await searchErrors(page, this.#random)));
    return wrong;
  }
}

/** Waits until every photo that is not removed is ready. @param {Page} page @returns {Promise<string[]>} */
async function untilProcessed(page) {
  const end = Date.now() + patience;
  for (;;) {
    const waiting = (await readLibrary(page)).filter(({ status, removed }) => status !== 'ready' && !removed);
    if (waiting.length === 0) return [];
    if (Date.now() > end) return waiting.map(({ name, status }) => `${name} is ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/**
 * Searches for photos like some of the library, and compares with brute force over what is stored.
 *
 * @param {Page} page
 * @param {Random} random
 * @returns {Promise<string[]>}
 */
async function searchErrors(page, random) {
  const ids = (await readLibrary(page)).filter(({ removed }) => !removed).map(({ id }) => id);
  if (ids.length < 2) return [];
  const queries = [random.pick(ids), random.pick(ids)].map((id) => ({ id, query: likePhoto(id) }));
  return page.evaluate(
    async ({ queries, present }) => {
      const { callLibrary, exactNeighbours } = /** @type {any} */ (globalThis);
      const wrong = [];
      for (const { id, query } of queries) {
        const result = await callLibrary('similar', query, 50, 50);
        const exact = await exactNeighbours(id);
        if (result.kind !== 'hits') {
          wrong.push(`search like ${id}: ${result.kind}`);
          continue;
        }
        if (result.hits.length !== Math.min(50, present - 1))
          wrong.push(`search like ${id}: ${result.hits.length} hits`);
        for (const { id: hit, score } of result.hits)
          if (!(Math.abs((exact.get(hit) ?? Number.NaN) - score) < 0.01))
            wrong.push(`search like ${id}: photo ${hit} has ${score}, not ${exact.get(hit)}`);
      }
      return wrong.slice(0, 5);
    },
    { queries, present: ids.length },
  );
}
