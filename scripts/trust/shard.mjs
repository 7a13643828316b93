// @ts-check
/** One shard of `npm run bench:trust`: its share of the moments and of the damaged files. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { fuzzSources, runFuzz } from '../fuzz/run-fuzz.mjs';
import { serve } from '../serve.mjs';
import { projectRoot } from '../setup.mjs';
import { writeTinyPack } from '../tiny-pack/generate.mjs';
import { runIndexKills } from './index-kills.mjs';
import { KillMatrix } from './kill-matrix.mjs';
import { runMigrationKills } from './migration-kills.mjs';
import { within } from './probe.mjs';

/** @typedef {import('./tally.mjs').Result} Result */
/** @typedef {import('@playwright/test').BrowserContext} BrowserContext */

/** So many that an update takes a second or more. */
const photosUpdated = 20_000;

/**
 * @typedef {object} Plan how much of each kind there is in all shards together
 * @property {number} moments kills of the library
 * @property {number} index kills of the index
 * @property {number} updates kills of updates of the database
 * @property {number} files damaged files
 * @property {number} seed
 */

/**
 * @param {Plan} plan
 * @param {{ index: number, count: number }} shard index from 0
 * @param {(result: Result) => void} told each result as soon as it is known
 */
export async function runShard({ moments, index, updates, files, seed }, shard, told) {
  const fixtures = join(projectRoot, 'e2e', '.fixtures');
  const folder = mkdtempSync(join(tmpdir(), 'picsift-trust-'));
  const options = { ...(await launchOptions()), locale: 'en-GB' };
  const root = process.env.PICSIFT_DIST;
  const where = root === undefined ? {} : { root };
  /** @type {BrowserContext[]} */
  const launched = [];
  const profile =
    (/** @type {string} */ name, more = {}) =>
    async () => {
      const context = await chromium.launchPersistentContext(join(folder, name), { ...options, ...more });
      launched.push(context);
      return context;
    };
  /** @param {number} count */
  const numbers = (count) =>
    Array.from({ length: count }, (_, n) => n).filter((n) => n % shard.count === shard.index);
  const toldMoment = (/** @type {import('./kill-matrix.mjs').Moment} */ moment) =>
    told({ kind: 'moment', ...moment });
  /** One part that cannot go on costs itself only. @param {string} part @param {() => Promise<void>} work */
  const attempt = async (part, work) => {
    await work().catch((error) => told({ kind: 'broken', part, error: String(error) }));
    for (const context of launched.splice(0)) await within(context.close(), 20_000).catch(() => {});
  };

  const overlay = join(folder, 'overlay');
  writeTinyPack(join(overlay, 'models', 'starter'), 'none');
  const tiny = await serve({ ...where, port: 0, overlay });
  const whole = await serve({ ...where, port: 0 });
  try {
    if (numbers(moments).length > 0)
      await attempt('library', async () => {
        const photos = ['smaller.jpg', 'cropped.jpg', 'mirrored.jpg'].map((name) =>
          join(fixtures, 'near', name),
        );
        const matrix = new KillMatrix({ launch: profile('library'), url: tiny.url, photos, seed });
        await matrix.run(numbers(moments), toldMoment);
        const { added, committed } = matrix.expected;
        told({ kind: 'work', added, committed });
      });
    if (numbers(index).length > 0)
      await attempt('index', () =>
        runIndexKills({
          launch: profile('index'),
          url: whole.url,
          numbers: numbers(index),
          seed,
          told: toldMoment,
        }),
      );
    if (numbers(updates).length > 0)
      await attempt('updates', () =>
        runMigrationKills({
          launch: profile('updates', { serviceWorkers: 'block' }),
          url: whole.url,
          numbers: numbers(updates),
          photos: photosUpdated,
          seed,
          told: toldMoment,
        }),
      );
    const count = numbers(files).length;
    if (count > 0)
      await attempt('files', async () => {
        const context = await profile('files')();
        const result = await damagedFiles(context, tiny.url, fixtures, join(folder, 'damaged'), {
          count,
          seed: seed + shard.index,
        });
        told({ kind: 'files', ...result });
      });
  } finally {
    await tiny.close();
    await whole.close();
    // Processes of a browser that was killed may still be writing.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch((error) =>
      console.error(`${folder} is left: ${error.message}`),
    );
  }
}

/**
 * @param {BrowserContext} context
 * @param {string} url
 * @param {string} fixtures
 * @param {string} folder
 * @param {{ count: number, seed: number }} what
 */
async function damagedFiles(context, url, fixtures, folder, { count, seed }) {
  const { originals, neighbours } = fuzzSources(fixtures);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
  const { endless, unexplained, lost, pageCrashes } = await runFuzz({
    page,
    originals,
    neighbours,
    folder,
    count,
    seed,
  });
  return { tried: count, survived: count - endless.length - unexplained.length - lost.length - pageCrashes };
}
