// @ts-check
/** Damaged files through the app as it is built, each batch among whole photos. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fuzzRandom, mutate } from './mutate.mjs';

/**
 * @typedef {object} FuzzResult
 * @property {number} files damaged ones
 * @property {number} ready of them
 * @property {Record<string, number>} failed by the failure's code
 * @property {string[]} endless names of files that came to no end in time
 * @property {string[]} unexplained names of files that ended without being ready or having a reason
 * @property {number} neighbours whole photos among them
 * @property {string[]} lost names of neighbours that are not ready
 * @property {number} pageCrashes
 */

/** Files added at one time. */
const batchSize = 200;
/** One whole photo among so many damaged files. */
const damagedPerNeighbour = 8;

/**
 * What is damaged, and what lies among it, of the fixtures.
 *
 * @param {string} fixtures their folder
 */
export function fuzzSources(fixtures) {
  /** @type {{ path: string, kind: string }[]} */
  const listed = JSON.parse(readFileSync(join(fixtures, 'manifest.json'), 'utf8')).files;
  const ofKinds = (/** @type {string[]} */ ...kinds) =>
    listed.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => join(fixtures, path));
  return {
    originals: ofKinds('format', 'odd', 'edge', 'orientation', 'hostile'),
    odd: ofKinds('odd'),
    neighbours: ofKinds('photo'),
  };
}

/**
 * @param {object} options
 * @param {import('@playwright/test').Page} options.page the app, open and ready for photos
 * @param {readonly string[]} options.originals whole files of every format, paths
 * @param {readonly string[]} options.neighbours whole photos, paths
 * @param {string} options.folder for the damaged files; one that is known to be harmful stays there
 * @param {number} options.count
 * @param {number} options.seed
 * @returns {Promise<FuzzResult>}
 */
export async function runFuzz({ page, originals, neighbours, folder, count, seed }) {
  const random = fuzzRandom(seed);
  const sources = originals.map((path) => ({ path, bytes: readFileSync(path) }));
  /** @type {FuzzResult} */
  const result = {
    files: count,
    ready: 0,
    failed: {},
    endless: [],
    unexplained: [],
    neighbours: 0,
    lost: [],
    pageCrashes: 0,
  };
  page.on('crash', () => result.pageCrashes++);
  for (let from = 0; from < count; from += batchSize) {
    const batchFolder = join(folder, `${from}`);
    mkdirSync(batchFolder, { recursive: true });
    /** @type {Map<string, 'damaged' | 'empty' | 'neighbour'>} */
    const batch = new Map();
    const write = (/** @type {string} */ name, /** @type {Buffer} */ bytes) =>
      writeFileSync(join(batchFolder, name), bytes);
    for (let i = from; i < Math.min(count, from + batchSize); i++) {
      const { path, bytes } = random.pick(sources);
      const damaged = mutate(bytes, random, random.pick(sources).bytes);
      // Every tenth one goes under the ending of another format.
      const ending = extname(random.below(10) === 0 ? random.pick(sources).path : path);
      const name = `damaged-${i}${ending}`;
      write(name, damaged);
      batch.set(name, damaged.length === 0 ? 'empty' : 'damaged');
      if (i % damagedPerNeighbour !== 0) continue;
      const whole = `neighbour-${i}.jpg`;
      write(whole, Buffer.concat([readFileSync(random.pick(neighbours)), Buffer.from(`number ${i}`)]));
      batch.set(whole, 'neighbour');
    }
    await page
      .getByLabel('Photo files')
      .setInputFiles([...batch.keys()].map((name) => join(batchFolder, name)));
    tally(result, batch, await outcomesOf(page, batch));
    if (result.endless.length + result.unexplained.length + result.lost.length === 0)
      rmSync(batchFolder, { recursive: true });
  }
  return result;
}

/** @typedef {{ name: string, code: string | null, ended: boolean }} Outcome */

/**
 * What became of a batch, once all of it has ended or nothing has for a long time.
 *
 * @param {import('@playwright/test').Page} page
 * @param {ReadonlyMap<string, string>} batch
 * @returns {Promise<Map<string, Outcome>>}
 */
async function outcomesOf(page, batch) {
  const quietLimit = 120_000;
  let lastEnded = -1;
  let lastChange = Date.now();
  for (;;) {
    const stored = new Map((await storedOutcomes(page)).map((outcome) => [outcome.name, outcome]));
    const ended = [...batch].filter(([name, kind]) => kind === 'empty' || stored.get(name)?.ended).length;
    if (ended !== lastEnded) [lastEnded, lastChange] = [ended, Date.now()];
    if (ended === batch.size || Date.now() - lastChange > quietLimit) return stored;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/**
 * From the library's database (src/platform/storage/schema.ts), so that what is told is what is stored.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Outcome[]>}
 */
function storedOutcomes(page) {
  return page.evaluate(async () => {
    const done = (/** @type {IDBRequest} */ request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    /** @type {IDBDatabase} */
    const database = await done(indexedDB.open('picsift'));
    try {
      // One transaction: both stores as they are at one moment. Nothing is removed, so both are in the order of the photos.
      const transaction = database.transaction(['photoNames', 'photoRecords']);
      const [chunks, records] = await Promise.all([
        done(transaction.objectStore('photoNames').getAll()),
        done(transaction.objectStore('photoRecords').getAll()),
      ]);
      const names = chunks
        .flatMap((/** @type {{ names: string[] }} */ chunk) => chunk.names)
        .filter((/** @type {string} */ name) => name !== '');
      return records.map((/** @type {any} */ record, /** @type {number} */ i) => ({
        name: names[i],
        code: record.failure?.code ?? null,
        ended: record.failure !== null || record.sha256 !== null,
      }));
    } finally {
      database.close();
    }
  });
}

/** @param {FuzzResult} result @param {ReadonlyMap<string, string>} batch @param {ReadonlyMap<string, Outcome>} stored */
function tally(result, batch, stored) {
  for (const [name, kind] of batch) {
    const outcome = stored.get(name);
    const isReady = outcome?.ended === true && outcome.code === null;
    if (kind === 'neighbour') {
      result.neighbours++;
      if (!isReady) result.lost.push(name);
    } else if (kind === 'empty') {
      // Refused before it becomes a photo.
      if (outcome !== undefined) result.unexplained.push(name);
      else result.failed['empty-file'] = (result.failed['empty-file'] ?? 0) + 1;
    } else if (isReady) {
      result.ready++;
    } else if (outcome?.code) {
      result.failed[outcome.code] = (result.failed[outcome.code] ?? 0) + 1;
    } else {
      (outcome === undefined ? result.unexplained : result.endless).push(name);
    }
  }
}

/** One line. @param {FuzzResult} result @param {number} seed */
export function fuzzSummary(result, seed) {
  const failed = Object.entries(result.failed).sort(([, a], [, b]) => b - a);
  const reasons = failed.map(([code, number]) => `${code} ${number}`).join(', ');
  const total = failed.reduce((sum, [, number]) => sum + number, 0);
  return (
    `${result.files} damaged files (seed ${seed}): ${result.ready} ready, ${total} failed with a reason (${reasons}), ` +
    `${result.endless.length} hung, ${result.unexplained.length} without a reason; ` +
    `${result.neighbours - result.lost.length} of ${result.neighbours} neighbours ready; ${result.pageCrashes} page crashes`
  );
}

/** @param {FuzzResult} result */
export function survived(result) {
  return result.endless.length + result.unexplained.length + result.lost.length + result.pageCrashes === 0;
}
