// @ts-check
/**
 * What the library survives, counted: the kill matrix of the library and of its index, and damaged files, through the
 * built app in Chromium; and browsers that end in the middle of an update of the database. Fails if anything was not survived.
 *
 * PICSIFT_TRUST_MOMENTS: kills of the library (default 80). PICSIFT_TRUST_INDEX: kills of the index (default 20).
 * PICSIFT_TRUST_UPDATES: kills of updates (default 10).
 * PICSIFT_TRUST_FILES: damaged files (default 1000). PICSIFT_TRUST_SEED (default 1).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { launchOptions } from '../chromium.mjs';
import { runFuzz } from '../fuzz/run-fuzz.mjs';
import { serve } from '../serve.mjs';
import { projectRoot, runInProject } from '../setup.mjs';
import { writeTinyPack } from '../tiny-pack/generate.mjs';
import { runIndexKills } from '../trust/index-kills.mjs';
import { KillMatrix } from '../trust/kill-matrix.mjs';
import { runMigrationKills } from '../trust/migration-kills.mjs';

const number = (/** @type {string} */ name, /** @type {number} */ usual) =>
  Number(process.env[`PICSIFT_TRUST_${name}`] ?? usual);
const [moments, indexMoments, files] = [number('MOMENTS', 80), number('INDEX', 20), number('FILES', 1000)];
const updates = number('UPDATES', 10);
const seed = number('SEED', 1);
/** So many that an update takes a second or more. */
const photosUpdated = 20_000;

/** @typedef {{ what: string, tried: number, survived: number }} Row */

export async function run() {
  runInProject('node', ['scripts/fixtures/generate.mjs']);
  const fixtures = join(projectRoot, 'e2e', '.fixtures');
  const folder = mkdtempSync(join(tmpdir(), 'picsift-trust-'));
  const overlay = join(folder, 'overlay');
  writeTinyPack(join(overlay, 'models', 'starter'), 'none');
  const options = {
    ...(await launchOptions()),
    locale: 'en-GB',
  };
  const profile = (/** @type {string} */ name) => () =>
    chromium.launchPersistentContext(join(folder, name), options);
  /** @type {Row[]} */
  const rows = [];
  /** @type {Map<string, Row>} */
  const kills = new Map();
  const told = (
    /** @type {import('../trust/kill-matrix.mjs').Moment} */ { activity, victim, after, wrong },
  ) => {
    const what = `killed during ${activity}`;
    const row = kills.get(what) ?? { what, tried: 0, survived: 0 };
    kills.set(what, row);
    row.tried++;
    if (wrong.length === 0) row.survived++;
    else console.log(`${activity}, ${victim} after ${after}: ${wrong.join('; ')}`);
  };

  const take = () => {
    rows.push(...kills.values());
    kills.clear();
  };

  let site = await serve({ port: 0, overlay });
  try {
    if (moments > 0) {
      const near = ['smaller.jpg', 'cropped.jpg', 'mirrored.jpg'].map((name) => join(fixtures, 'near', name));
      const matrix = new KillMatrix({ launch: profile('library'), url: site.url, photos: near, seed });
      await matrix.run(moments, told);
      const { expected } = matrix;
      console.log(`${expected.added} files were accepted, ${expected.committed} decisions confirmed`);
      take();
    }
    if (files > 0) rows.push(await damagedFiles(site.url, options, fixtures, folder));
    await site.close();
    site = await serve({ port: 0 });
    const { url } = site;
    if (indexMoments > 0) {
      await runIndexKills({ launch: profile('index'), url, count: indexMoments, seed, told });
      take();
    }
    if (updates > 0) {
      const launch = () =>
        chromium.launchPersistentContext(join(folder, 'updates'), { ...options, serviceWorkers: 'block' });
      const inside = await runMigrationKills({
        launch,
        url,
        count: updates,
        photos: photosUpdated,
        seed,
        told,
      });
      console.log(`${inside} of ${updates} updates were cut off before they were committed`);
      take();
    }
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(`\n${'case'.padEnd(width)}  tried  survived`);
  for (const { what, tried, survived } of rows)
    console.log(`${what.padEnd(width)}  ${String(tried).padStart(5)}  ${String(survived).padStart(8)}`);
  if (rows.some(({ tried, survived }) => survived < tried)) process.exitCode = 1;
}

/**
 * @param {string} url
 * @param {import('@playwright/test').LaunchOptions} options
 * @param {string} fixtures
 * @param {string} folder
 * @returns {Promise<Row>}
 */
async function damagedFiles(url, options, fixtures, folder) {
  /** @type {{ path: string, kind: string }[]} */
  const listed = JSON.parse(readFileSync(join(fixtures, 'manifest.json'), 'utf8')).files;
  const ofKinds = (/** @type {string[]} */ ...kinds) =>
    listed.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => join(fixtures, path));
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(url);
    await page.getByRole('button', { name: 'Add photos' }).first().waitFor();
    const { endless, unexplained, lost, pageCrashes } = await runFuzz({
      page,
      originals: ofKinds('format', 'odd', 'edge', 'orientation', 'hostile'),
      neighbours: ofKinds('photo'),
      folder: join(folder, 'files'),
      count: files,
      seed,
    });
    const harmed = endless.length + unexplained.length + lost.length + pageCrashes;
    return { what: 'damaged files among whole ones', tried: files, survived: files - harmed };
  } finally {
    await browser.close();
  }
}
