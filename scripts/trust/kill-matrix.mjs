// @ts-check
/**
 * The kill matrix: page, workers or the whole browser end at seeded random moments of what a person does; afterwards the
 * library must hold every file that it had accepted once, every decision that it had confirmed, and answer searches as
 * exact ones do.
 */
import { readFileSync } from 'node:fs';
import { fuzzRandom } from '../fuzz/mutate.mjs';
import { auditStorage } from './audit-storage.mjs';
import { ExpectedLibrary } from './expected-library.mjs';
import { isSurvived, kill } from './kill.mjs';
import { call, openProbed, probeLibrary, untilOpen, within } from './probe.mjs';

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
export const activities = /** @type {const} */ (['import', 'tagging', 'delete', 'undo', 'all at once']);
/** @typedef {typeof activities[number]} Activity */

/**
 * @typedef {object} Moment
 * @property {string} activity
 * @property {string} victim
 * @property {number} after milliseconds after the activity began
 * @property {string[]} wrong empty: survived
 */

/** Kills happen within so many milliseconds: long enough for an import to be in its middle or through. */
const window = 1200;

/** Photos of a batch. */
const batchSize = 12;

export class KillMatrix {
  #random;
  #launch;
  #url;
  #bases;
  /** @type {BrowserContext | null} */
  #context = null;
  /** @type {Page | null} */
  #page = null;
  #batches = 0;
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
    this.#random = fuzzRandom(seed);
    this.#launch = launch;
    this.#url = url;
    this.#bases = photos.map((path) => readFileSync(path).toString('base64'));
  }

  /** So many moments; every victim and every activity has its turn. @param {number} count @param {(moment: Moment) => void} [told] */
  async run(count, told = () => {}) {
    await this.#open();
    for (let n = 0; n < count; n++) {
      const victim = /** @type {Victim} */ (victims[n % victims.length]);
      const activity = /** @type {Activity} */ (
        activities[(n + Math.floor(n / victims.length)) % activities.length]
      );
      const moment = await this.#moment(activity, victim);
      this.moments.push(moment);
      told(moment);
    }
    await this.#context?.close();
  }

  async #open() {
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

  /** @param {Activity} activity @param {Victim} victim @returns {Promise<Moment>} */
  async #moment(activity, victim) {
    const page = /** @type {Page} */ (this.#page);
    const after = this.#random.below(window);
    const work = new Work(page, this.expected, this.#random, this.#labels);
    // There is something to decide about.
    if (activity !== 'import' && this.expected.photos.size < batchSize) await this.#addBatch(work);
    const doing =
      activity === 'import' || activity === 'all at once' ? this.#addBatch(work) : Promise.resolve();
    const deciding = activity === 'import' ? Promise.resolve() : work.decide(activity);
    // Listened to from now on: calls fail when their page ends.
    const ended = Promise.allSettled([doing, deciding]);
    await new Promise((resolve) => setTimeout(resolve, after));
    if (isSurvived(victim)) work.stop();
    else work.abandon();
    await kill(page, victim);
    if (victim === 'browser') this.#context = null;
    /** @type {string[]} */
    const refused = [];
    if (isSurvived(victim)) {
      for (const end of await ended) if (end.status === 'rejected') refused.push(String(end.reason));
    } else {
      // Calls to what is dead are never answered.
      await within(ended, 500).catch(() => {});
    }
    /** @type {string[]} */
    let wrong;
    try {
      wrong = await within(this.#check(victim, work.cutOff), 90_000);
    } catch (error) {
      wrong = [String(error)];
      await this.#page?.close().catch(() => {});
      await this.#open();
    }
    return { activity, victim, after, wrong: [...refused, ...wrong] };
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
    // The page starts another library worker by itself.
    if (victim === 'library worker') await untilOpen(/** @type {Page} */ (this.#page));
    const isHere = isSurvived(victim) || victim === 'library worker';
    const page = isHere ? /** @type {Page} */ (this.#page) : await this.#open();
    const wrong = this.expected.compare(await readLibrary(page), cutOff);
    if (!isSurvived(victim)) this.expected.reopened();
    // What was cut off is added again; nothing of it comes twice.
    if (this.expected.unsure.size > 0) {
      const work = new Work(page, this.expected, this.#random, this.#labels);
      await work.add(this.#bases, [...this.expected.unsure]);
    }
    wrong.push(...(await untilProcessed(page)));
    wrong.push(...this.expected.compare(await readLibrary(page), null));
    wrong.push(...(await page.evaluate(auditStorage)));
    wrong.push(...(await searchErrors(page, this.#random)));
    return wrong;
  }
}

/** What a person does, one thing after the other, until it is stopped. */
class Work {
  #page;
  #expected;
  #random;
  #labels;
  #stopped = false;
  /** Under way when the end came. @type {Step | null} */
  cutOff = null;
  #abandoned = false;

  /** @param {Page} page @param {ExpectedLibrary} expected @param {Random} random @param {readonly number[]} labels */
  constructor(page, expected, random, labels) {
    this.#page = page;
    this.#expected = expected;
    this.#random = random;
    this.#labels = labels;
  }

  /** Ends after the step that is under way. */
  stop() {
    this.#stopped = true;
  }

  /** The end has come: what is answered from now on does not count. */
  abandon() {
    this.#stopped = true;
    this.#abandoned = true;
  }

  /** @param {readonly string[]} bases @param {string[]} names */
  async add(bases, names) {
    for (const name of names) this.#expected.unsure.add(name);
    const report = await this.#page.evaluate(addFiles, { bases, names });
    if (this.#abandoned) return;
    this.#expected.filesAdded(names);
    if (report.accepted + report.alreadyThere !== names.length)
      throw new Error(`of ${names.length} files: ${JSON.stringify(report)}`);
  }

  /** @param {Activity} activity */
  async decide(activity) {
    while (!this.#stopped) {
      const step = this.#nextStep(activity);
      this.cutOff = step;
      await this.#ask(step);
      if (this.#abandoned) return;
      this.#expected.done(step);
      this.cutOff = null;
    }
  }

  /** @param {Step} step */
  #ask({ verb, ids = [], label, verdict }) {
    if (verb === 'undo' || verb === 'redo') return call(this.#page, verb);
    if (verb === 'judge') return call(this.#page, verb, { ids }, label, verdict);
    return call(this.#page, verb, { ids });
  }

  /** @param {Activity} activity @returns {Step} */
  #nextStep(activity) {
    const random = this.#random;
    const kind =
      activity === 'all at once'
        ? random.pick(/** @type {const} */ (['tagging', 'delete', 'undo']))
        : activity;
    const known = [...this.#expected.photos.keys()];
    const ids = known.filter(() => random.below(3) === 0);
    if (ids.length === 0 && known.length > 0) ids.push(random.pick(known));
    if (kind === 'undo' && random.below(2) === 0) return { verb: random.pick(['undo', 'undo', 'redo']) };
    if (kind === 'delete') {
      // Few go for good, so that there are photos at every moment.
      const verb = random.pick(/** @type {const} */ (['remove', 'restore', 'remove', 'restore', 'purge']));
      return { verb, ids: verb === 'purge' ? ids.slice(0, 2) : ids };
    }
    if (kind === 'undo' && random.below(3) === 0) return { verb: random.pick(['remove', 'restore']), ids };
    const verdict = random.pick(/** @type {const} */ (['accepted', 'rejected', null]));
    return { verb: 'judge', ids, label: random.pick(this.#labels), verdict };
  }
}

/** In the page: files that differ by the bytes at their end. @param {{ bases: readonly string[], names: string[] }} what */
export function addFiles({ bases, names }) {
  const pictures = bases.map((base) => Uint8Array.from(atob(base), (letter) => letter.charCodeAt(0)));
  const files = names.map((name) => {
    // The same picture for the same name, whenever it is added.
    const bytes = /** @type {BlobPart} */ (pictures[Number(/\d+(?=\.)/.exec(name)) % pictures.length]);
    return {
      file: new File([bytes, name], name, { type: 'image/jpeg', lastModified: 1_700_000_000_000 }),
      path: null,
    };
  });
  return /** @type {any} */ (globalThis).callLibrary('addFiles', files, null);
}

/**
 * All photos with what was decided about them.
 *
 * @param {Page} page
 * @returns {Promise<import('./expected-library.mjs').Found[]>}
 */
export function readLibrary(page) {
  return page.evaluate(async () => {
    const { callLibrary, pageQuery } = /** @type {any} */ (globalThis);
    const found = [];
    for (const show of ['present', 'failed', 'removed']) {
      let view = 'superseded';
      while (view === 'superseded') view = await callLibrary('view', { ...pageQuery, show });
      for (const id of /** @type {any} */ (view).ids) {
        const photo = await callLibrary('photo', id);
        const verdicts = photo.labels.flatMap((/** @type {any} */ { label, verdict }) =>
          verdict === null ? [] : [[label, verdict]],
        );
        found.push({
          id,
          name: photo.name,
          status: photo.status,
          removed: photo.removedAt !== null,
          verdicts,
        });
      }
    }
    return found;
  });
}

/** Waits until every photo that is not removed is ready. @param {Page} page @returns {Promise<string[]>} */
async function untilProcessed(page) {
  const end = Date.now() + 45_000;
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
  const queries = [random.pick(ids), random.pick(ids)];
  return page.evaluate(
    async ({ queries, present }) => {
      const { callLibrary, exactNeighbours } = /** @type {any} */ (globalThis);
      const wrong = [];
      for (const id of queries) {
        const result = await callLibrary('similar', { kind: 'photo', id, filter: null }, 50, 50);
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
