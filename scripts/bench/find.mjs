// @ts-check
/**
 * How well pictures are found by pictures: copies, products, times.
 *
 * node scripts/bench/find.mjs [--photos ../shared/photos] [--copies 300] [--cache FOLDER] [--only verify,copies,products,times,drawing]
 *   [--workers 1] [--answers FILE]
 *
 * `--workers`: processes that share the copies. `--answers`: where their answers are kept; what is there already is not
 * asked again, so that the copies can be asked for in pieces.
 *
 * On the labelled photos where they are, else on drawn ones, whose copies then stand for photos of products. Decoding, copies and thumbnails are made
 * in Chromium, vectors by the built-in model on one WASM thread; both are kept in the cache, as the first run takes long.
 * Times are of this process: processor time, as other work may run beside it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { mulberry32 } from '../mulberry32.mjs';
import { loadCore } from './core/load-core.mjs';
import { askCopies, printCopies } from './find/copies.mjs';
import { measureDrawing } from './find/drawing.mjs';
import { makeLibrary } from './find/library.mjs';
import { listPhotos, openDrawer, openModel } from './find/material.mjs';
import { measureNames } from './find/names.mjs';
import { measureTimes } from './find/times.mjs';
import { measureVerifying } from './find/verify.mjs';

/** @typedef {import('./find/library.mjs').Core} Core */
/** @typedef {import('./find/library.mjs').Library} Library */
/** @typedef {import('./find/material.mjs').Photo} Photo */

/** Numbers of `count` photos, evenly over the sets; the first n of more are the same. @param {readonly Photo[]} photos @param {number} count */
function choose(photos, count) {
  const draw = mulberry32(17);
  /** @type {Map<string, number[]>} */
  const bySet = new Map(photos.map(({ set }) => [set, []]));
  for (const [n, { set }] of photos.entries()) bySet.get(set)?.push(n);
  const orders = [...bySet.values()].map((list) =>
    list.map((n) => ({ n, at: draw() })).sort((a, b) => a.at - b.at),
  );
  const chosen = [];
  for (let i = 0; chosen.length < Math.min(count, photos.length); i++) {
    const one = orders[i % orders.length]?.[Math.floor(i / orders.length)];
    if (one !== undefined) chosen.push(one.n);
  }
  return chosen;
}

/**
 * R@1 and mAP of the item over all photos of a set.
 *
 * @param {number} count
 * @param {readonly (string | null)[]} labels
 * @param {(i: number, j: number) => number} score
 */
function ranked(count, labels, score) {
  let [firsts, precisions, asked] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const relevant = labels.filter((label, j) => j !== i && label === labels[i]).length;
    if (relevant === 0) continue;
    asked++;
    const order = [...labels.keys()]
      .filter((j) => j !== i)
      .map((j) => ({ j, score: score(i, j) }))
      .sort((a, b) => b.score - a.score);
    let [hits, sum] = [0, 0];
    order.forEach(({ j }, rank) => {
      if (labels[j] === labels[i]) sum += ++hits / (rank + 1);
    });
    if (labels[order[0]?.j ?? -1] === labels[i]) firsts++;
    precisions += sum / relevant;
  }
  return { first: firsts / asked, map: precisions / asked };
}

/** @param {Core} core @param {Library} library @param {string} folder of the labelled sets */
function measureProducts(core, library, folder) {
  const baseline = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8'));
  console.log('\nproducts: every photo asks for the others of its item         R@1     mAP');
  console.log(
    '(halves of the items by chance; the weights of Product mode were chosen on another split of them)',
  );
  for (const set of ['products', 'groceries']) {
    measureItems(
      set,
      Array.from({ length: library.count }, (_, n) => n).filter((n) => library.photo(n).set === set),
    );
  }

  /** @param {string} set @param {readonly number[]} all */
  function measureItems(set, all) {
    const items = [...new Set(all.map((n) => library.photo(n).label))].sort();
    const draw = mulberry32(7);
    const order = items.map((item) => ({ item, at: draw() })).sort((a, b) => a.at - b.at);
    const chosenOn = new Set(order.slice(0, items.length >> 1).map(({ item }) => item));
    printItems(
      `${set}, one half`,
      all.filter((n) => chosenOn.has(library.photo(n).label)),
    );
    printItems(
      `${set}, other half`,
      all.filter((n) => !chosenOn.has(library.photo(n).label)),
    );
    printItems(`${set}, all`, all, baseline[set]);
  }

  /** @param {string} name @param {readonly number[]} rows @param {{ 'R@1': number, mAP: number } | null} known */
  function printItems(name, rows, known = null) {
    const labels = rows.map((n) => library.photo(n).label);
    const row = (/** @type {number} */ i) => /** @type {number} */ (rows[i]);
    /** @type {(i: number, j: number) => number} */
    const dot = (i, j) => library.cosine(row(i), row(j));
    /** @type {(i: number, j: number) => number} */
    const far = (i, j) =>
      core.colourDistance(
        library.signature(row(i)),
        library.signature(row(j)),
        core.innerColourAt,
        core.innerColourAt,
      );
    /** @type {[string, { first: number, map: number }][]} */
    const lines = [
      [`${name}, plain embedding`, ranked(rows.length, labels, dot)],
      [
        `${name}, Product mode`,
        ranked(rows.length, labels, (i, j) => core.productScore(dot(i, j), far(i, j), 'counts')),
      ],
    ];
    if (known !== null) lines.unshift([`${name}, baseline.json`, { first: known['R@1'], map: known.mAP }]);
    for (const [what, { first, map }] of lines)
      console.log(`${what.padEnd(56)} ${first.toFixed(3).padStart(8)} ${map.toFixed(3).padStart(7)}`);
  }
}

/** Of each drawn thing so many photos are made: itself and these copies, in place of other photos of it. */
const drawnKinds = ['mirror', 'crop 80 %', 'border', 'brightness, hue'];
const drawnThings = 40;

/** Where there are no labelled photos. @param {Core} core @param {Library} library @param {readonly number[]} chosen */
async function measureDrawnProducts(core, library, chosen) {
  /** @type {{ label: string, vector: Float32Array, signature: Uint8Array }[]} */
  const rows = [];
  for (const [i, n] of chosen.slice(0, drawnThings).entries()) {
    rows.push({ label: `${n}`, vector: library.vector(n), signature: library.signature(n) });
    for (const kind of drawnKinds) {
      const { embedding: vector, signature } = await library.lookAt(
        (await library.copyOf(chosen, i, kind)).copy,
      );
      rows.push({ label: `${n}`, vector, signature });
    }
  }
  const row = (/** @type {number} */ i) => /** @type {(typeof rows)[number]} */ (rows[i]);
  /** @type {(i: number, j: number) => number} */
  const dot = (i, j) => core.dot(row(i).vector, row(j).vector);
  /** @type {(i: number, j: number) => number} */
  const product = (i, j) => {
    const [a, b] = [row(i).signature, row(j).signature];
    return core.productScore(
      dot(i, j),
      core.colourDistance(a, b, core.innerColourAt, core.innerColourAt),
      'counts',
    );
  };
  const labels = rows.map(({ label }) => label);
  console.log(`\nproducts, on copies of ${drawnThings} drawn pictures in place of photos: R@1, mAP`);
  for (const [name, score] of /** @type {const} */ ([
    ['plain embedding', dot],
    ['Product mode', product],
  ])) {
    const { first, map } = ranked(rows.length, labels, score);
    console.log(`${name.padEnd(20)} ${first.toFixed(3)} ${map.toFixed(3)}`);
  }
}

/** @param {readonly string[]} args */
async function main(args) {
  const project = new URL('../../', import.meta.url);
  const { values } = parseArgs({
    args: [...args],
    options: {
      photos: { type: 'string', default: fileURLToPath(new URL('../shared/photos', project)) },
      copies: { type: 'string', default: '300' },
      cache: { type: 'string', default: join(tmpdir(), 'picsift-find') },
      only: { type: 'string', default: 'verify,copies,products,times,drawing' },
      workers: { type: 'string', default: '1' },
      answers: { type: 'string' },
      /** Of a process that shares the work: which one it is, of how many; then nothing is printed. */
      part: { type: 'string' },
    },
  });
  const wanted = values.only.split(',');
  if (values.part === undefined && wanted.includes('drawing')) await measureDrawing();
  if (wanted.every((one) => one === 'drawing')) return;
  const answers = values.answers ?? join(values.cache, 'answers.jsonl');
  const part = values.part?.split('/').map(Number);
  const workers = Number(values.workers);
  if (part === undefined && values.answers === undefined) rmSync(answers, { force: true });
  if (part === undefined && workers > 1 && wanted.includes('copies'))
    await shareWork([...args, '--answers', answers], workers);
  /** @type {Core} */
  const core = await loadCore(new URL('./find/entry.ts', import.meta.url));
  const { isReal, photos } = await listPhotos(values.photos, values.cache);
  const drawer = await openDrawer(values.cache);
  const pack = fileURLToPath(new URL('public/models/starter', project));
  const model = await openModel(pack, values.cache, core.preprocess);
  if (part !== undefined && wanted.includes('photos')) {
    const [own = 0, all = 1] = part;
    await makeLibrary(
      core,
      photos.filter((_, n) => n % all === own),
      drawer,
      model,
    );
    await drawer.close();
    return;
  }
  const library = await makeLibrary(core, photos, drawer, model);
  const chosen = choose(photos, Number(values.copies));
  if (wanted.includes('verify')) await measureVerifying(core, library, chosen);
  if (wanted.includes('copies')) {
    const [own = 0, all = 1] = part ?? [];
    await askCopies(library, chosen, answers, [own, all]);
    if (part === undefined) printCopies(answers, chosen.length, library.count);
  }
  if (wanted.includes('products')) {
    if (isReal) {
      measureProducts(core, library, values.photos);
      await measureNames(core, library);
    } else await measureDrawnProducts(core, library, chosen);
  }
  if (wanted.includes('times')) await measureTimes(core, library, model);
  await drawer.close();
}

/** Reads the photos, then asks for the copies, in so many processes. @param {readonly string[]} args @param {number} workers */
async function shareWork(args, workers) {
  const script = fileURLToPath(import.meta.url);
  for (const only of ['photos', 'copies']) {
    const all = Array.from({ length: workers }, (_, n) =>
      spawn(process.execPath, [script, ...args, '--only', only, '--part', `${n}/${workers}`], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );
    const ends = await Promise.all(all.map((child) => once(child, 'exit')));
    if (ends.some(([code]) => code !== 0)) throw new Error(`a process that ${only} were shared with failed`);
  }
}

export async function run() {
  await main([]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
